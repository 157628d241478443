#[derive(ApiError)]
#[api(bound = "E: Send, Option<Self>: Sized")]
pub enum Error<'a, T: Copy, E, const N: usize>
where
    E: std::error::Error,
{
    #[api(status = 409, message = "`{id}` is taken by {by:?}, {n:?}.")]
    Taken {
        #[api(detail)]
        id: &'a T,
        by: Option<T>,
        #[api(detail)]
        again: &'a T,
        n: [u8; N],
    },
    #[api(status = 429, message = "Slow down.")]
    RateLimited {
        #[api(retry_after)]
        wait: E,
        #[api(header = "X-Left")]
        left: Option<T>,
    },
    #[api(status = 404)]
    Other(E),
    #[api(transparent)]
    Held(Box<E>),
}
