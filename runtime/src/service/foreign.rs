//! What becomes of a finished response. Takes one whose status is an error's; gives it back, in the envelope where no
//! `ApiError` made it, as gRPC has it where that asked. Everything here runs inside the request's context.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{self, HeaderValue};
use http::{Extensions, Response, StatusCode, response};

use super::declared::mark;
use super::failure::both;
use super::media_type::MediaType;
use super::settings::Mapping;
use super::status_error::StatusError;
use super::{Asked, LeaveAsIs, Replaced, Settings, headers};
use crate::api_error::ApiError;
use crate::context;
use crate::guard::{Panicked, guarded};
use crate::observe::{self, Because, Record};
use crate::render::{Answered, MessageForGrpc, Overrides, RETRY_AFTER_MS, push_retry_hints};
use crate::retry::{told, whole_milliseconds};
use crate::status;

fn is_error<B>(response: &Response<B>) -> bool {
    response.status().is_client_error() || response.status().is_server_error()
}

pub(super) fn opted_out<B>(response: &Response<B>) -> bool {
    response.extensions().get::<LeaveAsIs>().is_some()
}

/// Tells operators of a declared error's response of which nobody has told them that it answers this request: one that
/// was only rendered, or that answered another request before. The error itself is gone, and with it what it says.
pub(crate) fn record_untold<B>(response: &mut Response<B>) {
    if let Some(answered) = response.extensions_mut().get_mut::<Answered>()
        && answered.is_due(context::request_number())
    {
        // The one that it is sent with, whatever was put over it.
        let status = Some(answered.told.status);
        observe::record(None, answered.spec(), Record { status, overrides: &Overrides::NONE, because: None });
    }
}

/// Whether this response is a declared error's that gRPC is still to be told of.
pub(crate) fn is_due_by_grpc<B>(response: &Response<B>, asked: Asked) -> bool {
    // A layer further in may have told it already.
    asked.by_grpc()
        && mark(response.extensions()).is_some_and(|mark| !mark.told.by_grpc)
        && !opted_out(response)
}

/// A declared error's response as gRPC answers it. The error itself is gone; its mark tells the message where that
/// is the same for every value, else it was left here where the error was made in the request's context.
pub(crate) fn by_grpc(mut parts: response::Parts, settings: &Settings, asked: Asked) -> Response<Bytes> {
    let message = take_message(&mut parts.extensions);
    let mut answer = Response::new(Bytes::new());
    if let (Some(mark), Some(grpc)) = (mark(&parts.extensions), asked.grpc) {
        let (spec, status) = (mark.spec(), mark.told.status);
        if parts.status != status {
            observe::put_over(spec, parts.status, status);
        }
        grpc.push_headers(answer.headers_mut(), status::grpc_code(status), message.as_deref());
        answer.extensions_mut().insert(mark.by_grpc());
    }
    merge(parts, answer, settings)
}

/// The message of the error that made a response with these extensions: it was left there where it varies, and the error
/// was made in the request's context.
fn take_message(extensions: &mut Extensions) -> Option<Cow<'static, str>> {
    let left = extensions.remove::<MessageForGrpc>().map(|MessageForGrpc(message)| message);
    left.or_else(|| mark(extensions)?.constant_message().map(Cow::Borrowed))
}

/// Whether this response still has to be put into the envelope.
pub(crate) fn is_foreign_error<B>(response: &Response<B>) -> bool {
    is_error(response) && mark(response.extensions()).is_none() && !opted_out(response)
}

/// Whether the text of this response, of at least so many bytes, is to be kept as the message.
pub(crate) fn keeps_text(parts: &response::Parts, least_length: u64, settings: &Settings) -> bool {
    settings.kept_text > 0
        && usize::try_from(least_length).is_ok_and(|length| length <= settings.kept_text)
        && parts.status.is_client_error()
        && MediaType::of(&parts.headers).is_some_and(|media_type| media_type.is("text/plain"))
        && !parts.headers.contains_key(header::CONTENT_ENCODING)
        && settings.mapping(parts.status).is_none()
}

/// The envelope in place of a response that no `ApiError` made.
pub(crate) fn in_envelope(
    parts: response::Parts,
    text: Option<String>,
    replaced: Option<&Replaced>,
    settings: &Settings,
    asked: Asked,
) -> Response<Bytes> {
    answer_for(parts, text, settings, asked, replaced.map(Replaced::because))
}

/// `because`: what operators are to read in place of what the answer itself says.
pub(super) fn answer_for(
    mut parts: response::Parts,
    text: Option<String>,
    settings: &Settings,
    asked: Asked,
    because: Option<Because<'_>>,
) -> Response<Bytes> {
    let besides = Overrides { wait: told::told(&parts.headers), ..Overrides::NONE };
    let answered = mapped(&parts, &besides, settings, asked, because).unwrap_or_else(|| {
        guarded(|| answer(&StatusError { status: parts.status, text }, &besides, asked, because))
    });
    let answer = answered.unwrap_or_else(|panicked| {
        let panicked = because.map(|before| both(&panicked, before)).unwrap_or(panicked);
        let because = Because::Panic(&panicked);
        // The service's own 500, unless that is what panics.
        parts.status = StatusCode::INTERNAL_SERVER_ERROR;
        match mapped(&parts, &besides, settings, asked, Some(because)) {
            Some(Ok(answer)) => answer,
            Some(Err(_)) | None => answer_for_panic(because, &besides, asked),
        }
    });
    let is_in_milliseconds = told::take(&mut parts.headers);
    let mut answer = merge(parts, answer, settings);
    let Some(mark) = mark(answer.extensions()).copied() else { return answer };
    if let Some(attempt) = asked.attempt.as_ref().filter(|_| !mark.told.by_grpc) {
        push_retry_hints(mark.spec().retry(), mark.told.wait, attempt, answer.headers_mut());
    } else if let Some(wait) = mark.told.wait.filter(|_| is_in_milliseconds) {
        let _ = answer.headers_mut().try_insert(RETRY_AFTER_MS, HeaderValue::from(whole_milliseconds(wait)));
    }
    answer
}

/// The answer that the application has for this status. What is mapped is its code, and so are a subscriber and a recorder.
fn mapped(
    parts: &response::Parts,
    besides: &Overrides<'_>,
    settings: &Settings,
    asked: Asked,
    because: Option<Because<'_>>,
) -> Option<Result<Response<Bytes>, Panicked>> {
    Some(match settings.mapping(parts.status)? {
        Mapping::Fixed(error) => guarded(|| answer(&**error, besides, asked, because)),
        Mapping::Made { make, .. } => guarded(|| make(parts)).and_then(|error| {
            let answered = guarded(|| answer(&*error, besides, asked, because));
            let _ = guarded(|| drop(error));
            answered
        }),
    })
}

/// The answer where making one panicked, and nothing is mapped for that.
fn answer_for_panic(panic: Because<'_>, besides: &Overrides<'_>, asked: Asked) -> Response<Bytes> {
    let error = StatusError { status: StatusCode::INTERNAL_SERVER_ERROR, text: None };
    let told = guarded(|| answer(&error, besides, asked, Some(panic)));
    // Where nobody can be told, there is an answer all the same.
    told.unwrap_or_else(|_| finish(crate::render::response(&error, besides), asked))
}

/// `besides`: what the response told of which the error knows nothing.
fn answer(
    error: &dyn ApiError,
    besides: &Overrides<'_>,
    asked: Asked,
    because: Option<Because<'_>>,
) -> Response<Bytes> {
    finish(crate::render::respond(error, besides, because), asked)
}

/// As gRPC or a `HEAD` wants it.
fn finish(mut response: Response<Bytes>, asked: Asked) -> Response<Bytes> {
    if let Some(grpc) = asked.grpc {
        let code = status::foreign_grpc_code(response.status());
        *response.status_mut() = StatusCode::OK;
        let message = take_message(response.extensions_mut());
        grpc.push_headers(response.headers_mut(), code, message.as_deref());
        *response.body_mut() = Bytes::new();
        if let Some(mark) = response.extensions_mut().get_mut::<Answered>() {
            *mark = mark.by_grpc();
        }
    } else {
        let length = HeaderValue::from(response.body().len());
        response.headers_mut().insert(header::CONTENT_LENGTH, length);
        if asked.by_head {
            *response.body_mut() = Bytes::new();
        }
    }
    response
}

/// The answer, with what of the original response outlives its body. Of its extensions that is what the application has
/// named: a server reads things there that no caller should see, hyper's reason phrase for one.
fn merge(parts: response::Parts, mut answer: Response<Bytes>, settings: &Settings) -> Response<Bytes> {
    let status = answer.status();
    headers::merge(answer.headers_mut(), status, &parts.headers);
    let mut extensions = settings.kept_extensions(parts.extensions);
    extensions.extend(std::mem::take(answer.extensions_mut()));
    *answer.extensions_mut() = extensions;
    answer
}
