//! `#[api(codes = …)]`: an enum of a type's codes, for those who call the service.

use std::collections::HashSet;

use errorbook::{ApiError, Coded};

/// The errors of the story API.
#[derive(Debug, ApiError)]
#[api(codes = StoryCode, rename_all = "any", shared_codes("internal_error"))]
pub enum StoryError<'a, T> {
    /// No story has this id.
    #[api(status = 404, message = "No such story.")]
    NotFound,
    #[api(status = 403, code = "plan.no_api", message = "Your plan has no API.")]
    Plan(T),
    #[api(status = 500, code = "internal_error")]
    Storage,
    #[api(status = 500, code = "internal_error")]
    Render,
    #[api(status = 400, code = "HE_02", message = "Odd.")]
    Odd,
    #[api(status = 400, code = "404", message = "A number.")]
    Number,
    #[api(status = 400, code = "self", message = "A word of Rust's.")]
    Word,
    #[api(status = 400, code = "a_b", message = "Two words.")]
    Two,
    #[api(status = 400, code = "a.b", message = "Two others.")]
    Others,
    #[api(status = 500, code = "unknown", message = "Nobody knows.")]
    Unknown,
    #[api(transparent)]
    Billing(Box<BillingError<'a>>),
    #[api(transparent)]
    Again(Box<Self>),
}

#[derive(Debug, ApiError)]
#[api(codes = BillingCode)]
pub enum BillingError<'a> {
    #[api(status = 402, message = "The card was declined.")]
    CardDeclined(#[api(detail = "card")] &'a str),
}

mod inner {
    #[derive(Debug, errorbook::ApiError)]
    #[api(codes = GoneCode, status = 410, code = "gone", message = "Gone.")]
    pub(super) struct Gone;
}

const KNOWN: [(&str, StoryCode); 9] = [
    ("not_found", StoryCode::NotFound),
    ("plan.no_api", StoryCode::PlanNoApi),
    ("internal_error", StoryCode::InternalError),
    ("HE_02", StoryCode::He02),
    ("404", StoryCode::Number),
    ("self", StoryCode::Word),
    ("a_b", StoryCode::AB),
    ("a.b", StoryCode::Others),
    ("unknown", StoryCode::Unknown),
];

#[test]
fn each_code_has_a_variant_named_after_it() {
    for (text, code) in KNOWN {
        assert_eq!(StoryCode::from(text), code);
        assert_eq!(code.as_str(), text);
        assert_eq!(code.to_string(), text);
    }
    let declined = StoryCode::from("card_declined");
    assert_eq!(declined, StoryCode::Billing(BillingCode::CardDeclined));
    assert_eq!(declined.as_str(), "card_declined");
}

#[test]
fn no_other_name_takes_the_place_of_one_that_a_code_gives() {
    #[derive(Debug, ApiError)]
    #[api(codes = PlacedCode, rename_all = "any")]
    #[allow(non_camel_case_types, reason = "a keyword is none")]
    enum Placed {
        #[api(status = 410, code = "410", message = "Gone.")]
        Gone,
        #[api(status = 410, code = "gone", message = "Gone too.")]
        r#type,
        #[api(status = 400, code = "400", message = "Odd.")]
        r#match,
    }
    assert_eq!(PlacedCode::from(Placed::r#type.code()), PlacedCode::Gone);
    assert_eq!(PlacedCode::from(Placed::Gone.code()), PlacedCode::Gone2);
    assert_eq!(PlacedCode::from(Placed::r#match.code()), PlacedCode::r#match);
}

#[test]
fn every_code_of_the_catalogue_is_known_to_the_enum_with_its_spec() {
    let catalog = StoryError::<u8>::catalog();
    for spec in catalog.entries() {
        let code: StoryCode = spec.code().parse().unwrap();
        assert!(!matches!(code, StoryCode::UnknownCode(_)), "{code}");
        assert!(catalog.get(code.as_str()).any(|entry| std::ptr::eq(entry, code.spec().unwrap())), "{code}");
    }
}

#[test]
fn an_unknown_code_keeps_its_text() {
    for text in ["gone", "", "not_found ", "Not_Found", "\u{1f9a6}"] {
        let code = StoryCode::from(text);
        assert!(matches!(&code, StoryCode::UnknownCode(unknown) if unknown.as_str() == text));
        assert_eq!((code.as_str(), code.to_string().as_str()), (text, text));
        assert!(code.spec().is_none());
    }
}

/// What codes are looked up by is FNV-1a, of which texts that collide are known; whoever answers may send one.
#[test]
fn a_code_is_known_by_its_text_and_not_by_its_hash_alone() {
    #[derive(Debug, ApiError)]
    #[api(codes = CollidingCode, rename_all = "any")]
    #[api(status = 400, code = "8yn0iYCKYHlIj4-BwPqk", message = "It collides.")]
    struct Colliding;

    assert!(CollidingCode::from(Colliding.code()).spec().is_some());
    assert!(CollidingCode::from("GReLUrM4wMqfg9yzV3KQ").spec().is_none());
}

#[test]
fn serde_reads_and_writes_the_text() {
    for text in ["not_found", "card_declined", "gone"] {
        let json = serde_json::to_string(&StoryCode::from(text)).unwrap();
        assert_eq!(json, format!("\"{text}\""));
        assert_eq!(serde_json::from_str::<StoryCode>(&json).unwrap(), StoryCode::from(text));
        let value = serde_json::Value::from(text);
        assert_eq!(serde_json::from_value::<StoryCode>(value).unwrap(), StoryCode::from(text));
    }
    assert!(serde_json::from_str::<StoryCode>("404").is_err());
}

#[test]
fn codes_can_be_kept_in_a_set_and_compared_with_text() {
    let codes: HashSet<StoryCode> = ["gone", "not_found", "gone"].map(StoryCode::from).into();
    assert_eq!(codes.len(), 2);
    assert_eq!(StoryCode::NotFound, "not_found");
    let gone = StoryCode::from("gone");
    assert!(gone == *"gone" && gone != "not_found");
}

#[test]
fn generic_code_knows_the_enum_of_a_type() {
    fn code_of<E: ApiError + Coded>(error: &E) -> E::Code {
        E::Code::from(error.code())
    }
    assert_eq!(code_of(&StoryError::<u8>::Storage), StoryCode::InternalError);
    assert_eq!(code_of(&StoryError::Plan(7)), StoryCode::PlanNoApi);
    let held: StoryError<'_, u8> = StoryError::Billing(Box::new(BillingError::CardDeclined("4242")));
    assert_eq!(code_of(&held), StoryCode::Billing(BillingCode::CardDeclined));
    assert_eq!(code_of(&StoryError::<u8>::Again(Box::new(StoryError::NotFound))), StoryCode::NotFound);
    assert_eq!(code_of(&inner::Gone), inner::GoneCode::Gone);
}
