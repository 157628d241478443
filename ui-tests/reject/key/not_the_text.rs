use errorbook::ApiError;

mod codes {
    pub const HE_02: &str = "he_02";
}

const NOT_FOUND: &str = "not_found";
const DOCS: &str = "https://docs.example";

#[derive(ApiError)]
#[api(docs = DOCS, rename_all = kebab-case)]
enum Constants {
    #[api(status = 404, code = NOT_FOUND, message = "…")]
    NotFound,
    #[api(status = 400, code = codes::HE_02, message = "…")]
    InPath,
    #[api(status = 400, code = code!("x"), title = format!("{}", 5), message = MESSAGE)]
    InMacro,
}

#[derive(ApiError)]
enum Words {
    #[api(status = 503, retry = true, log = tracing::Level::WARN)]
    Yes,
    #[api(status = 503, retry = false, log = false)]
    No,
    #[api(status = 503, retry = 0, log = 3)]
    Numbers,
    #[api(status = 503, retry = 30m, code = 503)]
    Minutes,
    #[api(status = 503, retry("backoff, once"), title("Busy"), description(Busy))]
    Lists,
}

#[derive(ApiError)]
#[api(status = 405, message = "…")]
struct Fields {
    #[api(header = ALLOW)]
    allow: String,
    #[api(header = X-Left, detail = storyId)]
    left: u64,
}

fn main() {}
