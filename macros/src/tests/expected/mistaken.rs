::core::compile_error! {
    "unknown key `statsu`\n  help: did you mean `status`?"
}
::core::compile_error! {
    "`Gone` has no status\n  help: add `#[api(status = …)]`, with the status `none` if it never answers a request"
}
const _: () = {
    use ::other::errorbook::__private as __p;
    #[automatically_derived]
    impl<'a, T: Copy> __p::ApiError for StoryError<'a, T>
    where
        T: 'a,
    {
        fn __errorbook_look(&self, _: &mut __p::Look<'_>) {}
        fn __errorbook_erased(&self) -> &dyn __p::ApiError {
            self
        }
    }
    #[automatically_derived]
    impl<'a, T: Copy> __p::Catalogued for StoryError<'a, T>
    where
        T: 'a,
    {
        type __ErrorbookCode = __p::NoCodes;
        const CATALOG: &'static __p::Catalog = &__p::Catalog::NOTHING;
        const CODES: &'static __p::Codes = &__p::Codes::new(&[], &[]);
    }
    __p::integrations! {
        { < 'a, T : Copy > } { StoryError < 'a, T > } { where T : 'a, } {}
    }
};
