#[allow(deprecated, unused_qualifications)]
const _: () = {
    use ::errorbook::__private as __p;
    static __SPECS: [__p::ErrorSpec; 1usize] = [
        __p::ErrorSpec {
            name: "CardDeclined",
            code: "card_declined",
            status: 402,
            title: "Card declined",
            message: "The card was declined: {reason}.",
            more: &__p::MoreSpec {
                description: "The bank said no.",
                headers: &[("X-Kind", "card")],
                fields: &[
                    __p::FieldSpec {
                        name: "reason",
                        ty: "String",
                        optional: false,
                        detail: __p::Some("reason"),
                        ..__p::FieldSpec::PLAIN
                    },
                ],
                has_details: true,
                ..__p::MoreSpec::TEMPLATE
            },
        },
    ];
    static __BODIES: [__p::PreparedBodies; 1usize] = [const {
        __p::PreparedBodies::new()
    }; 1usize];
    #[automatically_derived]
    impl __p::ApiError for CardDeclined {
        fn __errorbook_declared(&self) -> __p::Declared {
            __p::Declared::nth(
                &__SPECS,
                &__BODIES,
                match self {
                    Self { .. } => 0,
                },
            )
        }
        fn __errorbook_erased(&self) -> &dyn __p::ApiError {
            self
        }
        fn __errorbook_logged(&self) -> __p::Logged<'_> {
            use __p::{LoggedByDisplay as _, LoggedByNothing as _};
            (&__p::Probe(self)).__errorbook_logged()
        }
        fn __errorbook_message(&self, __out: &mut __p::MessageWriter<'_>) {
            match self {
                Self { reason: __field_reason, .. } => __out.displayed(__field_reason),
            }
        }
        fn __errorbook_details(&self, __out: &mut __p::DetailsWriter<'_>) {
            match self {
                Self { reason: __field_reason, .. } => {
                    __out.members(&[__p::serialized::<String>(__field_reason)])
                }
            }
        }
    }
    #[automatically_derived]
    impl __p::Catalogued for CardDeclined {
        const CATALOG: &'static __p::Catalog = &__p::Catalog::new(
            "Card declined",
            "",
            &__SPECS,
            &[],
        );
    }
    __p::axum! {
        {} { CardDeclined } {}
    }
};
