//! What is wrong with single fields: the list that an error has for its details, and the reports that become one.

use errorbook::{ApiError, FieldError, FieldErrors};

use crate::support::{body, details, json};

#[derive(ApiError)]
#[api(status = 422, message = "Some fields are not right.")]
struct InvalidRequest {
    #[api(details)]
    fields: FieldErrors,
}

/// Pointer, code and message of each.
fn rows(fields: &FieldErrors) -> Vec<[&str; 3]> {
    fields.iter().map(|field| [&*field.pointer, &*field.code, &*field.message]).collect()
}

fn two() -> FieldErrors {
    FieldErrors::from(vec![
        FieldError::new("/title", "missing_field", "a title is needed"),
        FieldError::new("/items/0/price", "out_of_range", "must be \"1\" at least"),
    ])
}

#[test]
fn they_are_the_details() {
    assert_eq!(
        body(&InvalidRequest { fields: two() }),
        concat!(
            r#"{"error":{"code":"invalid_request","message":"Some fields are not right.","details":["#,
            r#"{"pointer":"/title","code":"missing_field","message":"a title is needed"},"#,
            r#"{"pointer":"/items/0/price","code":"out_of_range","message":"must be \"1\" at least"}]}}"#,
        ),
    );
}

#[test]
fn no_errors_are_no_details() {
    let error = InvalidRequest { fields: FieldErrors::new() };
    assert_eq!(
        body(&error),
        r#"{"error":{"code":"invalid_request","message":"Some fields are not right."}}"#
    );
}

#[test]
fn an_envelope_that_spreads_details_has_them_as_errors() {
    const SPREAD: errorbook::Envelope = errorbook::envelope!({ "code": code, ..details });
    let error = InvalidRequest { fields: two() };
    let body: serde_json::Value =
        serde_json::from_slice(&error.body().with_envelope(&SPREAD).to_bytes()).unwrap();
    assert_eq!(body["errors"][1]["pointer"], "/items/0/price");
}

#[test]
fn a_pointers_tokens_are_escaped() {
    for (token, escaped) in [
        ("a", "a"),
        ("", ""),
        ("~", "~0"),
        ("/", "~1"),
        ("~1", "~01"),
        ("a/b~c/", "a~1b~0c~1"),
        ("ä\"", "ä\""),
    ] {
        assert_eq!(FieldError::escape_token(token), escaped);
        // What the pointer finds is what was meant.
        let pointer = FieldError::at([token], "", "").pointer;
        assert_eq!(serde_json::json!({ token: 7 }).pointer(&pointer), Some(&7.into()), "{pointer}");
    }
    assert_eq!(FieldError::at([""; 0], "", "").pointer, "");
}

#[test]
fn a_list_is_built_like_others() {
    let mut pushed = FieldErrors::new();
    assert!(pushed.is_empty());
    for error in two() {
        pushed.push(error);
    }
    assert_eq!(pushed, two());
    assert_eq!(two().into_iter().collect::<FieldErrors>(), two());
    let mut extended = FieldErrors::default();
    extended.extend(two());
    assert_eq!(extended.len(), 2);
    assert_eq!(FieldErrors::from(Vec::from(two())), two());
    assert!(two().into_result().is_err());
    assert!(FieldErrors::new().into_result().is_ok());
    for field in &mut extended {
        field.code = "x".into();
    }
    assert!(rows(&extended).iter().all(|[_, code, _]| *code == "x"));
}

#[test]
fn a_part_is_put_under_its_own_place() {
    assert_eq!(
        rows(&two().under("/brief")).iter().map(|row| row[0]).collect::<Vec<_>>(),
        ["/brief/title", "/brief/items/0/price"]
    );
}

#[test]
fn operators_read_them_on_one_line() {
    assert_eq!(two().to_string(), r#"/title: a title is needed; /items/0/price: must be "1" at least"#);
    assert_eq!(FieldError::new("", "x", "it is not right").to_string(), "it is not right");
}

#[test]
fn they_may_be_a_member_of_the_details() {
    #[derive(ApiError)]
    #[api(status = 422, code = "invalid", message = "…")]
    struct Invalid {
        #[api(detail)]
        fields: FieldErrors,
    }
    assert_eq!(details(&Invalid { fields: two() })["fields"][0]["code"], "missing_field");
    assert_eq!(json(&Invalid { fields: two() })["error"]["details"]["fields"].as_array().unwrap().len(), 2);
}

#[test]
fn a_list_holds_the_first_hundred_and_says_how_many_more() {
    let row = |row: u32| FieldError::at([row.to_string()], "odd", "is odd");
    let full: FieldErrors = (0..100).map(row).collect();
    assert_eq!((full.len(), full.more()), (100, 0));
    assert_eq!(serde_json::to_value(&full).unwrap().as_array().unwrap().len(), 100);

    let mut over = full.clone();
    over.push(row(100));
    over.extend((101..1334).map(row));
    assert_eq!((over.len(), over.more()), (100, 1234));
    assert_eq!(over.clone().under("/rows").more(), 1234);
    assert_eq!(FieldErrors::from((0..1334).map(row).collect::<Vec<_>>()), over);
    assert!(over.to_string().ends_with("/99: is odd; and 1234 more"), "{over}");

    let shown = json(&InvalidRequest { fields: over });
    let details = shown["error"]["details"].as_array().unwrap();
    assert_eq!(details.len(), 101);
    assert_eq!(details[99]["pointer"], "/99");
    assert_eq!(
        details[100],
        serde_json::json!({ "pointer": "", "code": "more", "message": "and 1234 more" })
    );
}

#[cfg(feature = "validator")]
mod validator {
    use std::collections::HashMap;

    use errorbook::FieldErrors;
    use validator::{Validate, ValidationError};

    use super::rows;

    #[derive(Validate)]
    #[validate(schema(function = "together", skip_on_field_errors = false))]
    struct Order {
        #[validate(length(min = 1, max = 5))]
        title: String,
        #[validate(email, length(max = 4, code = "too_long", message = "write less"))]
        mail: String,
        #[validate(nested)]
        items: Vec<Item>,
        #[validate(nested)]
        address: Address,
        #[validate(custom(function = "odd"))]
        r#type: u8,
        #[validate(required)]
        note: Option<String>,
        #[validate(length(equal = 2))]
        country: String,
    }

    #[derive(Validate)]
    struct Item {
        #[validate(range(min = 1, max = 9))]
        price: u32,
        #[validate(range(exclusive_min = 0.5))]
        weight: f64,
    }

    #[derive(Validate)]
    struct Address {
        #[validate(nested)]
        street: Street,
    }

    #[derive(Validate)]
    struct Street {
        #[validate(url)]
        name: String,
        #[validate(contains(pattern = "hunter2"))]
        house: String,
    }

    fn odd(value: u8) -> Result<(), ValidationError> {
        if value % 2 == 1 { Ok(()) } else { Err(ValidationError::new("even")) }
    }

    fn together(order: &Order) -> Result<(), ValidationError> {
        let error = ValidationError::new("apart").with_message("title and mail do not fit".into());
        if order.title == order.mail { Ok(()) } else { Err(error) }
    }

    fn wrong() -> Order {
        let item = |price, weight| Item { price, weight };
        Order {
            title: String::new(),
            mail: "no mail".into(),
            items: (0..12)
                .map(|index| item(if index < 2 { 5 } else { 0 }, 1.0))
                .chain([item(1, 0.5)])
                .collect(),
            address: Address { street: Street { name: "x".into(), house: "7".into() } },
            r#type: 2,
            note: None,
            country: "nld".into(),
        }
    }

    #[test]
    fn nested_structs_and_lists_become_pointers_in_a_fixed_order() {
        let report = wrong().validate().unwrap_err();
        let fields = FieldErrors::from(&report);
        let price = "is out of range: must be at least 1 and at most 9";
        assert_eq!(
            rows(&fields),
            [
                ["", "apart", "title and mail do not fit"],
                ["/address/street/house", "contains", "is not valid"],
                ["/address/street/name", "url", "is not a URL"],
                ["/country", "length", "has the wrong length: must be exactly 2"],
                ["/items/2/price", "range", price],
                ["/items/3/price", "range", price],
                ["/items/4/price", "range", price],
                ["/items/5/price", "range", price],
                ["/items/6/price", "range", price],
                ["/items/7/price", "range", price],
                ["/items/8/price", "range", price],
                ["/items/9/price", "range", price],
                ["/items/10/price", "range", price],
                ["/items/11/price", "range", price],
                ["/items/12/weight", "range", "is out of range: must be more than 0.5"],
                ["/mail", "too_long", "write less"],
                ["/mail", "email", "is not an email address"],
                ["/note", "required", "is required"],
                ["/title", "length", "has the wrong length: must be at least 1 and at most 5"],
                ["/type", "even", "is not valid"],
            ],
        );
        // The map's order differs each time; ours does not.
        for _ in 0..20 {
            assert_eq!(FieldErrors::from(wrong().validate().unwrap_err()), fields);
        }
    }

    #[test]
    fn a_list_that_was_validated_by_itself_has_its_indices() {
        let items = vec![Item { price: 1, weight: 1.0 }, Item { price: 0, weight: 1.0 }];
        let fields = FieldErrors::from(items.validate().unwrap_err());
        assert_eq!(rows(&fields)[0][0], "/1/price");
    }

    #[test]
    fn a_report_of_many_errors_becomes_a_short_list() {
        let items: Vec<_> = (0..100_000).map(|_| Item { price: 0, weight: 0.0 }).collect();
        let fields = FieldErrors::from(items.validate().unwrap_err());
        assert_eq!((fields.len(), fields.more()), (100, 199_900));
        assert_eq!(rows(&fields)[99][0], "/49/weight");
    }

    #[test]
    fn a_long_message_is_cut() {
        let long = ValidationError::new("odd").with_message("é".repeat(1000).into());
        let mut errors = validator::ValidationErrors::new();
        errors.add("title", long);
        assert_eq!(rows(&FieldErrors::from(&errors))[0][2], format!("{}…", "é".repeat(300)));
    }

    #[test]
    fn a_name_in_a_map_is_escaped() {
        let mut errors = validator::ValidationErrors::new();
        errors.add("a/b~c", ValidationError::new("odd"));
        assert_eq!(rows(&FieldErrors::from(&errors)), [["/a~1b~0c", "odd", "is not valid"]]);
    }

    #[test]
    fn the_value_that_was_sent_is_not_shown() {
        #[derive(Validate)]
        struct Login {
            #[validate(length(min = 20), email, url, contains(pattern = "x"))]
            password: String,
        }
        let report = Login { password: "hunter2".into() }.validate().unwrap_err();
        assert!(report.to_string().contains("hunter2"));
        assert!(!FieldErrors::from(report).to_string().contains("hunter2"));
    }

    #[test]
    fn none_wrong_is_an_empty_list() {
        assert!(FieldErrors::from(validator::ValidationErrors(HashMap::new())).is_empty());
    }
}

#[cfg(feature = "garde")]
mod garde {
    use std::collections::HashMap;

    use errorbook::FieldErrors;
    use garde::Validate;

    use super::rows;

    #[derive(Validate)]
    struct Order {
        #[garde(length(min = 1), ascii)]
        title: String,
        #[garde(dive)]
        items: Vec<Item>,
        #[garde(dive)]
        by_name: HashMap<String, Item>,
        #[garde(inner(inner(length(min = 2))))]
        tags: Option<Vec<String>>,
        #[garde(dive)]
        r#type: Kind,
        #[garde(custom(odd))]
        number: u8,
    }

    #[derive(Validate)]
    struct Item {
        #[garde(range(min = 1, max = 9))]
        price: u32,
    }

    #[derive(Validate)]
    enum Kind {
        Named {
            #[garde(length(min = 3))]
            name: String,
        },
    }

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "garde calls it so")]
    fn odd(value: &u8, (): &()) -> garde::Result {
        if value % 2 == 1 { Ok(()) } else { Err(garde::Error::new("must be odd")) }
    }

    fn wrong() -> Order {
        let item = |index: u32| Item { price: if index < 2 { 5 } else { 0 } };
        Order {
            title: String::new(),
            items: (0..12).map(item).collect(),
            by_name: (1..9).map(|index| (format!("a/{index}.b[0]"), item(index))).collect(),
            tags: Some(vec!["ok".into(), "x".into()]),
            r#type: Kind::Named { name: "x".into() },
            number: 2,
        }
    }

    #[test]
    fn paths_become_pointers_in_a_fixed_order() {
        let fields = FieldErrors::from(wrong().validate().unwrap_err());
        let pointers: Vec<_> = rows(&fields).iter().map(|row| row[0]).collect();
        assert_eq!(
            pointers,
            [
                "/by_name/a~12.b[0]/price",
                "/by_name/a~13.b[0]/price",
                "/by_name/a~14.b[0]/price",
                "/by_name/a~15.b[0]/price",
                "/by_name/a~16.b[0]/price",
                "/by_name/a~17.b[0]/price",
                "/by_name/a~18.b[0]/price",
                "/items/2/price",
                "/items/3/price",
                "/items/4/price",
                "/items/5/price",
                "/items/6/price",
                "/items/7/price",
                "/items/8/price",
                "/items/9/price",
                "/items/10/price",
                "/items/11/price",
                "/number",
                "/tags/1",
                "/title",
                "/type/name",
            ],
        );
        for _ in 0..20 {
            assert_eq!(FieldErrors::from(wrong().validate().unwrap_err()), fields);
        }
    }

    #[test]
    fn messages_are_kept_under_one_code() {
        let fields = FieldErrors::from(wrong().validate().unwrap_err());
        assert!(fields.iter().all(|field| field.code == "invalid"));
        assert!(rows(&fields).contains(&["/number", "invalid", "must be odd"]));
        assert!(rows(&fields).contains(&["/items/2/price", "invalid", "lower than 1"]));
    }

    #[test]
    fn a_report_of_many_errors_becomes_a_short_list() {
        let mut order = wrong();
        order.items = (0..100_000).map(|_| Item { price: 0 }).collect();
        order.by_name.clear();
        let fields = FieldErrors::from(order.validate().unwrap_err());
        assert_eq!((fields.len(), fields.more()), (100, 100_004 - 100));
        assert_eq!(rows(&fields)[99][0], "/items/99/price");
    }

    #[test]
    fn a_long_key_is_not_kept_for_each_error_below_it() {
        let mut report = garde::Report::new();
        let path = garde::Path::new("a").join("k".repeat(1_000_000).as_str());
        for index in 0..1000 {
            report.append(path.join(index), garde::Error::new("b".repeat(1000)));
        }
        let counts = allocation_counter::measure(|| {
            let fields = FieldErrors::from(std::mem::replace(&mut report, garde::Report::new()));
            assert_eq!((rows(&fields)[0][0], fields.more()), ("/a", 900));
        });
        assert!(counts.bytes_max < 10_000_000, "{}", counts.bytes_max);
    }

    #[test]
    fn a_long_key_or_message_is_not_sent_back_in_full() {
        let mut order = wrong();
        order.by_name = HashMap::from([("é".repeat(100_000), Item { price: 0 })]);
        let fields = FieldErrors::from(order.validate().unwrap_err());
        // The pointer then is that of the value around it.
        assert_eq!(rows(&fields)[0][0], "/by_name");
        // Its length is that of what is sent: each tilde is two characters there.
        for (tildes, pointer) in
            [(240, format!("/by_name/{}/price", "~0".repeat(240))), (250, "/by_name".into())]
        {
            order.by_name = HashMap::from([("~".repeat(tildes), Item { price: 0 })]);
            assert_eq!(rows(&FieldErrors::from(order.validate().unwrap_err()))[0][0], pointer);
        }
        let mut report = garde::Report::new();
        report.append(garde::Path::new("a"), garde::Error::new("b".repeat(1000)));
        assert_eq!(rows(&FieldErrors::from(report))[0][2].chars().count(), 301);
    }

    #[test]
    fn a_report_on_the_whole_has_the_empty_pointer() {
        let mut report = garde::Report::new();
        report.append(garde::Path::empty(), garde::Error::new("no"));
        report.append(garde::Path::new("").join("0").join(0), garde::Error::new("none"));
        assert_eq!(rows(&FieldErrors::from(report)), [["", "invalid", "no"], ["//0/0", "invalid", "none"]]);
    }
}

#[test]
fn for_operators_they_stand_on_one_line_whatever_a_caller_chose() {
    let forged = "x\nERROR forged\r\u{1b}[2K\u{2028}\u{202e}";
    let fields = FieldErrors::from(vec![
        FieldError::at([forged], "unknown_field", format!("unknown field `{forged}`")),
        FieldError::new("", "invalid_value", forged),
    ]);
    let escaped = r"x\nERROR forged\r\u{1b}[2K\u{2028}\u{202e}";
    let expected = format!("/{escaped}: unknown field `{escaped}`; {escaped}");
    assert_eq!(fields.to_string(), expected);
    // Callers read their own names as they sent them.
    assert_eq!(json(&InvalidRequest { fields })["error"]["details"][1]["message"], forged);
}
