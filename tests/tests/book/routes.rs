//! The error page served by axum: which form, whether anew, and what a code that is none gets.

use axum::Router;
use axum::body::Body;
use errorbook::book;
use errorbook::tower::ErrorLayer;
use errorbook_tests::apis::common::STORY;
use errorbook_tests::contracts;
use http::{Method, Request, Response, StatusCode};
use http_body_util::BodyExt;
use tower::ServiceExt;

async fn ask(method: Method, path: &str, headers: &[(&str, &str)]) -> (Response<()>, String) {
    let service: Router =
        book::axum::routes::<()>(&contracts::story()).layer(ErrorLayer::new().envelope(&STORY));
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = service.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    (Response::from_parts(parts, ()), String::from_utf8(body.to_vec()).unwrap())
}

async fn get(path: &str, headers: &[(&str, &str)]) -> (Response<()>, String) {
    ask(Method::GET, path, headers).await
}

#[tokio::test]
async fn each_form_has_its_address() {
    for (path, media_type, begins) in [
        ("/errors", "text/html; charset=utf-8", "<!DOCTYPE html>"),
        ("/errors.html", "text/html; charset=utf-8", "<!DOCTYPE html>"),
        ("/errors.md", "text/markdown; charset=utf-8", "# Story API errors\n"),
        ("/errors.json", "application/json", "{\n  \"errorbook\": 1,"),
        ("/errors/not_found", "text/html; charset=utf-8", "<!DOCTYPE html>"),
        ("/errors/not_found.md", "text/markdown; charset=utf-8", "# `not_found`\n"),
        ("/errors/not_found.json", "application/json", "[\n  {\n    \"code\": \"not_found\","),
        ("/errors/quota_exceeded.md", "text/markdown; charset=utf-8", "# `quota_exceeded`\n"),
    ] {
        let (response, body) = get(path, &[]).await;
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(response.headers()["content-type"], media_type, "{path}");
        assert_eq!(response.headers()["vary"], "Accept");
        assert!(body.starts_with(begins), "{path}: {}", &body[..body.len().min(80)]);
    }
}

#[tokio::test]
async fn accept_decides_where_the_address_does_not() {
    for (accept, media_type) in [
        ("*/*", "text/html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/markdown", "text/markdown"),
        ("text/markdown, text/html;q=0.9", "text/markdown"),
        ("text/html;q=0.4, text/markdown;q=0.5", "text/markdown"),
        ("text/markdown;q=0.4, text/html", "text/html"),
        ("application/json", "application/json"),
        ("application/json;q=0.5, text/markdown;q=0.6", "text/markdown"),
        ("application/*", "application/json"),
        ("text/*", "text/html"),
        ("TEXT/Markdown", "text/markdown"),
        ("image/png", "text/html"),
        ("application/json;q=0", "text/html"),
        (";;q=x,,", "text/html"),
    ] {
        let (response, _) = get("/errors/not_found", &[("accept", accept)]).await;
        let told = response.headers()["content-type"].to_str().unwrap().to_owned();
        assert!(told.starts_with(media_type), "{accept}: {told}");
    }
}

#[tokio::test]
async fn what_a_client_has_is_not_sent_again() {
    let (first, _) = get("/errors", &[]).await;
    let tag = first.headers()["etag"].to_str().unwrap().to_owned();
    assert!(tag.starts_with('"') && tag.ends_with('"'), "a strong tag: {tag}");
    for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
        let (response, body) = get("/errors", &[("if-none-match", &known)]).await;
        assert_eq!((response.status(), &*body), (StatusCode::NOT_MODIFIED, ""), "{known}");
        assert_eq!(response.headers()["etag"], tag);
        assert_eq!(response.headers()["vary"], "Accept");
    }
    // Another form is another text.
    let (response, _) = get("/errors", &[("if-none-match", &tag), ("accept", "text/markdown")]).await;
    assert_eq!(response.status(), 200);
    assert_ne!(response.headers()["etag"], tag);
}

#[tokio::test]
async fn head_has_everything_but_the_body() {
    let (got, text) = get("/errors.md", &[]).await;
    let (response, body) = ask(Method::HEAD, "/errors.md", &[]).await;
    assert_eq!((response.status(), &*body), (StatusCode::OK, ""));
    assert_eq!(response.headers()["etag"], got.headers()["etag"]);
    assert_eq!(response.headers()["content-length"], text.len().to_string());
}

#[tokio::test]
async fn what_is_not_there_is_answered_as_the_service_answers() {
    let (response, body) = get("/errors/no_such_code", &[]).await;
    assert_eq!(response.status(), 404);
    let body: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(body["error"]["code"], "not_found");
    assert_eq!(body["error"]["message"], "No error of this API has this code.");
    assert!(body["error"]["request_id"].is_string());

    let (response, _) = ask(Method::POST, "/errors", &[]).await;
    assert_eq!(
        (response.status(), &response.headers()["allow"]),
        (StatusCode::METHOD_NOT_ALLOWED, &"GET, HEAD".parse().unwrap())
    );
    for path in ["/errors/%ff", "/errors/%2", "/errors/..%2f..%2fetc", "/errors/a/b"] {
        assert_eq!(get(path, &[]).await.0.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn a_code_with_signs_has_a_page_too() {
    use errorbook::ApiError;
    #[derive(ApiError)]
    #[api(status = 404, code = "card/not.found:x", message = "There is no card with this id.")]
    struct NotFound;
    let contract = book::Contract::builder("Cards").catalog(NotFound::catalog()).build();
    let service: Router = book::axum::routes(&contract);
    for (path, status, elsewhere) in [
        ("/errors/card=2Fnot.found=3Ax", 200, None),
        ("/errors/card%2Fnot.found:x.md", 200, None),
        // From there, the links of the page would lead nowhere.
        ("/errors/card/not.found:x", 301, Some("../card=2Fnot.found=3Ax")),
        ("/errors/card/not.found:x.md", 301, Some("../card=2Fnot.found=3Ax.md")),
    ] {
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        let response = service.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), status, "{path}");
        let location = response.headers().get("location").map(|address| address.to_str().unwrap());
        assert_eq!(location, elsewhere, "{path}");
    }
}

#[tokio::test]
async fn an_address_that_only_looks_like_one_of_the_pages_is_none() {
    for path in
        ["/errorsnot_found", "/errors.not_found", "/errors.md/", "/errors//", "/errors/.md", "/errors/%ff"]
    {
        let (response, _) = get(path, &[]).await;
        assert_eq!(response.status(), 404, "{path}");
    }
}
