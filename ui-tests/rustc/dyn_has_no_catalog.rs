use errorbook::ApiError;

fn codes(error: &dyn ApiError) -> usize {
    catalog_of(error)
}

fn catalog_of<E: ApiError + ?Sized>(_: &E) -> usize {
    <dyn ApiError>::catalog().entries().count()
}

fn main() {}
