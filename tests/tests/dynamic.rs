//! `ApiError` as a trait object, and behind `Box`, `Arc` and `&`.

use std::sync::Arc;
use std::time::Duration;

use errorbook::ApiError;

use crate::support::{header, text};

#[derive(ApiError)]
#[api(status = 429, message = "Wait for {limit}.", envelope = errorbook::envelope::FLAT)]
struct Limited {
    #[api(detail)]
    limit: u32,
    #[api(retry_after)]
    wait: Duration,
    #[api(header = "X-Limit")]
    header: u32,
}

#[derive(ApiError)]
#[api(status = 404, message = "…")]
struct NotFound;

fn limited() -> Limited {
    Limited { limit: 60, wait: Duration::from_secs(3), header: 61 }
}

/// Everything that can be asked of an error, of this one.
fn check<E: ApiError + ?Sized>(error: &E) {
    assert_eq!(error.status().as_u16(), 429);
    assert_eq!(error.code(), "limited");
    assert_eq!(error.message(), "Wait for 60.");
    assert_eq!(error.spec().name(), "Limited");
    assert_eq!(error.retry().wait(), Some(Duration::from_secs(3)));
    let response = error.to_response();
    assert_eq!(header(&response, "x-limit"), Some("61"));
    assert_eq!(header(&response, "retry-after"), Some("3"));
    let body = r#"{"code":"limited","message":"Wait for 60.","details":{"limit":60}}"#;
    assert_eq!(text(response.body()), body);
    assert_eq!(text(&error.body().to_bytes()), body);
}

#[test]
fn an_error_can_be_a_trait_object() {
    check::<dyn ApiError>(&limited());
    check::<dyn ApiError + Send + Sync>(&limited());
}

#[test]
fn a_box_of_an_error_is_one() {
    check(&Box::new(limited()));
    check::<Box<dyn ApiError>>(&(Box::new(limited()) as Box<dyn ApiError>));
    check::<Box<dyn ApiError + Send + Sync>>(&(Box::new(limited()) as Box<dyn ApiError + Send + Sync>));
}

#[test]
fn an_arc_of_an_error_is_one() {
    check(&Arc::new(limited()));
    check::<Arc<dyn ApiError>>(&(Arc::new(limited()) as Arc<dyn ApiError>));
}

#[test]
fn a_reference_to_an_error_is_one() {
    let limited = limited();
    check(&&limited);
    check(&&&limited);
    let object: &dyn ApiError = &limited;
    check(&object);
}

#[test]
fn pointers_may_be_nested() {
    check(&Box::new(Arc::new(Box::new(limited()))));
    let boxed: Box<dyn ApiError> = Box::new(Box::new(limited()) as Box<dyn ApiError>);
    check(&boxed);
}

#[test]
fn errors_of_several_types_can_stand_in_one_list() {
    let errors: Vec<Box<dyn ApiError>> = vec![Box::new(limited()), Box::new(NotFound)];
    let codes: Vec<_> = errors.iter().map(ApiError::code).collect();
    assert_eq!(codes, ["limited", "not_found"]);
}

#[test]
fn a_function_may_return_any_error() {
    fn find(there: bool) -> Result<u8, Box<dyn ApiError>> {
        if there { Ok(1) } else { Err(Box::new(NotFound)) }
    }
    assert!(find(true).is_ok());
    assert_eq!(find(false).map_err(|error| error.status().as_u16()), Err(404));
}
