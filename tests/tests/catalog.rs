//! The catalogue of a type: its errors and those that it holds, in their order.

use std::sync::Arc;

use errorbook::{ApiError, Catalog, ErrorSpec};

fn codes(catalog: &Catalog) -> Vec<&'static str> {
    catalog.entries().map(ErrorSpec::code).collect()
}

/// Who calls is not known.
#[derive(ApiError)]
#[api(catalog_title = "Keys")]
enum AuthError {
    #[api(status = 401, message = "…")]
    NoKey,
    #[api(status = 401, message = "…")]
    BadKey,
}

/// Every way in which a story
/// can fail.
#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "…")]
    NotFound,
    #[api(transparent)]
    Auth(AuthError),
    #[api(status = 410, message = "…")]
    Gone,
    #[api(status = none, message = "…")]
    Failed,
}

#[test]
fn entries_stand_in_the_order_of_declaration_with_held_types_in_their_place() {
    assert_eq!(codes(StoryError::catalog()), ["not_found", "no_key", "bad_key", "gone", "failed"]);
}

#[test]
fn every_value_finds_its_spec_in_the_catalogue() {
    let errors = [
        StoryError::NotFound,
        StoryError::Auth(AuthError::NoKey),
        StoryError::Auth(AuthError::BadKey),
        StoryError::Gone,
        StoryError::Failed,
    ];
    for (error, spec) in errors.iter().zip(StoryError::catalog().entries()) {
        assert!(std::ptr::eq(error.spec(), spec), "{}", spec.code());
    }
}

#[test]
fn the_title_is_written_or_the_types_name_in_words() {
    assert_eq!(AuthError::catalog().title(), "Keys");
    assert_eq!(StoryError::catalog().title(), "Story error");
}

#[test]
fn the_types_doc_comment_is_the_introduction() {
    assert_eq!(StoryError::catalog().description(), Some("Every way in which a story\ncan fail."));
}

#[test]
fn a_struct_is_a_catalogue_of_one() {
    #[derive(ApiError)]
    #[api(status = 404, message = "…")]
    struct NotFound;
    assert_eq!(codes(NotFound::catalog()), ["not_found"]);
}

#[test]
fn an_enum_without_variants_is_an_empty_catalogue() {
    #[derive(ApiError)]
    enum Never {}
    assert_eq!(codes(Never::catalog()).len(), 0);
}

#[test]
fn a_type_that_is_held_twice_stands_where_it_comes_first() {
    #[derive(ApiError)]
    #[expect(dead_code, reason = "the catalogue needs no value")]
    enum Pull {
        #[api(transparent)]
        Auth(AuthError),
        #[api(status = 409, message = "…")]
        Conflict,
    }

    #[derive(ApiError)]
    #[expect(dead_code, reason = "the catalogue needs no value")]
    enum Service {
        #[api(transparent)]
        Pull(Pull),
        #[api(transparent)]
        Auth(AuthError),
        #[api(transparent)]
        Again(Box<AuthError>),
    }
    assert_eq!(codes(Service::catalog()), ["no_key", "bad_key", "conflict"]);
}

#[test]
fn a_type_may_hold_itself() {
    #[derive(ApiError)]
    enum Tree {
        #[api(status = 404, message = "…")]
        Leaf,
        #[api(transparent)]
        Branch(Box<Self>),
        #[api(transparent)]
        NamedBranch(Box<Tree>),
    }
    assert_eq!(codes(Tree::catalog()), ["leaf"]);
    let error = Tree::Branch(Box::new(Tree::NamedBranch(Box::new(Tree::Leaf))));
    assert_eq!(error.code(), "leaf");
}

#[test]
fn types_may_be_held_at_any_depth() {
    #[derive(ApiError)]
    #[expect(dead_code, reason = "the catalogue needs no value")]
    enum One {
        #[api(transparent)]
        Story(StoryError),
    }

    #[derive(ApiError)]
    #[api(transparent)]
    struct Two(One);

    assert_eq!(codes(Two::catalog()), codes(StoryError::catalog()));
}

#[test]
fn a_box_an_arc_and_a_reference_have_the_catalogue_of_what_they_hold() {
    let expected = codes(StoryError::catalog());
    assert_eq!(codes(Box::<StoryError>::catalog()), expected);
    assert_eq!(codes(Arc::<StoryError>::catalog()), expected);
    assert_eq!(codes(<&StoryError>::catalog()), expected);
}

#[test]
fn a_generic_types_catalogue_has_what_its_argument_has() {
    #[derive(ApiError)]
    enum Outer<E> {
        #[api(status = 409, message = "…")]
        Conflict,
        #[api(transparent)]
        Inner(E),
    }
    assert_eq!(codes(Outer::<AuthError>::catalog()), ["conflict", "no_key", "bad_key"]);
    assert_eq!(Outer::Inner(AuthError::BadKey).code(), "bad_key");
    assert_eq!(Outer::<AuthError>::Conflict.code(), "conflict");
}

#[test]
fn a_held_type_of_the_same_name_is_another_type() {
    mod auth {
        #[derive(errorbook::ApiError)]
        pub(super) enum Error {
            #[api(status = 401, message = "No key.")]
            InvalidKey,
        }
    }

    #[derive(ApiError)]
    enum Error {
        #[api(status = 410, message = "Gone.")]
        Gone,
        #[api(transparent)]
        Auth(auth::Error),
    }
    let codes: Vec<_> = Error::catalog().entries().map(errorbook::ErrorSpec::code).collect();
    assert_eq!(codes, ["gone", "invalid_key"]);
    assert_eq!(Error::Auth(auth::Error::InvalidKey).code(), "invalid_key");
    assert_eq!(Error::Gone.code(), "gone");
}

#[test]
fn types_held_in_layers_stand_there_once_however_many_ways_lead_to_them() {
    macro_rules! layers {
        ($name:ident $other:ident) => {
            #[derive(ApiError)]
            #[api(status = 404, message = "…")]
            struct $name;

            use $name as $other;
        };
        ($name:ident $other:ident $next:ident $next_other:ident $($rest:ident)*) => {
            layers!($next $next_other $($rest)*);

            #[derive(ApiError)]
            #[expect(dead_code, reason = "the catalogue is the point")]
            enum $name {
                #[api(transparent)]
                One($next),
                #[api(transparent)]
                Two($next_other),
            }

            #[derive(ApiError)]
            #[expect(dead_code, reason = "the catalogue is the point")]
            enum $other {
                #[api(transparent)]
                One($next),
                #[api(transparent)]
                Two($next_other),
            }
        };
    }
    // 2^40 ways, and no errors of their own on them by which a type could be told.
    layers! {
        A0 B0 A1 B1 A2 B2 A3 B3 A4 B4 A5 B5 A6 B6 A7 B7 A8 B8 A9 B9 A10 B10 A11 B11 A12 B12 A13 B13 A14 B14
        A15 B15 A16 B16 A17 B17 A18 B18 A19 B19 A20 B20 A21 B21 A22 B22 A23 B23 A24 B24 A25 B25 A26 B26 A27 B27
        A28 B28 A29 B29 A30 B30 A31 B31 A32 B32 A33 B33 A34 B34 A35 B35 A36 B36 A37 B37 A38 B38 A39 B39 A40 B40
    }
    assert_eq!(codes(A0::catalog()).len(), 1);
}

#[test]
fn a_type_with_arguments_stands_there_once_and_what_each_argument_adds() {
    #[derive(ApiError)]
    #[expect(dead_code, reason = "the catalogue is the point")]
    enum Guarded<E> {
        #[api(status = 403, message = "…")]
        Forbidden,
        #[api(transparent)]
        Inner(E),
    }

    #[derive(ApiError)]
    #[expect(dead_code, reason = "the catalogue is the point")]
    enum Service {
        #[api(transparent)]
        Story(Guarded<StoryError>),
        #[api(transparent)]
        Other(Guarded<Gone>),
    }

    #[derive(ApiError)]
    #[api(status = 410, code = "other_gone", message = "…")]
    struct Gone;

    let found = codes(Service::catalog());
    assert_eq!(found, ["forbidden", "not_found", "no_key", "bad_key", "gone", "failed", "other_gone"]);
}

#[test]
fn a_selection_of_one_error_hides_none_of_the_others() {
    const PARTS: &Catalog = errorbook::catalog!(StoryError: NotFound, AuthError::BadKey, AuthError::*);
    // The first row of a table has the table's own address.
    const FIRST: &Catalog = errorbook::catalog!(AuthError: NoKey, StoryError::*);
    assert_eq!(codes(PARTS), ["not_found", "bad_key", "no_key"]);
    assert_eq!(codes(FIRST), ["no_key", "not_found", "bad_key", "gone", "failed"]);
}
