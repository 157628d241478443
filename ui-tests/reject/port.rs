use errorbook::ApiError;

mod codes {
    pub const IR_05: &str = "IR_05";
}
const DOCS: &str = "https://docs.example/errors";

// As one might write it who comes from `thiserror` and another crate's attributes.
#[derive(Debug, thiserror::Error, ApiError)]
#[api(envelope = "NESTED", docs = DOCS, rename_all_fields = "camelCase")]
pub enum PaymentError {
    #[error("no payment")]
    #[api(error_type = NotFound, code = "HE_02", message = "There is no payment.", status = http::StatusCode::NOT_FOUND)]
    NoPayment,
    #[error("no refund")]
    #[api(error_type = NotFound, code = "HE_02", message = "There is no refund.", status = 404)]
    NoRefund,
    #[error("no customer {0}")]
    #[api(error_type = NotFound, code = "HE_02", message = "There is no customer {}.", .0, status = 404)]
    NoCustomer(String),
    #[error("missing {field}")]
    #[api(error_type = Invalid, code = "IR_04", message = "Missing: {}", self.field, status = BadRequest)]
    MissingField { field: &'static str },
    #[error("invalid {field}")]
    #[api(error_type = Invalid, code = codes::IR_05, message = "{self.field} is bad", status = 400)]
    InvalidFormat { field: String },
    #[error("too many")]
    #[api(error_type = Invalid, code = "IR_06", message = "Slow down.", status = 429, header("Retry-After", "3"))]
    TooMany,
    #[error("no key")]
    #[api(error_type = Invalid, code = "IR_01", message = "Sign in.", status = "401 Unauthorized")]
    NoKey,
    #[error("{code}: {message}")]
    #[api(error_type = Upstream, code = "CE_00", message = "{code}: {message}", status = status_code)]
    Upstream { code: String, message: String, status_code: u16 },
    #[error("declined")]
    #[api(error_type = Upstream, code = "CE_01", message = concat!("Declined", "."), status = 402)]
    Declined,
    #[error("io")]
    #[api(error_type = Server, code = "HE_00", status = 500, retryable = true)]
    Io(#[from] std::io::Error),
    #[error("json {0}")]
    #[api(error_type = Server, code = "HE_00", message = "Went wrong: {0}", status = 500, retry = "exponential")]
    Json(#[source] serde_json::Error),
    #[error(transparent)]
    #[api(transparent)]
    Other(Box<dyn std::error::Error + Send + Sync>),
    #[error("gone")]
    #[api(code = "HE_05", status = 410, detail = "The payment is gone.")]
    Gone,
    #[error("locked")]
    #[api(code = "HE_06", status = 423, msg = "Locked.", log = "WARN")]
    Locked {
        #[api(skip)]
        by: String,
        #[api(rename = "lockId")]
        id: u64,
    },
}

// As beside an `impl ResponseError` by hand.
#[derive(Debug, ApiError)]
pub enum UserError {
    #[api(404, message = "None.")]
    NotFound,
    #[api(StatusCode::CONFLICT, message = "Taken.")]
    Taken,
    #[api(status: 400, message => "Bad.")]
    Bad,
    #[api(code = 4001, status = BAD_REQUEST, message = "Bad.")]
    Number,
    #[api(status = 500, message("Oops."))]
    Oops,
}

// As RFC 9457 has it.
#[derive(Debug, ApiError)]
#[api(status = 403, type = "https://example.com/out-of-credit", detail = "You have {balance}.", instance = "/{id}")]
pub struct OutOfCredit {
    #[api(extension)]
    balance: u32,
    id: u32,
}

fn main() {}
