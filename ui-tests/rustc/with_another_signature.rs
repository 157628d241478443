use errorbook::ApiError;
use std::time::Duration;

struct Secret;

fn by_value(wait: Duration) -> u128 {
    wait.as_millis()
}

fn of_another_type(wait: &u64) -> u64 {
    *wait
}

fn of_two(_: &Duration, _: u64) -> u64 {
    1
}

fn gives_a_secret(_: &Duration) -> Secret {
    Secret
}

mod clock {
    pub fn gives_a_secret(_: &super::Duration) -> Option<super::Secret> {
        None
    }
}

#[derive(ApiError)]
enum StoryError {
    #[api(status = 429, message = "Wait.")]
    Detail {
        #[api(detail, with = by_value)]
        by_value: Duration,
        #[api(detail, with = of_another_type)]
        of_another_type: Duration,
        #[api(detail, with = of_two)]
        of_two: Duration,
        #[api(detail, with = gives_a_secret)]
        secret: Duration,
        #[api(detail, with = clock::gives_a_secret)]
        perhaps_secret: Duration,
        #[api(detail, with = in_hours)]
        missing: Duration,
    },
    #[api(status = 429, message = "Wait.")]
    Header {
        #[api(header = "X-Wait", with = of_another_type)]
        of_another_type: Duration,
        #[api(header = "X-Wait", with = gives_a_secret)]
        secret: Duration,
        #[api(header = "X-Wait", with = clock::gives_a_secret)]
        perhaps_secret: Duration,
    },
}

fn main() {}
