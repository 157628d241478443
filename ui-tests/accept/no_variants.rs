//! An enum without variants never answers; it may be held like any other.

use errorbook::ApiError;

#[derive(ApiError)]
enum Never {}

#[derive(ApiError)]
#[api(envelope = errorbook::envelope::PROBLEM, catalog_title = "Nothing", rename_all = "kebab-case")]
enum Configured {}

#[derive(ApiError)]
enum Holder {
    #[api(transparent)]
    Never(Never),
    #[api(transparent)]
    Configured { inner: Configured },
}

fn main() {
    assert_eq!(Never::catalog().entries().count(), 0);
    assert_eq!(Holder::catalog().entries().count(), 0);
    assert_eq!(Configured::catalog().title(), "Nothing");
}
