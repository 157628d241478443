//! What becomes of a finished response. Takes one whose status is an error's; gives it back, in the envelope where no
//! `ApiError` made it, as gRPC has it where that asked. Everything here runs inside the request's context.

use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Extensions, Response, StatusCode, response};

use super::failure::both;
use super::media_type::MediaType;
use super::settings::Mapping;
use super::status_error::StatusError;
use super::{Asked, LeaveAsIs, Replaced, Settings};
use crate::api_error::ApiError;
use crate::context;
use crate::guard::{Panicked, guarded};
use crate::observe::{self, Because, Record};
use crate::render::{Answered, MessageForGrpc, Overrides};
use crate::spec::ErrorSpec;
use crate::status;

/// Headers that spoke of the body that is gone.
const OF_THE_BODY: [HeaderName; 12] = [
    header::CONTENT_DISPOSITION,
    header::CONTENT_ENCODING,
    header::CONTENT_LANGUAGE,
    header::CONTENT_LENGTH,
    header::CONTENT_LOCATION,
    header::CONTENT_TYPE,
    header::ETAG,
    header::LAST_MODIFIED,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    // RFC 9530: a client that checks them would take the envelope for damaged.
    HeaderName::from_static("content-digest"),
    HeaderName::from_static("repr-digest"),
];

fn is_error<B>(response: &Response<B>) -> bool {
    response.status().is_client_error() || response.status().is_server_error()
}

/// What was declared of the error that made this response, if an `ApiError` did.
fn declared(extensions: &Extensions) -> Option<&'static ErrorSpec> {
    extensions.get::<Answered>().map(Answered::spec)
}

fn opted_out<B>(response: &Response<B>) -> bool {
    response.extensions().get::<LeaveAsIs>().is_some()
}

/// Tells operators of a declared error's response of which nobody has told them that it answers this request: one that
/// was only rendered, or that answered another request before. The error itself is gone, and with it what it says.
pub(crate) fn record_untold<B>(response: &mut Response<B>) {
    let status = Some(response.status());
    if let Some(answered) = response.extensions_mut().get_mut::<Answered>()
        && answered.is_due(context::request_number())
    {
        observe::record(None, answered.spec(), Record { status, overrides: &Overrides::NONE, because: None });
    }
}

/// Whether this response is a declared error's that gRPC is still to be told of.
pub(crate) fn is_due_by_grpc<B>(response: &Response<B>, asked: Asked) -> bool {
    // A layer further in may have told it already, with status 200.
    asked.by_grpc() && is_error(response) && declared(response.extensions()).is_some() && !opted_out(response)
}

/// A declared error's response as gRPC answers it. The error itself is gone; its mark tells the message where that
/// is the same for every value, else it was left here where the error was made in the request's context.
pub(crate) fn by_grpc(mut parts: response::Parts, asked: Asked) -> Response<Bytes> {
    let left = parts.extensions.remove::<MessageForGrpc>();
    let constant = parts.extensions.get::<Answered>().and_then(Answered::constant_message);
    let message = constant.or(left.as_ref().map(|MessageForGrpc(message)| &**message));
    let mut answer = Response::new(Bytes::new());
    if let Some(grpc) = asked.grpc {
        grpc.push_headers(answer.headers_mut(), status::grpc_code(parts.status), message);
    }
    parts.status = StatusCode::OK;
    merge(parts, answer)
}

/// Whether this response still has to be put into the envelope.
pub(crate) fn is_foreign_error<B>(response: &Response<B>) -> bool {
    is_error(response) && declared(response.extensions()).is_none() && !opted_out(response)
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
    parts: response::Parts,
    text: Option<String>,
    settings: &Settings,
    asked: Asked,
    because: Option<Because<'_>>,
) -> Response<Bytes> {
    // What is mapped is the application's code, and so are a subscriber and a recorder.
    let answered = match settings.mapping(parts.status) {
        Some(Mapping::Fixed(error)) => guarded(|| answer(&**error, asked, because)),
        Some(Mapping::Made(make)) => guarded(|| make(&parts)).and_then(|error| {
            let answered = guarded(|| answer(&*error, asked, because));
            let _ = guarded(|| drop(error));
            answered
        }),
        None => guarded(|| answer(&StatusError { status: parts.status, text }, asked, because)),
    };
    let answer = answered.unwrap_or_else(|panicked| answer_for_panic(panicked, asked, because));
    merge(parts, answer)
}

/// The answer where making one panicked.
fn answer_for_panic(panicked: Panicked, asked: Asked, because: Option<Because<'_>>) -> Response<Bytes> {
    let error = StatusError { status: StatusCode::INTERNAL_SERVER_ERROR, text: None };
    let panicked = because.map(|before| both(&panicked, before)).unwrap_or(panicked);
    let told = guarded(|| answer(&error, asked, Some(Because::Panic(&panicked))));
    // Where nobody can be told, there is an answer all the same.
    told.unwrap_or_else(|_| finish(crate::render::response(&error, &Overrides::NONE), &error, asked))
}

fn answer(error: &dyn ApiError, asked: Asked, because: Option<Because<'_>>) -> Response<Bytes> {
    finish(crate::render::respond(error, &Overrides::NONE, because), error, asked)
}

/// As gRPC or a `HEAD` wants it.
fn finish(mut response: Response<Bytes>, error: &dyn ApiError, asked: Asked) -> Response<Bytes> {
    if let Some(grpc) = asked.grpc {
        let status = response.status();
        *response.status_mut() = StatusCode::OK;
        let code = status::foreign_grpc_code(status);
        grpc.push_headers(response.headers_mut(), code, Some(&error.message()));
        *response.body_mut() = Bytes::new();
    } else {
        let length = HeaderValue::from(response.body().len());
        response.headers_mut().insert(header::CONTENT_LENGTH, length);
        if asked.by_head {
            *response.body_mut() = Bytes::new();
        }
    }
    response
}

/// The answer, with what the original response had in headers and extensions besides.
fn merge(mut parts: response::Parts, mut answer: Response<Bytes>) -> Response<Bytes> {
    for name in &OF_THE_BODY {
        parts.headers.remove(name);
    }
    keep_absent(answer.headers_mut(), parts.headers);
    parts.extensions.extend(std::mem::take(answer.extensions_mut()));
    *answer.extensions_mut() = parts.extensions;
    *answer.version_mut() = parts.version;
    answer
}

/// So many names of a foreign response are kept. A map takes half as many again, so that the request's id has its place.
const MOST_NAMES: usize = 16 * 1024;

/// Adds the headers that are not there yet, each with all its values, and to those that are lists of independent
/// entries what is not in them.
fn keep_absent(headers: &mut HeaderMap, others: HeaderMap) {
    let mut last = None;
    for (name, value) in others {
        // Of a name with several values only the first comes with the name.
        if let Some(name) = name {
            let is_list = [header::VARY, header::SET_COOKIE, header::LINK].contains(&name);
            last = (is_list || !headers.contains_key(&name)).then_some(name);
        }
        if let Some(name) = &last
            && headers.keys_len() < MOST_NAMES
        {
            // A header that is full keeps what it has.
            let _ = headers.try_append(name, value);
        }
    }
}
