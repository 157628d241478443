//! A struct is one error, whatever its form.

use errorbook::ApiError;

#[derive(ApiError)]
#[api(status = 404, message = "There is none.")]
struct Unit;

#[derive(ApiError)]
#[api(status = 404, message = "There is none.")]
struct EmptyTuple();

#[derive(ApiError)]
#[api(status = 404, message = "There is none.", code = "Empty", rename_all = "PascalCase")]
struct EmptyBraces {}

#[derive(ApiError)]
#[api(status = 404, message = "There is no {1} in {0}.", envelope = errorbook::envelope::FLAT)]
struct Tuple(&'static str, #[api(detail = "id")] u64);

#[derive(ApiError)]
#[api(status = 404, message = "There is no {id}.", section = "Stories", docs = "https://example.com/{code}")]
struct Named {
    #[api(detail)]
    id: u64,
}

#[derive(ApiError)]
#[api(transparent, envelope = errorbook::envelope::JSON_API)]
struct Wrapped(Named);

#[derive(ApiError)]
#[api(transparent)]
struct WrappedAgain {
    inner: Wrapped,
}

fn main() {
    let codes = [Unit.code(), EmptyTuple().code(), EmptyBraces {}.code(), Tuple("a", 1).code()];
    assert_eq!(codes, ["unit", "empty_tuple", "Empty", "tuple"]);
    assert_eq!(Tuple("a", 1).message(), "There is no 1 in a.");
    assert_eq!(WrappedAgain { inner: Wrapped(Named { id: 5 }) }.message(), "There is no 5.");
    assert_eq!(WrappedAgain::catalog().entries().count(), 1);
}
