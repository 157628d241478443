use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 400, message = "No.")]
    Invalid {
        #[api(null)]
        param: Option<String>,
        #[api(null, header = "X-Hint")]
        hint: Option<String>,
        #[api(detail, null = true)]
        line: Option<u64>,
    },
    #[api(status = 422, message = "No.")]
    Fields(#[api(details, null)] Option<Vec<String>>),
}

fn main() {}
