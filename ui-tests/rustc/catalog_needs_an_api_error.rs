use errorbook::{Catalog, catalog};

struct NotOne;

const ERRORS: &Catalog = catalog!(NotOne::*);

fn main() {
    let _ = ERRORS;
}
