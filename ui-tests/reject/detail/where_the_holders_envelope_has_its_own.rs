use errorbook::ApiError;

#[derive(ApiError)]
#[api(envelope = errorbook::envelope::PROBLEM)]
enum StoryError {
    #[api(transparent)]
    Auth(AuthError),
}

#[derive(ApiError)]
enum AuthError {
    #[api(status = 401, message = "No such key.")]
    InvalidKey {
        #[api(detail)]
        title: String,
    },
}

fn main() {}
