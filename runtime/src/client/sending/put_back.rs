//! The beginning of a body, read and put back. Takes a body and how much may be read; gives what was read, and a body that
//! says all of it again, so that whoever is handed the response finds it as it came.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes, BytesMut};
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;

pin_project! {
    /// A body of which the beginning was read, as it was before.
    pub struct PutBack<B: Body> {
        start: Option<Bytes>,
        trailers: Option<HeaderMap>,
        error: Option<B::Error>,
        // `None` where it came to its end.
        #[pin]
        rest: Option<B>,
    }
}

/// More frames without data than this are not waited for.
const MOST_EMPTY: usize = 1000;

/// Reads a body to its end, to an error, or until there is more than this; gives what was read, and the body as it was.
pub(crate) struct ReadStart<B> {
    /// `None` once that was given.
    body: Option<B>,
    /// How much more may be read; `None`: nothing is, or no more.
    rest: Option<usize>,
    /// How many frames had no data.
    empty: usize,
    start: Start,
    trailers: Option<HeaderMap>,
}

impl<B: Body + Unpin> ReadStart<B> {
    fn new(body: B, most: usize) -> Self {
        Self { body: Some(body), rest: Some(most), empty: 0, start: Start::default(), trailers: None }
    }

    /// Of the response with these headers. One that streams may never come to an end, so nothing of it is read.
    pub(crate) fn of(headers: &HeaderMap, body: B, most: usize) -> Self {
        let start = Self::new(body, most);
        if is_stream(headers) { Self { rest: None, ..start } } else { start }
    }
}

/// Whether the body is one of parts that come as they happen: Server-Sent Events, gRPC, `multipart/x-mixed-replace`.
fn is_stream(headers: &HeaderMap) -> bool {
    let Some(Ok(media_type)) = headers.get(CONTENT_TYPE).map(|value| value.to_str()) else { return false };
    let begins = |with: &str| {
        media_type.get(..with.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(with))
    };
    ["text/event-stream", "application/grpc", "multipart/"].iter().any(|with| begins(with))
}

impl<B: Body + Unpin> Future for ReadStart<B> {
    type Output = (Bytes, PutBack<B>);

    fn poll(self: Pin<&mut Self>, polling: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let (mut error, mut is_over) = (None, false);
        while let Some(rest) = this.rest.filter(|_| !is_over) {
            let Some(body) = &mut this.body else { return Poll::Pending };
            let mut length = 0;
            match ready!(Pin::new(body).poll_frame(polling)) {
                None => is_over = true,
                Some(Err(met)) => (error, is_over) = (Some(met), true),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => {
                        length = data.remaining();
                        this.start.push(data);
                    }
                    Err(frame) => this.trailers = frame.into_trailers().ok().or(this.trailers.take()),
                },
            }
            // There may be no end of empty ones.
            this.empty += usize::from(length == 0);
            this.rest = rest.checked_sub(length).filter(|_| this.empty < MOST_EMPTY);
        }
        let start = std::mem::take(&mut this.start).into_bytes();
        let rest = this.body.take().filter(|_| !is_over);
        let unread = Some(start.clone()).filter(|start| !start.is_empty());
        Poll::Ready((start, PutBack { start: unread, trailers: this.trailers.take(), error, rest }))
    }
}

/// What was read. Most error bodies are one frame, which is kept as it is.
#[derive(Default)]
enum Start {
    #[default]
    Nothing,
    One(Bytes),
    Several(BytesMut),
}

impl Start {
    fn push(&mut self, mut data: impl Buf) {
        let data = data.copy_to_bytes(data.remaining());
        *self = match std::mem::take(self) {
            Self::Nothing => Self::One(data),
            // Copied, as small frames may each be a view of a large buffer, which would stay in memory.
            Self::One(first) => {
                let mut all = BytesMut::with_capacity(first.len() + data.len());
                all.extend_from_slice(&first);
                all.extend_from_slice(&data);
                Self::Several(all)
            }
            Self::Several(mut all) => {
                all.extend_from_slice(&data);
                Self::Several(all)
            }
        };
    }

    fn into_bytes(self) -> Bytes {
        match self {
            Self::Nothing => Bytes::new(),
            Self::One(first) => first,
            Self::Several(all) => all.freeze(),
        }
    }
}

impl<B: Body> PutBack<B> {
    /// A body of which nothing was read.
    #[cfg(feature = "client-tower")]
    pub(super) fn unread(body: B) -> Self {
        Self { start: None, trailers: None, error: None, rest: Some(body) }
    }
}

impl<B: Body> fmt::Debug for PutBack<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PutBack").finish_non_exhaustive()
    }
}

impl<B: Body> Body for PutBack<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        polling: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        let mut this = self.project();
        if let Some(start) = this.start.take() {
            return Poll::Ready(Some(Ok(Frame::data(start))));
        }
        if let Some(error) = this.error.take() {
            return Poll::Ready(Some(Err(error)));
        }
        if let Some(rest) = this.rest.as_mut().as_pin_mut() {
            if let Some(frame) = ready!(rest.poll_frame(polling)) {
                let to_bytes = |mut data: B::Data| data.copy_to_bytes(data.remaining());
                return Poll::Ready(Some(frame.map(|it| it.map_data(to_bytes))));
            }
            this.rest.set(None);
        }
        // Also those that were read before there was enough.
        Poll::Ready(this.trailers.take().map(|trailers| Ok(Frame::trailers(trailers))))
    }

    fn is_end_stream(&self) -> bool {
        let is_read = self.start.is_none() && self.trailers.is_none() && self.error.is_none();
        is_read && self.rest.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        let read = self.start.as_ref().map_or(0, |start| start.len() as u64);
        let Some(rest) = &self.rest else {
            // Of a body that broke off there is no telling how long it was meant to be.
            let at_least = || {
                let mut hint = SizeHint::default();
                hint.set_lower(read);
                hint
            };
            return if self.error.is_some() { at_least() } else { SizeHint::with_exact(read) };
        };
        let rest = rest.size_hint();
        let mut hint = SizeHint::default();
        hint.set_lower(rest.lower().saturating_add(read));
        if let Some(upper) = rest.upper().and_then(|upper| upper.checked_add(read)) {
            hint.set_upper(upper);
        }
        hint
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::future::poll_fn;
    use std::pin::pin;

    use http::HeaderValue;

    use super::*;

    type Said = Result<Frame<Bytes>, &'static str>;

    /// Says these frames, and then nothing or that it is broken.
    struct Script(VecDeque<Said>);

    impl Body for Script {
        type Data = Bytes;
        type Error = &'static str;

        fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Said>> {
            Poll::Ready(self.0.pop_front())
        }

        fn is_end_stream(&self) -> bool {
            self.0.is_empty()
        }
    }

    fn data(text: &'static str) -> Frame<Bytes> {
        Frame::data(Bytes::from_static(text.as_bytes()))
    }

    fn trailers() -> Frame<Bytes> {
        Frame::trailers(HeaderMap::from_iter([(http::header::AGE, HeaderValue::from_static("7"))]))
    }

    fn script<const N: usize>(frames: [Frame<Bytes>; N]) -> Script {
        Script(frames.into_iter().map(Ok).collect())
    }

    /// What the body says, a word a frame, and how long it said it would be before each.
    async fn all(body: PutBack<Script>) -> Vec<String> {
        let mut body = pin!(body);
        let mut said = Vec::new();
        loop {
            let at_end = body.is_end_stream();
            let length = body.size_hint().exact().map_or_else(|| "?".to_owned(), |length| length.to_string());
            match poll_fn(|polling| body.as_mut().poll_frame(polling)).await {
                None => return said,
                Some(_) if at_end => panic!("it said that it was over"),
                Some(Err(error)) => said.push(format!("{length} {error}")),
                Some(Ok(frame)) => said.push(match frame.into_data() {
                    Ok(data) => format!("{length} {}", String::from_utf8_lossy(&data)),
                    Err(_) => format!("{length} trailers"),
                }),
            }
        }
    }

    #[tokio::test]
    async fn a_whole_body_is_one_frame_of_its_length() {
        let (start, body) = ReadStart::new(script([data("ab"), data(""), data("cde"), trailers()]), 5).await;
        assert_eq!(start, "abcde");
        assert_eq!(all(body).await, ["5 abcde", "0 trailers"]);
        let (start, body) = ReadStart::new(script([]), 5).await;
        assert!(start.is_empty() && body.is_end_stream());
        assert_eq!(all(body).await, [""; 0]);
    }

    #[tokio::test]
    async fn no_more_is_read_than_shows_that_there_is_more() {
        let frames = [data("ab"), data("cd"), data("ef"), data("gh"), trailers()];
        let (start, body) = ReadStart::new(script(frames), 3).await;
        assert_eq!(start, "abcd");
        assert_eq!(all(body).await, ["? abcd", "? ef", "? gh", "? trailers"]);
    }

    #[tokio::test]
    async fn trailers_that_are_the_last_frame_to_be_waited_for_are_kept() {
        let mut frames = script([]);
        frames.0.extend((1..MOST_EMPTY).map(|_| Ok(data(""))));
        frames.0.push_back(Ok(trailers()));
        let (_, body) = ReadStart::new(frames, 9).await;
        assert_eq!(all(body).await, ["? trailers"]);
    }

    #[tokio::test]
    async fn an_error_comes_where_it_came() {
        let mut broken = script([data("ab")]);
        broken.0.push_back(Err("broken"));
        let (start, body) = ReadStart::new(broken, 9).await;
        assert_eq!(start, "ab");
        assert_eq!(all(body).await, ["? ab", "? broken"]);
    }

    #[tokio::test]
    async fn what_one_frame_holds_is_not_copied() {
        let text = Bytes::from_static(b"an error");
        let (start, _) = ReadStart::new(script([Frame::data(text.clone())]), 99).await;
        assert_eq!(start.as_ptr(), text.as_ptr());
    }
}
