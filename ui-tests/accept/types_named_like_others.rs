//! A type of the user's own is shown and serialized as its own traits say, whatever it is called; one that is called
//! like a primitive by its path.
#![allow(non_camel_case_types)]

use errorbook::ApiError;

mod own {
    macro_rules! own {
        ($($name:ident = $text:literal,)*) => {$(
            #[derive(serde::Serialize)]
            #[serde(rename = $text)]
            pub struct $name;

            impl std::fmt::Display for $name {
                fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    out.write_str($text)
                }
            }
        )*};
    }

    own! {
        u64 = "own u64",
        str = "own str",
        String = "own String",
        Option = "own Option",
        Duration = "own Duration",
    }
}

use own::{Duration, Option};

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "{number}, {borrowed}, {text}, {option}, {wait}.")]
    NotFound {
        #[api(detail, header = "X-Number")]
        number: own::u64,
        #[api(detail, header = "X-Borrowed")]
        borrowed: &'static own::str,
        #[api(detail, header = "X-Text")]
        text: own::String,
        #[api(header = "X-Option")]
        option: Option,
        #[api(header = "X-Wait")]
        wait: Duration,
    },
}

fn main() {
    let error = StoryError::NotFound {
        number: own::u64,
        borrowed: &own::str,
        text: own::String,
        option: Option,
        wait: Duration,
    };
    assert_eq!(error.message(), "own u64, own str, own String, own Option, own Duration.");
    assert_eq!(error.to_response().headers()["x-option"], "own Option");
}
