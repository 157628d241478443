use errorbook::ApiError;

// One case fits all that are written.
#[derive(ApiError)]
enum Shouting {
    #[api(status = 400, code = "CE_00", message = "…")]
    Payment,
    #[api(status = 400, code = "CE_01", message = "…")]
    Card,
    #[api(status = 400, code = "HE_02", message = "…")]
    Merchant,
    #[api(status = 500, code = "WE_03")]
    Webhook,
    #[api(status = 500, code = "IR_04")]
    Internal,
    #[api(status = 500)]
    NoCodeYet,
}

// None does.
#[derive(ApiError)]
enum Mixed {
    #[api(status = 400, code = "CE_00", message = "…")]
    Payment,
    #[api(status = 400, code = "missing-card", message = "…")]
    Card,
    #[api(status = 400, code = "badMerchant", message = "…")]
    Merchant,
    #[api(status = 500, code = "webhook_failed")]
    Webhook,
}

// The type says another.
#[derive(ApiError)]
#[api(rename_all = "camelCase")]
enum Kebab {
    #[api(status = 400, code = "no-payment", message = "…")]
    Payment,
    #[api(status = 400, code = "no-card", message = "…")]
    Card,
    #[api(status = 400, code = "no-merchant", message = "…")]
    Merchant,
}

// In the case that fits, the code that is left out would be another error's, or be shared no longer.
#[derive(ApiError)]
enum Taken {
    #[api(status = 404, code = "NOT_FOUND", message = "…")]
    Payment,
    #[api(status = 400, code = "NO_CARD", message = "…")]
    Card,
    #[api(status = 400, code = "NO_MERCHANT", message = "…")]
    Merchant,
    #[api(status = 404, message = "…")]
    NotFound,
}

// Most keep to the case: these are slips.
#[derive(ApiError)]
enum Slips {
    #[api(status = 500, code = "a_1")]
    A,
    #[api(status = 500, code = "b_1")]
    B,
    #[api(status = 500, code = "c_1")]
    C,
    #[api(status = 500, code = "d_1")]
    D,
    #[api(status = 500, code = "e_1")]
    E,
    #[api(status = 500, code = "f_1")]
    F,
    #[api(status = 500, code = "g_1")]
    G,
    #[api(status = 500, code = "h_1")]
    H,
    #[api(status = 500, code = "i_1")]
    I,
    #[api(status = 500, code = "j_1")]
    J,
    #[api(status = 500, code = "K_1")]
    K,
    #[api(status = 500, code = "lM")]
    L,
    #[api(status = 500, code = "J_1")]
    M,
}

fn main() {}
