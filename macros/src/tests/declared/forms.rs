#[derive(ApiError)]
#[api(rename_all_details = "camelCase")]
enum IndexError<T> {
    #[api(status = 429, message = "Wait {wait_for:?}.")]
    Limited {
        #[api(retry_after, detail, null, with = Duration::as_millis)]
        wait_for: Duration,
        #[api(detail = "left", header = "X-Left", with = Self::in_hours)]
        left: Option<T>,
    },
    #[api(message = "{{{index}}} {error:>width$}, {index:<width$?}.")]
    Task {
        index: T,
        width: usize,
        #[api(transparent)]
        error: TaskError,
    },
    #[api(message = "Held.")]
    Constant(u64, #[api(transparent)] Box<TaskError>),
    #[api(message = display)]
    #[error("at {0}: {1}")]
    Shown(u64, #[api(transparent)] T),
    Silent(u64, #[api(transparent)] TaskError),
}
