//! `code`, `rename_all` and `shared_codes`.

use errorbook::ApiError;

/// The codes of an enum whose variants have none written, in a case.
macro_rules! codes_in {
    ($($case:literal => [$first:literal, $second:literal];)*) => {$({
        #[derive(ApiError)]
        #[api(rename_all = $case)]
        enum Error {
            #[api(status = 404, message = "…")]
            NotFound,
            #[api(status = 410, message = "…")]
            Gone,
        }
        assert_eq!([Error::NotFound.code(), Error::Gone.code()], [$first, $second], $case);
    })*};
}

#[test]
fn a_code_is_the_variants_name_in_the_case_of_the_enum() {
    codes_in! {
        "lowercase" => ["notfound", "gone"];
        "UPPERCASE" => ["NOTFOUND", "GONE"];
        "PascalCase" => ["NotFound", "Gone"];
        "camelCase" => ["notFound", "gone"];
        "snake_case" => ["not_found", "gone"];
        "SCREAMING_SNAKE_CASE" => ["NOT_FOUND", "GONE"];
        "kebab-case" => ["not-found", "gone"];
        "SCREAMING-KEBAB-CASE" => ["NOT-FOUND", "GONE"];
        "any" => ["not_found", "gone"];
    }
}

#[test]
fn a_code_is_in_snake_case_where_nothing_is_written() {
    #[derive(ApiError)]
    enum Error {
        #[api(status = 402, message = "…")]
        InsufficientCredits,
        #[api(status = 400, message = "…")]
        r#Type,
        #[api(status = 409, message = "…")]
        Conflict2,
    }
    let codes = [Error::InsufficientCredits, Error::r#Type, Error::Conflict2].map(|error| error.code());
    assert_eq!(codes, ["insufficient_credits", "type", "conflict2"]);
}

#[test]
fn a_written_code_is_taken_as_it_is() {
    #[derive(ApiError)]
    enum Error {
        #[api(status = 404, code = "no_such_story", message = "…")]
        NotFound,
    }
    assert_eq!(Error::NotFound.code(), "no_such_story");
}

#[test]
fn a_code_may_have_parts() {
    #[derive(ApiError)]
    enum Error {
        #[api(status = 401, code = "auth.invalid_key", message = "…")]
        Dot,
        #[api(status = 403, code = "auth:no_access/2", message = "…")]
        ColonAndSlash,
    }
    assert_eq!(Error::Dot.code(), "auth.invalid_key");
    assert_eq!(Error::ColonAndSlash.code(), "auth:no_access/2");
}

#[test]
fn any_lifts_the_case_from_written_codes() {
    #[derive(ApiError)]
    #[api(rename_all = "any")]
    enum Error {
        #[api(status = 404, code = "E-404", message = "…")]
        Shouted,
        #[api(status = 409, code = "Conflict_v2", message = "…")]
        Mixed,
    }
    assert_eq!(Error::Shouted.code(), "E-404");
    assert_eq!(Error::Mixed.code(), "Conflict_v2");
}

#[test]
fn a_structs_code_is_its_name() {
    #[derive(ApiError)]
    #[api(status = 429, message = "…")]
    struct RateLimited;

    #[derive(ApiError)]
    #[api(status = 429, message = "…", rename_all = "kebab-case")]
    struct SlowDown;

    assert_eq!(RateLimited.code(), "rate_limited");
    assert_eq!(SlowDown.code(), "slow-down");
}

#[test]
fn a_shared_code_may_stand_for_several_errors_that_a_client_treats_alike() {
    #[derive(ApiError)]
    #[api(shared_codes("internal_error"))]
    enum Error {
        #[api(status = 500, code = "internal_error", title = "The database failed")]
        Database,
        // The same rule, written out.
        #[api(
            status = 500,
            code = "internal_error",
            message = "Try again later.",
            retry = "backoff 1s 2s 4s 8s, if idempotent"
        )]
        Queue,
    }
    assert_eq!(Error::Database.code(), Error::Queue.code());
    assert_eq!(Error::Database.status(), Error::Queue.status());
    assert_eq!(Error::catalog().entries().count(), 2);
}

#[test]
fn a_code_that_recurs_in_held_types_may_show_other_values_and_other_words() {
    #[derive(ApiError)]
    enum Inner {
        #[api(status = 409, code = "taken", message = "{name} is taken.", header("X-Kind", "name"))]
        Name {
            #[api(detail)]
            name: String,
            #[api(detail)]
            since: u32,
        },
    }

    #[derive(ApiError)]
    enum Outer {
        #[api(status = 409, code = "taken", message = "Taken.", remedy = "Wait.", header("x-kind", "name"))]
        Slot {
            // Another order, and another type that is a number in JSON too.
            #[api(detail)]
            since: Option<u64>,
            #[api(detail)]
            name: &'static str,
        },
        #[api(transparent)]
        Inner(Inner),
    }
    let inner = Outer::Inner(Inner::Name { name: "a".to_owned(), since: 1 });
    assert_eq!(Outer::Slot { since: None, name: "b" }.code(), inner.code());
    assert_eq!(Outer::catalog().get("taken").count(), 2);
}

#[test]
fn a_code_may_recur_with_the_same_status_in_a_type_held_transparently() {
    #[derive(ApiError)]
    enum Inner {
        #[api(status = 404, code = "not_found", message = "No such key.")]
        NoKey,
    }

    #[derive(ApiError)]
    enum Outer {
        #[api(status = 404, code = "not_found", message = "No such story.")]
        NoStory,
        #[api(transparent)]
        Inner(Inner),
    }
    assert_eq!(Outer::NoStory.code(), Outer::Inner(Inner::NoKey).code());
}
