const _: () = {
    use ::errorbook::__private as __p;
    static __SPECS: [__p::ErrorSpec; 0usize] = [];
    #[automatically_derived]
    impl __p::ApiError for Never {
        fn __errorbook_look(&self, __look: &mut __p::Look<'_>) {
            match *self {}
        }
        fn __errorbook_erased(&self) -> &dyn __p::ApiError {
            self
        }
        fn __errorbook_logged(&self) -> __p::Logged<'_> {
            use __p::{LoggedByDisplay as _, LoggedByNothing as _};
            (&__p::Probe(self)).__errorbook_logged()
        }
    }
    #[automatically_derived]
    impl __p::Catalogued for Never {
        type __ErrorbookCode = __p::NoCodes;
        const CATALOG: &'static __p::Catalog = &__p::Catalog {
            type_name: "Never",
            title: "Never",
            specs: &__SPECS,
            ..__p::Catalog::NOTHING
        };
        const CODES: &'static __p::Codes = &__p::Codes::new(&__SPECS, &[]);
    }
    __p::integrations! {
        {} { Never } {} {}
    }
};
