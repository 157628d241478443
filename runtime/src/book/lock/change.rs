//! A difference between a lock and the contract: its class, which tells whom it hits, and what to do about it.

use std::fmt;

use crate::book::source::Source;

/// Whom a change hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Severity {
    /// Nobody who treats unknown codes and members as the contract asks: to be recorded.
    Additive,
    /// Clients of today, which then do something wrong or nothing: to be accepted with a reason, or taken back.
    Breaking,
}

macro_rules! classes {
    ($($(#[$doc:meta])* $variant:ident = $id:literal $severity:ident $who:literal;)*) => {
        /// The kind of a change. The table of all of them is in [the manual](crate::book::lock).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Class {
            $($(#[$doc])* $variant,)*
        }

        impl Class {
            /// Every class.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name by which messages and lock files call it.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),* }
            }

            /// Whom it hits.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),* }
            }

            /// Who is hit, and how.
            #[must_use]
            pub const fn who(self) -> &'static str {
                match self { $(Self::$variant => $who),* }
            }
        }
    };
}

classes! {
    /// A new code, where codes may be added.
    CodeAdded = "code-added" Additive "nobody: clients get along with codes that they do not know";
    /// A new code, where the contract says that none will come.
    CodeAddedToClosed = "code-added-to-closed" Breaking "clients that know all codes: they fail on a new one";
    /// A code that is gone.
    CodeRemoved = "code-removed" Breaking "clients that branch on it: their branch is never taken again";
    /// A code that is gone, with another in its place that is like it in all else.
    CodeRenamed = "code-renamed" Breaking "clients that branch on the old name: they no longer know the error";
    /// A code that went, and stands for something again.
    CodeReused = "code-reused" Breaking "clients from before it went: they take it for what it was";
    /// The code is no longer on the wire.
    CodeOmitted = "code-omitted" Breaking "clients that branch on the code: they no longer see it";
    /// The code is on the wire now.
    CodeShown = "code-shown" Additive "nobody";
    /// Further codes may come now.
    CodesOpened = "codes-opened" Breaking "clients that know all codes: they have to expect others now";
    /// No further codes will come.
    CodesClosed = "codes-closed" Additive "nobody: it promises more";
    /// Another status for the same code.
    StatusChanged = "status-changed" Breaking "clients and proxies that go by the status";
    /// A status that no error had before.
    StatusAdded = "status-added" Additive "nobody: clients go by the class of a status that they do not know";
    /// The bodies have another media type.
    MediaTypeChanged = "media-type-changed" Breaking "clients that read the body by its media type";
    /// The error is written in another of the contract's envelopes.
    BodyChanged = "body-changed" Breaking "clients that read the body: members stand elsewhere";
    /// A member of the envelope is gone.
    MemberRemoved = "member-removed" Breaking "clients that read it";
    /// A member has another type, or something else stands there.
    MemberRetyped = "member-retyped" Breaking "clients that read it as what it was";
    /// A member may be left out now.
    MemberOptional = "member-optional" Breaking "clients that rely on it being there";
    /// A member may be `null` now.
    MemberNullable = "member-nullable" Breaking "clients that rely on it having a value";
    /// A new member, or one that promises more.
    MemberAdded = "member-added" Additive "nobody: clients pass over members that they do not know";
    /// A detail is gone.
    DetailRemoved = "detail-removed" Breaking "clients that read it";
    /// A detail has another type.
    DetailRetyped = "detail-retyped" Breaking "clients that read it as what it was";
    /// A detail may be left out now.
    DetailOptional = "detail-optional" Breaking "clients that rely on it being there";
    /// A detail may be `null` now.
    DetailNullable = "detail-nullable" Breaking "clients that rely on it having a value";
    /// A new detail, or one that promises more.
    DetailAdded = "detail-added" Additive "nobody: clients pass over members that they do not know";
    /// A header is no longer sent.
    HeaderRemoved = "header-removed" Breaking "clients that read it";
    /// A header may be left out now.
    HeaderOptional = "header-optional" Breaking "clients that rely on it being there";
    /// A new header, or one that is always there now.
    HeaderAdded = "header-added" Additive "nobody";
    /// The request id is told in another header, or in none.
    RequestIdMoved = "request-id-moved" Breaking "whoever reads the request id to report a problem";
    /// The rule says to repeat more often, or at all.
    RetryMore = "retry-more" Breaking "the service, by clients that go by the rule: more load, and what was once done may be done twice";
    /// The rule says to wait less.
    RetrySooner = "retry-sooner" Breaking "the service, by clients that go by the rule: they come back before it is ready";
    /// The rule drops a condition.
    RetryConditionDropped = "retry-condition-dropped" Breaking "callers: requests are repeated that were not safe to repeat";
    /// The rule says to repeat less often, later, or under more conditions.
    RetryLess = "retry-less" Additive "nobody's code, but their behaviour: requests fail that were repeated before";
}

impl fmt::Display for Class {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.id())
    }
}

/// One difference between a lock and the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// Its kind.
    pub class: Class,
    /// The code that it is about; none where it is about an envelope or the whole.
    pub code: Option<String>,
    /// The member of an envelope that it is about: a JSON pointer.
    pub place: Option<String>,
    /// What was and what is, in a sentence.
    pub what: String,
    /// What the code is called now, where it has another name.
    pub successor: Option<String>,
    /// Where the error is declared, if that is known.
    pub source: Option<Source>,
}

impl Change {
    pub(super) const fn new(class: Class, what: String) -> Self {
        Self { class, code: None, place: None, what, successor: None, source: None }
    }

    /// What [`accept`](super::accept) is told: the code, the member's place, or `*` for what is about the whole.
    #[must_use]
    pub fn subject(&self) -> &str {
        let place = self.place.as_deref().filter(|place| !place.is_empty());
        self.code.as_deref().or(place).unwrap_or("*")
    }

    pub(super) fn breaks(&self) -> bool {
        self.class.severity() == Severity::Breaking
    }
}

impl fmt::Display for Change {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { class, what, source, .. } = self;
        write!(out, "{class}: {what}")?;
        if let Some(source) = source {
            write!(out, "\n   at: {source}")?;
        }
        write!(out, "\n  hits: {}", class.who())
    }
}
