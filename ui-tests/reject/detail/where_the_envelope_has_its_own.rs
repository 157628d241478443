use errorbook::ApiError;

#[derive(ApiError)]
#[api(envelope = errorbook::envelope::PROBLEM)]
enum StoryError {
    #[api(status = 404, message = "No such story.")]
    ByName {
        #[api(detail)]
        title: String,
    },
    #[api(status = 404, message = "No such story.")]
    Renamed {
        #[api(detail = "status")]
        state: String,
    },
}

fn main() {}
