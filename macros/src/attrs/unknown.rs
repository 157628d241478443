//! Takes a word that is no key of ours; gives what to write instead, and which key it was meant as. Most newcomers bring
//! words from elsewhere: what others call our keys stands here.

use super::keys::{KEYS, Key, PlaceKey, misplaced};
use crate::lang::Reason;
use crate::lang::words::{did_you_mean, list, nearest};

/// As what a word was meant. A key that is meant is not also missing.
#[derive(Clone, Copy)]
pub(crate) enum Meant {
    Key(&'static Key),
    /// No key of ours.
    Another,
    /// Nobody knows.
    Anything,
}

/// What is wrong with a key that there is not. `is_given` says whether a key stands in the same place already.
pub(super) fn look_up<K: PlaceKey>(name: &str, is_given: impl Fn(&str) -> bool) -> (Reason, Meant) {
    let wrong = format!("unknown key `{name}`");
    if let Some((reason, meant)) = of_others::<K>(name) {
        return (Reason { wrong, ..reason }, meant);
    }
    let here = || KEYS.iter().filter(|row| K::of(row).is_some());
    let synonyms = SYNONYMS.iter().filter(|(synonym, _)| *synonym == name).map(|(_, key)| *key);
    let mut synonyms = synonyms.filter_map(|key| here().find(|row| row.name == key));
    let meant = synonyms.next().or_else(|| near(name, here()));
    if let Some(row) = meant {
        // A key that is given cannot be given again.
        let help = if is_given(row.name) && !row.is_repeatable() {
            format!("take it away: `{}` is given beside it", row.name)
        } else {
            did_you_mean(Some(row.name), String::new)
        };
        return (Reason::new(wrong, help), Meant::Key(row));
    }
    // Where it may not stand, the right word alone would be refused.
    if let Some(row) = near(name, KEYS) {
        let there = misplaced(row, K::PLACE);
        let help = format!("it may be meant as another key: {}; {}", there.wrong, there.help);
        return (Reason::new(wrong, help), Meant::Key(row));
    }
    let keys = format!("the keys of {} are {}", K::PLACE.name(), list(here().map(|row| row.name)));
    let reason = Reason::new(wrong, keys);
    let takes_meta = here().any(|row| row.name == "meta");
    let reason = if takes_meta {
        reason.with_note("what is your own stands in `meta(…)`, and in the body where the envelope shows it")
    } else {
        reason
    };
    (reason, Meant::Anything)
}

fn near(name: &str, rows: impl IntoIterator<Item = &'static Key>) -> Option<&'static Key> {
    let near = nearest(name, rows.into_iter().map(|row| row.name))?;
    KEYS.iter().find(|row| row.name == near)
}

/// What others call our keys, in `thiserror`, `serde`, RFC 9457 and frameworks, where no letter tells.
const SYNONYMS: &[(&str, &str)] = &[
    ("http_status", "status"),
    ("http_code", "status"),
    ("err_code", "code"),
    ("error_code", "code"),
    ("rename_all_fields", "rename_all_details"),
    ("rename", "code"),
    ("rename", "detail"),
    ("name", "detail"),
    ("extension", "detail"),
    ("extra", "detail"),
    ("flatten", "details"),
    ("msg", "message"),
    ("text", "message"),
    ("user_message", "message"),
    ("hint", "remedy"),
    ("help", "remedy"),
    ("url", "docs"),
    ("help_url", "docs"),
    ("link", "docs"),
    ("type", "docs"),
    ("type_uri", "docs"),
    ("level", "log"),
    ("severity", "log"),
    ("group", "section"),
    ("category", "section"),
];

/// What to say where a rule for repeats is something else.
pub(super) const SAY_WHEN: &str =
    "say when, as in `retry = \"backoff\"`, `retry = \"after 30s\"` or `retry = \"none\"`";

/// Words of which there is more to say than which key they are.
fn of_others<K: PlaceKey>(name: &str) -> Option<(Reason, Meant)> {
    let (help, key) = match name {
        "from" | "source" | "backtrace" => {
            let reason = Reason::new("", format!("write `#[{name}]`, beside `#[api(…)]` and not in it"));
            return Some((reason.with_note("it is an attribute of the crate `thiserror`"), Meant::Another));
        }
        "instance" => {
            ("leave it out: what belongs to a request, an envelope shows as `request_id` or `context`", None)
        }
        "retryable" => (SAY_WHEN, Some("retry")),
        "display" => ("write `message = display`", Some("message")),
        _ => return None,
    };
    let meant = match KEYS.iter().find(|row| key == Some(row.name)) {
        Some(row) if K::of(row).is_none() => return None,
        Some(row) => Meant::Key(row),
        None => Meant::Another,
    };
    Some((Reason::new("", help), meant))
}
