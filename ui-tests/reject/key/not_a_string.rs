use errorbook::ApiError;

#[derive(ApiError)]
#[api(rename_all = snake_case, backoff = 1, section = Billing, docs = 1.5, catalog_title)]
enum StoryError {
    #[api(status = 500, code = not_found, retry = backoff, title = b"Oh", description = 'a')]
    Words,
    #[api(status = 500, code, retry(), log = warn, remedy = concat!("Wait", "."))]
    #[api(section = , docs = crate::DOCS)]
    Nothing,
    #[api(status = 500)]
    OnAField {
        #[api(detail = need, header = 5)]
        need: u64,
    },
}

fn main() {}
