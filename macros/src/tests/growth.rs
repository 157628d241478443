//! Declarations that grow: what takes the macros so long for a part takes them about as many times that for as many
//! parts. A service has hundreds of errors, and generated code has no measure.

use std::fmt::Write;
use std::time::{Duration, Instant};

use proc_macro2::TokenStream;

use crate::{catalog, derive, envelope};

/// Text for each number, put together.
fn each(count: usize, write: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, index| {
        let _ = write!(text, "{}", write(index));
        text
    })
}

fn fastest(tokens: &str, run: fn(TokenStream) -> TokenStream) -> Duration {
    let tokens: TokenStream = tokens.parse().unwrap();
    let once = |_| {
        let tokens = tokens.clone();
        let start = Instant::now();
        drop(run(tokens));
        start.elapsed()
    };
    (0..3).map(once).min().unwrap_or_default()
}

/// 16 times as much may take 64 times as long, for all the noise of a busy machine; a quadratic time would be 256
/// times as long.
#[track_caller]
fn grows(run: fn(TokenStream) -> TokenStream, small: usize, declaration: impl Fn(usize) -> String) {
    const FLOOR: Duration = Duration::from_millis(2);
    let (few, many) = (declaration(small), declaration(16 * small));
    let mut times = (Duration::ZERO, Duration::ZERO);
    for _ in 0..3 {
        times = (fastest(&few, run), fastest(&many, run));
        if times.1 < 64 * times.0.max(FLOOR) {
            return;
        }
    }
    panic!("{small} parts take {:?}, 16 times as many {:?}", times.0, times.1);
}

macro_rules! growing {
    ($run:path: $($name:ident $small:literal $declaration:expr;)*) => {$(
        #[test]
        fn $name() {
            grows($run, $small, $declaration);
        }
    )*};
}

growing! { derive::derive:
    many_variants 100 |n| format!("enum E {{ {} }}", each(n, |i| format!("#[api(status = 404, message = \"No {{id}}.\")] V{i} {{ id: u64 }},")));
    many_mistakes 50 |n| format!("enum E {{ {} }}", each(n, |i| format!("#[api(statsu = 404)] V{i},")));
    many_twice 50 |n| format!("enum E {{ {} }}", each(n, |i| format!("#[api(status = 500, code = \"a\")] V{i},")));
    many_held 100 |n| format!("enum E {{ {} }}", each(n, |i| format!("#[api(transparent)] V{i}(T{i}),")));
    many_shared_codes 100 |n| format!(
        "#[api(shared_codes({}))] enum E {{ {} }}",
        each(n, |i| format!("\"c_{i}\",")),
        each(2 * n, |i| format!("#[api(status = 500, code = \"c_{}\")] V{i},", i / 2)),
    );
    many_codes_that_nobody_shares 50 |n| format!(
        "#[api(shared_codes({}))] enum E {{ {} }}",
        each(n, |i| format!("\"unheard_of_{i}\",")),
        each(n, |i| format!("#[api(status = 500)] SomethingElse{i},")),
    );
    many_rebuilt 100 |n| format!(
        "#[api(decode, codes = C)] enum E {{ {} }}",
        each(n, |i| format!("#[api(status = 500)] V{i} {{ #[api(detail)] a: u64, b: Option<u8> }}, #[api(transparent)] H{i}(T{i}),")),
    );
    many_fields_rebuilt 100 |n| format!("#[api(decode, status = 500)] struct E {{ {} }}", each(n, |i| format!("#[api(detail)] f{i}: u64,")));
    many_that_are_not_sent 100 |n| format!("#[api(decode, status = 500)] struct E {{ {} }}", each(n, |i| format!("f{i}: T{i},")));
    many_codes_of_one_name 100 |n| format!(
        "#[api(codes = C, rename_all = \"any\")] enum E {{ {} }}",
        each(n, |i| {
            let code = each(12, |bit| if i >> bit & 1 == 0 { "a." } else { "a_" }.to_owned());
            format!("#[api(status = 500, code = \"{code}\")] V{i},")
        }),
    );
    many_holders_called_like_codes 100 |n| format!(
        "#[api(codes = C)] enum E {{ {} }}",
        each(n, |i| format!("#[api(status = 500, code = \"h{i}\")] V{i}, #[api(transparent)] H{i}(T{i}),")),
    );
    many_slots_to_fill 100 |n| format!(
        "#[api(envelope = X)] enum E {{ {} }}",
        each(n, |i| format!("#[api(status = 500, meta(m{i} = \"a\"))] V{i},")),
    );
    many_fields_shown 100 |n| format!(
        "#[api(status = 500, message = \"{}\")] struct E {{ {} }}",
        each(n, |i| format!("{{f{i}}}")),
        each(n, |i| format!("f{i}: u64,")),
    );
    many_fields_formatted 100 |n| format!(
        "#[api(status = 500, message = \"{}\")] struct E({});",
        each(n, |i| format!("{{{i}:>5}}")),
        each(n, |_| "u64,".to_owned()),
    );
    many_types_with_parameters 100 |n| format!(
        "#[api(status = 500, message = \"{}\")] struct E<T> {{ {} }}",
        each(n, |i| format!("{{f{i}:?}}")),
        each(n, |i| format!("f{i}: T<T{i}>,")),
    );
    many_places 250 |n| format!(
        "#[api(status = 500, message = \"{}\")] struct E {{ a: u64, w: usize }}",
        each(n, |_| "{a} {a:>w$} ".to_owned()),
    );
    many_fields_that_are_not_there 100 |n| format!(
        "#[api(status = 500, message = \"{}\")] struct E {{ {} }}",
        each(n, |i| format!("{{feild_{i}}}")),
        each(n, |i| format!("field_{i}: u64,")),
    );
    many_details 100 |n| format!("#[api(status = 500)] struct E {{ {} }}", each(n, |i| format!("#[api(detail)] f{i}: u64,")));
    many_headers 100 |n| format!("#[api(status = 500, {})] struct E;", each(n, |i| format!("header(\"X-{i}\", \"a\"),")));
    many_places_in_headers_of_the_type 50 |n| format!(
        "#[api(status = 500, header(\"X-A\", \"{}\"))] enum E {{ A, B {{ {} }} }}",
        each(n, |i| format!("{{f{i}}}")),
        each(n, |i| format!("f{i}: u64,")),
    );
    many_names_in_meta 100 |n| format!("#[api(status = 500, meta({}))] struct E;", each(n, |i| format!("m{i} = \"a\",")));
    long_schedules 250 |n| format!("#[api(status = 500, retry = \"backoff {}\")] struct E;", each(n, |_| "1s ".to_owned()));
    long_rules 250 |n| format!("#[api(status = 500, retry = \"after 1s{}\")] struct E;", each(n, |_| ", wehn".to_owned()));
    long_words 2000 |n| format!("#[api({} = 404)] enum E {{ #[api(status = 404, code = \"{}\")] V }}", "s".repeat(n), "A-b".repeat(n));
    long_names 2000 |n| format!(
        "#[api(status = 404, message = \"{{{}}}\")] struct E {{ {}: u64 }}",
        "a".repeat(n), "b".repeat(n),
    );
    long_texts 10000 |n| format!(
        "#[api(status = 404, docs = \"https://{0}\", title = \"{0}\", message = \"{0}\")] struct E;",
        "text".repeat(n),
    );
    long_numbers 2000 |n| format!(
        "#[api(status = {0}, retry = {0})] struct E {{ #[api(example = {0})] a: u64, #[api(example = 0x{0})] b: u64 }}",
        "7".repeat(n),
    );
    long_numbers_of_others 2000 |n| format!("#[error(\"{{}} {{}}\", {0}, f({0}))] #[error({0})] #[api(status = 500)] struct E(#[source] u8);", "7".repeat(n));
    long_comments 250 |n| format!("#[api(status = 500)] {} struct E;", each(n, |_| "/// a line\n".to_owned()));
    many_unreadable 100 |n| format!("#[api({})] struct E;", each(n, |_| "= 5 ; ".to_owned()));
}

growing! { envelope::envelope:
    many_members 100 |n| format!("{{ \"code\": code, {} }}", each(n, |i| format!("\"m{i}\": meta.m{i}?,")));
    many_values_of_the_context 100 |n| format!("{{ \"code\": code, {} }}", each(n, |i| format!("\"m{i}\": context.m{i},")));
    many_members_of_one_name 100 |n| format!("{{ {} }}", each(n, |_| "\"code\": code,".to_owned()));
    many_unknown_slots 100 |n| format!("{{ {} }}", each(n, |i| format!("\"m{i}\": cdoe,")));
    long_members 2000 |n| format!("{{ \"code\": {}, \"a\": {} }}", "c".repeat(n), "7".repeat(n));
    many_items 100 |n| format!("{{ \"code\": code, \"all\": [{}] }}", each(n, |_| "[code, -1]?,".to_owned()));
}

growing! { catalog::catalog:
    many_selected 250 |n| each(n, |i| format!("StoryError::V{i},"));
    many_selected_twice 100 |n| each(n, |_| "StoryError::Gone,".to_owned());
    many_unreadable_selections 100 |n| each(n, |_| "= 5,".to_owned());
    long_numbers_selected 2000 |n| format!("StoryError: {}", "7".repeat(n));
}
