use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "Gone.", detail, details, null, with = f, retry_after, example = 10)]
    KeysOfFields,
    #[api(status = 404, message = "Gone.", envelope = errorbook::envelope::FLAT, rename_all = "any")]
    #[api(backoff = "1s", shared_codes("gone"), catalog_title = "Gone", skip(axum), crate = ::errorbook)]
    #[api(rename_all_details = "camelCase")]
    KeysOfEnums,
}

fn main() {}
