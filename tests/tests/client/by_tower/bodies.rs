//! Bodies behind the layer: a success streams, and an error is read as far as the limit and comes as it was.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use errorbook::ApiError;
use errorbook::client::tower::{PutBack, ReadFailuresLayer, failure_of};
use errorbook::client::{Flaw, Reader};
use http::{HeaderMap, Request, Response};
use http_body_util::BodyExt;
use hyper::body::{Body, Frame};
use tower::{Layer, ServiceExt, service_fn};

#[derive(Debug, ApiError)]
#[api(status = 404, message = "No such story.")]
struct NotFound;

type Item = Result<Frame<Bytes>, String>;

/// A body of these frames, which counts how often it is asked for one.
#[derive(Clone, Default)]
struct Frames {
    data: VecDeque<Result<Bytes, String>>,
    trailers: Option<HeaderMap>,
    asked: Arc<AtomicUsize>,
}

impl Frames {
    fn new(frames: &[&str]) -> Self {
        let data = frames.iter().map(|text| Ok(Bytes::copy_from_slice(text.as_bytes()))).collect();
        Self { data, ..Self::default() }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

impl Body for Frames {
    type Data = Bytes;
    type Error = String;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Item>> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let next = self.data.pop_front().map(|data| data.map(Frame::data));
        Poll::Ready(next.or_else(|| self.trailers.take().map(|trailers| Ok(Frame::trailers(trailers)))))
    }
}

async fn answered(status: u16, body: Frames, reader: Reader<NotFound>) -> Response<PutBack<Frames>> {
    let service = service_fn(move |_: Request<()>| {
        let mut response = Response::new(body.clone());
        *response.status_mut() = status.try_into().expect("a status");
        std::future::ready(Ok::<_, Infallible>(response))
    });
    let client = ReadFailuresLayer::with_reader(reader).layer(service);
    client.oneshot(Request::new(())).await.expect("infallible")
}

const BODY: &[&str] = &[r#"{"error":{"code":"not"#, r#"_found","message":"No such story."}}"#];

#[tokio::test]
async fn the_body_of_a_success_is_not_asked_for_until_it_is_read() {
    let body = Frames::new(&["a", "b", "c"]);
    let response = answered(200, body.clone(), Reader::new()).await;
    assert_eq!(body.asked(), 0);
    assert!(failure_of::<NotFound, _>(&response).is_none());

    let mut streamed = response.into_body();
    assert_eq!(streamed.frame().await.unwrap().unwrap().into_data().unwrap(), "a");
    assert_eq!(body.asked(), 1);
    assert_eq!(streamed.collect().await.unwrap().to_bytes(), "bc");
}

#[tokio::test]
async fn an_error_is_read_and_its_body_comes_again_with_its_trailers() {
    let mut trailers = HeaderMap::new();
    trailers.insert("digest", "sha-256=…".parse().unwrap());
    let body = Frames { trailers: Some(trailers.clone()), ..Frames::new(BODY) };
    let response = answered(404, body, Reader::new()).await;
    assert_eq!(failure_of::<NotFound, _>(&response).unwrap().code(), Some("not_found"));
    assert_eq!(response.body().size_hint().exact(), Some(BODY.concat().len() as u64));

    let collected = response.into_body().collect().await.unwrap();
    assert_eq!(collected.trailers(), Some(&trailers));
    assert_eq!(collected.to_bytes(), BODY.concat());
}

#[tokio::test]
async fn no_more_is_read_than_the_limit_and_the_rest_streams() {
    let body = Frames::new(&["<html>", "and", "so", "on"]);
    let response = answered(502, body.clone(), Reader::new().with_max_bytes(8)).await;
    assert_eq!(body.asked(), 2);
    let failure = failure_of::<NotFound, _>(&response).unwrap();
    assert_eq!((failure.status().as_u16(), failure.flaw()), (502, Some(Flaw::TooLarge)));
    assert_eq!(response.into_body().collect().await.unwrap().to_bytes(), "<html>andsoon");
}

#[tokio::test]
async fn a_body_that_breaks_off_is_told_as_far_as_it_came_and_breaks_off_again() {
    let mut body = Frames::new(&BODY[..1]);
    body.data.push_back(Err("the connection is gone".to_owned()));
    let response = answered(404, body, Reader::new()).await;
    let failure = failure_of::<NotFound, _>(&response).unwrap();
    assert_eq!((failure.status().as_u16(), failure.error().is_some()), (404, false));

    let mut again = response.into_body();
    assert_eq!(again.frame().await.unwrap().unwrap().into_data().unwrap(), BODY[0]);
    assert_eq!(again.frame().await.unwrap().unwrap_err(), "the connection is gone");
    assert!(again.frame().await.is_none());
}

#[tokio::test]
async fn an_error_that_streams_is_not_asked_for_and_told_by_its_head() {
    for media_type in
        ["text/event-stream; charset=utf-8", "Application/gRPC+proto", "multipart/x-mixed-replace"]
    {
        let body = Frames::new(&["event: error\n\n", "event: error\n\n"]);
        let asked = body.clone();
        let service = service_fn(move |_: Request<()>| {
            let response = Response::builder().status(503).header("content-type", media_type);
            let response = response.header("retry-after", "9").body(body.clone());
            std::future::ready(Ok::<_, Infallible>(response.expect("a response")))
        });
        let client = ReadFailuresLayer::<NotFound>::new().layer(service);
        let response = client.oneshot(Request::new(())).await.expect("infallible");
        assert_eq!(asked.asked(), 0, "{media_type}");
        let failure = failure_of::<NotFound, _>(&response).unwrap();
        assert_eq!((failure.status().as_u16(), failure.code()), (503, None));
        assert_eq!(failure.retry_after(), Some(std::time::Duration::from_secs(9)));
        assert_eq!(response.into_body().collect().await.unwrap().to_bytes().len(), 28);
    }
}

#[tokio::test]
async fn empty_frames_without_end_are_not_waited_for() {
    let body =
        Frames { data: std::iter::repeat_n(Ok(Bytes::new()), 1_000_000).collect(), ..Frames::default() };
    let response = answered(502, body.clone(), Reader::new()).await;
    assert!(body.asked() <= 1000, "{}", body.asked());
    assert_eq!(failure_of::<NotFound, _>(&response).unwrap().status().as_u16(), 502);
}
