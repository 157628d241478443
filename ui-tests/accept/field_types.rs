//! Types of fields that are more than a path.
#![allow(dead_code)]

use std::collections::HashMap;

use errorbook::ApiError;

const N: usize = 2;

type Names = Option<Vec<String>>;

struct Grid<const W: usize, const H: usize>;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 500)]
    Plain {
        array: [u8; size_of::<u64>() + N],
        product: [u8; N * 2],
        grid: Grid<{ N }, 3>,
        function: for<'a> fn(&'a str) -> &'a str,
        boxed: Box<dyn Fn(u8) -> Result<(), String> + Send + 'static>,
        pointer: *const u8,
        never: std::convert::Infallible,
        tuple: (u8, (), (String,)),
        qualified: <Vec<u8> as IntoIterator>::Item,
    },
    #[api(status = 422, message = "Look: {tuple:?} {array:?} {map:?} {float:.1e} {wide:#x} {letter:>width$}.")]
    Detailed {
        #[api(detail)]
        tuple: (u8, Option<String>),
        #[api(detail)]
        array: [u8; 2 + 1],
        #[api(detail)]
        map: HashMap<String, Vec<u64>>,
        #[api(detail)]
        names: Names,
        #[api(detail)]
        option: ::std::option::Option<&'static (dyn erased::Name + Sync)>,
        #[api(detail, header = "X-Letter")]
        letter: char,
        width: usize,
        #[api(detail, example = 1.0)]
        float: f64,
        #[api(detail, example = true)]
        wide: u128,
        #[api(detail, header = "X-Name")]
        alias: Alias,
    },
}

type Alias = String;

#[derive(ApiError)]
#[api(status = 500, message = "At {0:p}.")]
struct At(*const u8);

mod erased {
    pub trait Name {}

    impl serde::Serialize for dyn Name + Sync {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str("name")
        }
    }
}

fn main() {
    let null = std::ptr::null();
    assert_eq!(At(null).message(), format!("At {null:p}."));
    let examples: Vec<_> =
        StoryError::catalog().entries().flat_map(|spec| spec.fields()).map(|field| field.example()).collect();
    assert!(examples.contains(&Some("1.0")) && examples.contains(&Some("true")));
}
