use errorbook::ApiError;

#[derive(ApiError)]
#[api(rename_all_details = "camelCase")]
enum StoryError {
    #[api(status = 402, message = "Too little.")]
    TooPoor {
        #[api(detail)]
        credits_needed: u64,
        #[api(detail = "creditsNeeded")]
        need: u64,
    },
}

fn main() {}
