//! The error page as answers to requests, for any framework. Takes a contract once, and then methods, paths and headers; gives
//! responses that were made beforehand.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION, VARY};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};

use super::files::{Links, codes, file_name};
use super::html::Page;
use super::markdown;
use super::outline::Outline;
use crate::api_error::ApiError;
use crate::book::Contract;

/// The pages of a contract, rendered once and served for as long as the program runs.
///
/// ```
/// use errorbook::ApiError;
/// use errorbook::book::{Contract, Site};
/// use http::{HeaderMap, Method};
///
/// #[derive(ApiError)]
/// #[api(status = 404, code = "not_found", message = "There is no story with this id.")]
/// struct NotFound;
///
/// let site = Site::new(&Contract::builder("Story API").catalog(NotFound::catalog()).build());
/// let response = site.answer(&Method::GET, "/errors/not_found.md", &HeaderMap::new());
/// assert_eq!(response.headers()["content-type"], "text/markdown; charset=utf-8");
/// assert!(response.body().starts_with(b"# `not_found`\n"));
/// ```
#[derive(Debug)]
pub struct Site {
    /// By their path below `/errors`: empty, or the name of a code's file.
    pages: HashMap<String, Forms>,
}

/// One page in all its forms.
#[derive(Debug)]
struct Forms {
    html: Document,
    markdown: Document,
    json: Document,
}

#[derive(Debug)]
struct Document {
    media_type: &'static str,
    text: Bytes,
    tag: HeaderValue,
}

/// There is no page for such a code.
#[derive(Debug, crate::ApiError)]
#[api(crate = crate)]
enum SiteError {
    /// No error of this API has the code, and none had it.
    #[api(status = 404, code = "not_found", message = "No error of this API has this code.")]
    NoSuchCode,
    /// The pages are there to be read.
    #[api(status = 405, message = "The error pages are there to be read.", header("Allow", "GET, HEAD"))]
    MethodNotAllowed,
}

impl Site {
    /// Renders all pages.
    #[must_use]
    pub fn new(contract: &Contract) -> Self {
        let outline = Outline::new(contract);
        let whole = Page::new(&outline, Links::Within { is_code: false, extension: "" });
        let single = Page::new(&outline, Links::Within { is_code: true, extension: "" });
        let mut pages = HashMap::new();
        let forms = |html, markdown, json| Forms {
            html: Document::new("text/html; charset=utf-8", html),
            markdown: Document::new("text/markdown; charset=utf-8", markdown),
            json: Document::new("application/json", json),
        };
        pages.insert(String::new(), forms(whole.whole(), markdown::whole(&outline), contract.to_json()));
        for code in codes(contract) {
            let items = outline.of_code(code);
            let json = if items.is_empty() {
                let gone: Vec<_> = contract.retired.iter().filter(|one| one.code == code).collect();
                serde_json::to_string_pretty(&gone)
            } else {
                serde_json::to_string_pretty(&items.iter().map(|item| item.entry).collect::<Vec<_>>())
            };
            let json = json.unwrap_or_default() + "\n";
            let page = forms(single.single(code, &items), markdown::single(&outline, code, &items), json);
            pages.insert(file_name(code), page);
        }
        Self { pages }
    }

    /// The response to a request for `path`: `/errors`, `/errors.md`, `/errors.json`, `/errors/CODE`, `/errors/CODE.md` or
    /// `/errors/CODE.json`.
    ///
    /// Without an extension the form goes by `Accept` (RFC 9110 section 12.5.1): Markdown for who would rather have
    /// `text/markdown` than `text/html`, JSON for who would rather have `application/json`, else HTML. Every response has a
    /// strong `ETag`, made of its content, and is a 304 for who has it already (section 13.1.2). To `HEAD` it has no body.
    /// `/errors/`, and a code with a `/` in it that is written as it is, are answered with a 301 to where the page stands. A
    /// code that does not exist is a 404 like those of the service, in the envelope of the ambient
    /// [context](crate::context).
    #[must_use]
    pub fn answer(&self, method: &Method, path: &str, headers: &HeaderMap) -> Response<Bytes> {
        let (forms, form) = match self.find(path, headers) {
            Some(Found::Page(forms, form)) => (forms, form),
            Some(Found::At(address)) => return moved(&address),
            None => return SiteError::NoSuchCode.respond(),
        };
        if method != Method::GET && method != Method::HEAD {
            return SiteError::MethodNotAllowed.respond();
        }
        let document = match form {
            Form::Html => &forms.html,
            Form::Markdown => &forms.markdown,
            Form::Json => &forms.json,
        };
        let is_known = headers.get_all(IF_NONE_MATCH).iter().any(|known| names(known, &document.tag));
        let mut response = Response::new(Bytes::new());
        if is_known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        } else if method == Method::GET {
            *response.body_mut() = document.text.clone();
        }
        let told = response.headers_mut();
        if !is_known {
            told.insert(CONTENT_TYPE, HeaderValue::from_static(document.media_type));
            // As long as the body that `HEAD` is not sent (RFC 9110 section 8.6).
            told.insert(CONTENT_LENGTH, document.text.len().into());
        }
        told.insert(ETAG, document.tag.clone());
        told.insert(VARY, HeaderValue::from_static("Accept"));
        response
    }

    fn find(&self, path: &str, headers: &HeaderMap) -> Option<Found<'_>> {
        let rest = path.strip_prefix("/errors")?;
        let Some(code) = rest.strip_prefix('/') else {
            let whole = self.pages.get("")?;
            let form = if rest.is_empty() {
                preferred(headers)
            } else {
                FORMS.into_iter().find(|(extension, _)| *extension == rest)?.1
            };
            return Some(Found::Page(whole, form));
        };
        // The links of a page lead from where it stands: one level deeper they would lead nowhere.
        if code.is_empty() {
            return Some(Found::At("../errors".to_owned()));
        }
        let name = decoded(code)?;
        let key = |name: &str| {
            let own = file_name(name);
            [name, &own]
                .into_iter()
                .find(|key| !key.is_empty() && self.pages.contains_key(*key))
                .map(str::to_owned)
        };
        // A code may end like a file's name, so the code itself goes first.
        let (key, extension, form) = match key(&name) {
            Some(key) => (key, "", preferred(headers)),
            None => FORMS
                .into_iter()
                .find_map(|(extension, form)| Some((key(name.strip_suffix(extension)?)?, extension, form)))?,
        };
        match code.matches('/').count() {
            0 => Some(Found::Page(self.pages.get(&key)?, form)),
            depth => Some(Found::At(format!("{}{key}{extension}", "../".repeat(depth)))),
        }
    }
}

/// What a path leads to.
enum Found<'s> {
    Page(&'s Forms, Form),
    /// The page stands at this address, seen from the one that was asked for.
    At(String),
}

/// That a page stands elsewhere (RFC 9110 section 15.4.2). The address is a relative one, as nobody knows below which path
/// the pages are served.
fn moved(address: &str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::MOVED_PERMANENTLY;
    // Of file names and dots alone.
    if let Ok(address) = HeaderValue::from_str(address) {
        response.headers_mut().insert(LOCATION, address);
    }
    response
}

const FORMS: [(&str, Form); 3] = [(".html", Form::Html), (".md", Form::Markdown), (".json", Form::Json)];

#[derive(Clone, Copy)]
enum Form {
    Html,
    Markdown,
    Json,
}

impl Document {
    fn new(media_type: &'static str, text: String) -> Self {
        // Of 64 bits and the length: pages are few, and the tags of one address are compared with each other alone.
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let tag = format!("\"{:x}-{:016x}\"", text.len(), hasher.finish());
        let tag = HeaderValue::from_str(&tag).unwrap_or_else(|_| HeaderValue::from_static("\"0\""));
        Self { media_type, text: text.into(), tag }
    }
}

/// Whether an `If-None-Match` names the tag: any of its list, weak or strong, or `*` (RFC 9110 section 13.1.2).
fn names(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(known), Ok(tag)) = (known.to_str(), tag.to_str()) else { return false };
    known.trim() == "*" || known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)
}

/// Which of the three forms is asked for, by the weights of `Accept`; HTML where nothing decides.
fn preferred(headers: &HeaderMap) -> Form {
    let mut ranges: Vec<(String, f32)> = Vec::new();
    for value in headers.get_all(ACCEPT) {
        for range in value.to_str().unwrap_or_default().split(',') {
            let mut parts = range.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default().to_ascii_lowercase();
            let weight = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
            let weight = weight.map_or(Some(1.0), |weight| weight.parse::<f32>().ok());
            if let (false, Some(weight)) = (name.is_empty(), weight) {
                ranges.push((name, weight));
            }
        }
    }
    if ranges.is_empty() {
        return Form::Html;
    }
    // The most specific range decides (section 12.5.1).
    let weight = |media_type: &str| {
        let kind = media_type.split('/').next().unwrap_or_default();
        let of = |name: &str| ranges.iter().find(|(range, _)| range == name).map(|(_, weight)| *weight);
        of(media_type).or_else(|| of(&format!("{kind}/*"))).or_else(|| of("*/*")).unwrap_or(0.0)
    };
    let html = weight("text/html");
    let (markdown, json) = (weight("text/markdown"), weight("application/json"));
    if markdown > html && markdown >= json {
        Form::Markdown
    } else if json > html {
        Form::Json
    } else {
        Form::Html
    }
}

/// A part of a path without its percent signs (RFC 3986 section 2.1).
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}
