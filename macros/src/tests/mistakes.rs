//! How often a type hears of a mistake that all of its errors make. What is said of each is pinned in `ui-tests/`.

use std::fmt::Write;

use crate::derive::derive;

/// The texts of the errors for an enum with these keys on its variants.
fn errors_of(keys: impl Iterator<Item = String>) -> Vec<String> {
    let mut declaration = "#[derive(ApiError)] enum PaymentError {".to_owned();
    for (index, keys) in keys.enumerate() {
        write!(declaration, "#[api({keys})] V{index},").unwrap();
    }
    declaration.push('}');
    let expansion = derive(declaration.parse().unwrap()).to_string();
    expansion.split("compile_error !").skip(1).map(ToOwned::to_owned).collect()
}

#[track_caller]
fn assert_tell(errors: &[String], wrong: &[&str]) {
    assert_eq!(errors.len(), wrong.len(), "{errors:#?}");
    for (error, wrong) in errors.iter().zip(wrong) {
        assert!(error.contains(wrong), "{wrong} in {error}");
    }
}

#[test]
fn a_port_of_a_hundred_errors_hears_of_each_mistake_once() {
    // 72 codes for 116 errors, so that 44 stand for two.
    let keys = (0..116)
        .map(|index| format!("http_status = 400, code = \"CE_{:02}\", message = \"No.\"", index % 72));
    let errors = errors_of(keys);
    assert_tell(
        &errors,
        &[
            "unknown key `http_status`",
            "72 codes of `PaymentError` are not in snake_case",
            "44 codes stand for several errors of `PaymentError` each: `CE_00`, `CE_01`, `CE_02` and 41 more",
        ],
    );
    assert!(errors[0].contains("in 115 more places"), "{}", errors[0]);
    assert!(errors[1].contains("SCREAMING_SNAKE_CASE"), "{}", errors[1]);
    let codes: Vec<String> = (0..44).map(|index| format!(r#"\"CE_{index:02}\""#)).collect();
    assert!(errors[2].contains(&format!("shared_codes({})", codes.join(", "))), "{}", errors[2]);
}

#[test]
fn a_code_that_stands_for_twenty_errors_is_one_mistake() {
    let code = |index| if index < 20 { "ce_00".to_owned() } else { format!("ce_{index}") };
    let keys = (0..30).map(|index| format!("status = 500, code = \"{}\"", code(index)));
    let errors = errors_of(keys);
    assert_tell(
        &errors,
        &["code `ce_00` is first used here", "code `ce_00` stands for 20 errors of `PaymentError`"],
    );
    assert!(errors[1].contains("`V0`, `V1`") && errors[1].contains("and `V19`"), "{}", errors[1]);
}
