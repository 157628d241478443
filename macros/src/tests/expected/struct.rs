const _: () = {
    use ::errorbook::__private as __p;
    static __SPECS: [__p::ErrorSpec; 1usize] = [
        __p::ErrorSpec {
            name: "CardDeclined",
            code: "card_declined",
            status: 402,
            title: "Card declined",
            message: "\0The card was declined: {reason}.",
            more: &__p::MoreSpec {
                description: "The bank said no.",
                headers: &[
                    __p::HeaderSpec {
                        name: "X-Kind",
                        value: "card",
                        varies: false,
                    },
                ],
                fields: &[
                    __p::FieldSpec {
                        name: "reason",
                        ty: "String",
                        optional: false,
                        detail: __p::Some("reason"),
                        ..__p::FieldSpec::PLAIN
                    },
                ],
                ..__p::MoreSpec::TEMPLATE
            },
        },
    ];
    static __BODIES: [__p::PreparedBodies; 1usize] = [const {
        __p::PreparedBodies::new()
    }; 1usize];
    #[automatically_derived]
    impl __p::ApiError for CardDeclined {
        fn __errorbook_look(&self, __look: &mut __p::Look<'_>) {
            __look.at(&__SPECS, &__BODIES);
            match self {
                Self { reason: __field_reason, .. } => {
                    return __look.one(0, __field_reason);
                }
            }
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
    impl __p::Catalogued for CardDeclined {
        type __ErrorbookCode = __p::NoCodes;
        const CATALOG: &'static __p::Catalog = &__p::Catalog {
            type_name: "CardDeclined",
            title: "Card declined",
            specs: &__SPECS,
            ..__p::Catalog::NOTHING
        };
        const CODES: &'static __p::Codes = &__p::Codes::new(
            &__SPECS,
            &[16212625867364550706],
        );
    }
    __p::integrations! {
        {} { CardDeclined } {} {}
    }
};
