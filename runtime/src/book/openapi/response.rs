//! The responses. Takes the errors of a status; gives one Response Object with all of them: headers, the schema of the
//! bodies, and a named example for each.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::body::{self, Bodies};
use super::parts::{Parts, reference};
use super::{Version, names};
use crate::book::Entry;
use crate::book::entry::RetryAfter;

/// All components of a contract.
pub(super) struct Components {
    pub(super) schemas: Map<String, Value>,
    pub(super) responses: Map<String, Value>,
}

impl Parts<'_> {
    /// Every component, the schemas of the details among them.
    pub(super) fn components(&mut self) -> Components {
        let responses = self.components_kept();
        Components { schemas: std::mem::take(&mut self.schemas), responses }
    }

    /// The responses; the schemas stay, for further responses to refer to.
    pub(super) fn components_kept(&mut self) -> Map<String, Value> {
        self.general_components();
        let mut responses = Map::new();
        let all: Vec<(u16, Vec<usize>)> =
            self.by_status.iter().map(|(status, errors)| (*status, errors.clone())).collect();
        for (status, errors) in all {
            let response = self.response(status, &errors, true);
            responses.insert(self.response_name(status), response);
        }
        responses
    }

    /// What is not about one status: the codes, the bodies of any error, those of single errors.
    fn general_components(&mut self) {
        let codes = body::codes(self);
        let codes = self.component("ErrorCode", codes);
        for form in 0..self.contract.bodies.len() {
            let errors: Vec<usize> = (0..self.contract.errors.len())
                .filter(|place| self.contract.errors[*place].body == form)
                .collect();
            let is_open = self.is_open();
            let schema =
                self.body(&Bodies { form, status: None, errors: &errors, is_open, codes: Some(&codes) });
            self.component(&self.form_name(form), schema);
        }
        for place in 0..self.contract.errors.len() {
            let entry = &self.contract.errors[place];
            let is_told_apart =
                self.version == Version::V3_2 && body::code_member(self, entry.body).is_some();
            if entry.status.is_none() || is_told_apart {
                let schema = self.of_one(place);
                self.component(&of_one_name(entry), schema);
            }
        }
    }

    /// The bodies of one error.
    fn of_one(&self, place: usize) -> Value {
        let Some(entry) = self.contract.errors.get(place) else { return Value::Null };
        let mut schema = self.body(&Bodies {
            form: entry.body,
            status: entry.status,
            errors: &[place],
            is_open: false,
            codes: None,
        });
        let text = entry.description.as_ref().unwrap_or(&entry.title);
        if let Value::Object(keywords) = &mut schema {
            keywords.insert("description".to_owned(), json!(text));
        }
        schema
    }

    pub(super) fn response_name(&self, status: u16) -> String {
        self.name(&format!("Error{status}"))
    }

    /// `Error` for the first form of a contract, and a name of its own for each other.
    fn form_name(&self, form: usize) -> String {
        let of = |form: usize| match self.contract.bodies.get(form) {
            Some(body) if is_problem(&body.media_type) => "ProblemDetails",
            _ if form == 0 => "Error",
            _ => "OtherError",
        };
        let before = (0..form).filter(|other| of(*other) == of(form)).count();
        if before == 0 { of(form).to_owned() } else { format!("{}{}", of(form), before + 1) }
    }

    /// Some errors of a status. `named`: their schemas become components.
    pub(super) fn response(&mut self, status: u16, errors: &[usize], named: bool) -> Value {
        let phrase = phrase(status);
        let entries: Vec<&Entry> =
            errors.iter().filter_map(|place| self.contract.errors.get(*place)).collect();
        let list: Vec<String> = entries.iter().map(|entry| listed(entry)).collect();
        let list = list.join("\n");
        let mut response = Map::new();
        if self.version == Version::V3_2 {
            response.insert("summary".to_owned(), json!(phrase));
            response.insert("description".to_owned(), json!(list));
        } else {
            response.insert("description".to_owned(), json!(format!("{phrase}\n\n{list}")));
        }
        let headers = self.headers(&entries);
        if !headers.is_empty() {
            response.insert("headers".to_owned(), Value::Object(headers));
        }
        response.insert("content".to_owned(), Value::Object(self.content(status, errors, named)));
        Value::Object(response)
    }

    /// What stands behind each media type.
    fn content(&mut self, status: u16, errors: &[usize], named: bool) -> Map<String, Value> {
        let mut forms: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for place in errors {
            let Some(entry) = self.contract.errors.get(*place) else { continue };
            forms.entry(entry.body).or_default().push(*place);
        }
        let mut content: BTreeMap<String, (Vec<Value>, Map<String, Value>)> = BTreeMap::new();
        for (form, errors) in forms {
            let mut schema = self.told_apart(form, &errors).unwrap_or_else(|| {
                let is_open = self.is_open();
                self.body(&Bodies { form, status: Some(status), errors: &errors, is_open, codes: None })
            });
            if named {
                schema = self.component(&format!("{}{status}", self.form_name(form)), schema);
            }
            let Some(body) = self.contract.bodies.get(form) else { continue };
            let (schemas, examples) = content.entry(body.media_type.clone()).or_default();
            schemas.push(schema);
            for entry in errors.iter().filter_map(|place| self.contract.errors.get(*place)) {
                add_example(entry, examples);
            }
        }
        content
            .into_iter()
            .map(|(media_type, (schemas, examples))| {
                let mut content = json!({ "schema": super::json_schema::any_of(schemas) });
                if !examples.is_empty() {
                    content["examples"] = Value::Object(examples);
                }
                (media_type, content)
            })
            .collect()
    }

    /// A schema for each of the errors and, where there may be others, the one of any error: as OpenAPI 3.2 tells them
    /// apart by their code. `None`: they cannot be told apart by it.
    fn told_apart(&self, form: usize, errors: &[usize]) -> Option<Value> {
        if self.version != Version::V3_2 || self.is_inline() {
            return None;
        }
        let member = body::code_member(self, form)?;
        let mut mapping = Map::new();
        let mut schemas = Vec::new();
        for place in errors {
            let entry = self.contract.errors.get(*place).filter(|entry| !entry.code_is_omitted)?;
            let schema = self.of_one(*place);
            let wanted = self.name(&of_one_name(entry));
            // The component may have got a number behind its name.
            let name =
                names::free(&wanted, "", |name| self.schemas.get(name).is_none_or(|known| *known == schema));
            let reference = reference(&name);
            if mapping.insert(entry.code.clone(), reference["$ref"].clone()).is_some() {
                return None;
            }
            schemas.push(reference);
        }
        let mut discriminator = json!({ "propertyName": member, "mapping": mapping });
        if self.is_open() {
            let others = reference(&self.name(&self.form_name(form)));
            discriminator["defaultMapping"] = others["$ref"].clone();
            schemas.push(others);
        }
        Some(json!({ "anyOf": schemas, "discriminator": discriminator }))
    }

    /// The headers that one of these errors has.
    fn headers(&self, errors: &[&Entry]) -> Map<String, Value> {
        let mut headers: BTreeMap<String, (String, Value)> = BTreeMap::new();
        let waits: Vec<&&Entry> = errors.iter().filter(|entry| tells_wait(entry)).collect();
        if !waits.is_empty() {
            let is_always = errors.iter().all(|entry| entry.retry_after() == RetryAfter::Always);
            let mut header = json!({
                "description": "How many seconds to wait before the request is sent again (RFC 9110 section 10.2.3).",
                "schema": { "type": "integer", "minimum": 0 },
            });
            // An error that is not known yet may be without it.
            if is_always && !self.is_open() {
                header["required"] = json!(true);
            }
            for entry in waits {
                if let Some(seconds) =
                    example_header(entry, "retry-after").and_then(|value| value.parse::<u64>().ok())
                {
                    let name = free_name(&example_name(entry), header.get("examples"));
                    header["examples"][name] = json!({ "summary": entry.title, "value": seconds });
                }
            }
            headers.insert("retry-after".to_owned(), ("Retry-After".to_owned(), header));
        }
        for entry in errors {
            for header in &entry.headers {
                let key = header.name.to_ascii_lowercase();
                if matches!(&*key, "content-type" | "retry-after") {
                    continue;
                }
                let is_always = errors.iter().all(|entry| {
                    let mut own = entry.headers.iter();
                    own.any(|own| own.name.eq_ignore_ascii_case(&header.name) && !own.is_optional)
                });
                let object = || {
                    let mut object = json!({ "schema": { "type": "string" } });
                    if is_always && !self.is_open() {
                        object["required"] = json!(true);
                    }
                    object
                };
                let (_, object) =
                    headers.entry(key.clone()).or_insert_with(|| (header.name.clone(), object()));
                if let Some(value) = example_header(entry, &key) {
                    let name = free_name(&example_name(entry), object.get("examples"));
                    object["examples"][name] = json!({ "summary": entry.title, "value": value });
                }
            }
        }
        if let Some(name) = &self.contract.request_id_header {
            let header = json!({
                "description": "The id of the request, by which its operators find it.",
                "schema": { "type": "string" },
            });
            headers.entry(name.to_ascii_lowercase()).or_insert_with(|| (name.clone(), header));
        }
        headers.into_values().collect()
    }
}

/// Whether bodies of this media type are problem details (RFC 9457 section 3), whatever its parameters.
fn is_problem(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/problem+json")
}

fn of_one_name(entry: &Entry) -> String {
    format!("{}Error", names::of_error(entry))
}

/// The phrase of a status, as HTTP has it.
fn phrase(status: u16) -> String {
    let known = http::StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    known.map_or_else(|| format!("Status {status}"), str::to_owned)
}

/// An error on a line of the description.
fn listed(entry: &Entry) -> String {
    let mut line = "- ".to_owned();
    if !entry.code_is_omitted {
        let _ = write!(line, "`{}`: ", entry.code);
    }
    line.push_str(&entry.title);
    if !entry.title.ends_with(['.', '!', '?']) {
        line.push('.');
    }
    line.push(' ');
    line.push_str(&entry.retry.sentence);
    if let Some(deprecation) = &entry.deprecated {
        let note = deprecation.note.trim();
        line.push_str(if note.is_empty() { " Deprecated." } else { " Deprecated: " });
        line.push_str(note);
    }
    line
}

/// What the example is called: the code, unless that is told nowhere.
fn example_name(entry: &Entry) -> String {
    if !entry.code_is_omitted {
        return entry.code.clone();
    }
    let words = entry.title.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}

fn free_name(name: &str, taken: Option<&Value>) -> String {
    names::free(name, "_", |name| taken.is_none_or(|taken| taken.get(name).is_none()))
}

fn add_example(entry: &Entry, examples: &mut Map<String, Value>) {
    let body = entry.example.as_ref().and_then(|example| serde_json::from_str::<Value>(&example.body).ok());
    let Some(body) = body else { return };
    let mut example = json!({ "summary": entry.title, "value": body });
    let texts: Vec<&str> =
        [&entry.description, &entry.remedy].into_iter().flatten().map(String::as_str).collect();
    if !texts.is_empty() {
        example["description"] = json!(texts.join("\n\n"));
    }
    let name = names::free(&example_name(entry), "_", |name| !examples.contains_key(name));
    examples.insert(name, example);
}

fn example_header<'e>(entry: &'e Entry, name: &str) -> Option<&'e str> {
    let headers = &entry.example.as_ref()?.headers;
    headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// Whether responses of this error tell a wait of its own.
fn tells_wait(entry: &Entry) -> bool {
    matches!(entry.retry_after(), RetryAfter::Always | RetryAfter::Sometimes)
}
