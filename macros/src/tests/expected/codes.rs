///The codes of [`StoryError`]: what a client matches on, whatever can be made of the rest of a response.
#[derive(
    ::my::errorbook::__private::Clone,
    ::my::errorbook::__private::Debug,
    ::my::errorbook::__private::PartialEq,
    ::my::errorbook::__private::Eq,
    ::my::errorbook::__private::Hash,
)]
#[non_exhaustive]
pub(crate) enum StoryCode {
    /**No story has this id.

The code `not_found`.*/
    NotFound,
    /**Plan.

The code `plan.no_api`.*/
    PlanNoApi,
    /**Storage.

The code `internal_error`.*/
    InternalError,
    /**Other.

The code `unknown`.*/
    Unknown,
    ///A code of `Box<BillingError<'a>>`.
    Billing(
        <Box<
            BillingError<'static>,
        > as ::my::errorbook::__private::Catalogued>::__ErrorbookCode,
    ),
    ///A code that is none of these, as it was sent: that of a newer version of the service, say.
    UnknownCode(::my::errorbook::UnknownCode),
}
const _: () = {
    use ::my::errorbook::__private as __p;
    static __SPECS: [__p::ErrorSpec; 5usize] = [
        __p::ErrorSpec {
            name: "NotFound",
            code: "not_found",
            status: 404,
            title: "Not found",
            message: "No such story.",
            more: &__p::MoreSpec {
                description: "No story has this id.",
                ..__p::MoreSpec::CONSTANT
            },
        },
        __p::ErrorSpec {
            name: "Plan",
            code: "plan.no_api",
            status: 403,
            title: "Plan",
            message: "Your plan has no API.",
            more: __p::row::CONSTANT,
        },
        __p::ErrorSpec {
            name: "Storage",
            code: "internal_error",
            status: 500,
            title: "Storage",
            message: "",
            more: __p::row::REASON_PHRASE,
        },
        __p::ErrorSpec {
            name: "Render",
            code: "internal_error",
            status: 500,
            title: "Render",
            message: "",
            more: __p::row::REASON_PHRASE,
        },
        __p::ErrorSpec {
            name: "Other",
            code: "unknown",
            status: 500,
            title: "Other",
            message: "",
            more: __p::row::REASON_PHRASE,
        },
    ];
    static __BODIES: [__p::PreparedBodies; 5usize] = [const {
        __p::PreparedBodies::new()
    }; 5usize];
    const _: () = __p::check_shared_code(&__SPECS[2], &__SPECS[3]);
    #[automatically_derived]
    impl<'a, T: Clone> __p::ApiError for StoryError<'a, T> {
        fn __errorbook_look(&self, __look: &mut __p::Look<'_>) {
            __look.at(&__SPECS, &__BODIES);
            let __row = match self {
                Self::NotFound { .. } => 0,
                Self::Plan { .. } => 1,
                Self::Storage { .. } => 2,
                Self::Render { .. } => 3,
                Self::Other { .. } => 4,
                Self::Billing { 0: __field_0, .. } => {
                    return __p::ApiError::__errorbook_look(
                        (__p::held::<Box<BillingError<'a>>>().erased)(__field_0),
                        __look,
                    );
                }
                Self::Again { 0: __field_0, .. } => {
                    return __p::ApiError::__errorbook_look(
                        (__p::held::<Box<Self>>().erased)(__field_0),
                        __look,
                    );
                }
            };
            __look.none(__row)
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
    impl<'a, T: Clone> __p::Catalogued for StoryError<'a, T> {
        type __ErrorbookCode = StoryCode;
        const CATALOG: &'static __p::Catalog = &__p::Catalog {
            type_name: "StoryError",
            title: "Story error",
            specs: &__SPECS,
            description: "What can go wrong with a story.",
            shared_codes: &["internal_error"],
            nested: &[(5usize, __p::held::<Box<BillingError<'a>>>().catalog)],
            ..__p::Catalog::NOTHING
        };
        const LISTS: &'static [&'static __p::Codes] = &[
            &__p::Codes::new(
                &__SPECS,
                &[
                    16873652442488775153, 14918941183422380732, 1722396110639159545,
                    1722396110639159545, 5298596870147225945,
                ],
            ),
            __p::held::<Box<BillingError<'a>>>().codes,
        ];
        const CODES: &'static __p::Codes = &__p::Codes::of_flat(
            <Self as __p::Catalogued>::FLAT,
        );
    }
    const _: () = __p::has_codes::<Box<BillingError<'static>>>();
    #[automatically_derived]
    impl<'a, T: Clone> __p::Coded for StoryError<'a, T> {
        type Code = StoryCode;
    }
    #[automatically_derived]
    impl __p::CodeEnum for StoryCode {
        fn __errorbook_known(__hash: u64, __code: &__p::str) -> __p::Option<Self> {
            let __own = match __hash {
                16873652442488775153 => __p::code_is(Self::NotFound, __code),
                14918941183422380732 => __p::code_is(Self::PlanNoApi, __code),
                1722396110639159545 => __p::code_is(Self::InternalError, __code),
                5298596870147225945 => __p::code_is(Self::Unknown, __code),
                _ => __p::None,
            };
            if let __p::Some(_) = __own {
                return __own;
            }
            if let __p::Some(__held) = <<Box<
                BillingError<'static>,
            > as ::my::errorbook::__private::Catalogued>::__ErrorbookCode as __p::CodeEnum>::__errorbook_known(
                __hash,
                __code,
            ) {
                return __p::Some(Self::Billing(__held));
            }
            __p::None
        }
        fn __errorbook_unknown(__code: __p::UnknownCode) -> Self {
            Self::UnknownCode(__code)
        }
        fn __errorbook_declared(&self) -> __p::Declared<'_> {
            match self {
                Self::NotFound => __p::Declared::As(&__SPECS[0]),
                Self::PlanNoApi => __p::Declared::As(&__SPECS[1]),
                Self::InternalError => __p::Declared::As(&__SPECS[2]),
                Self::Unknown => __p::Declared::As(&__SPECS[4]),
                Self::Billing(__held) => __p::CodeEnum::__errorbook_declared(__held),
                Self::UnknownCode(__unknown) => __p::Declared::Not(__unknown),
            }
        }
    }
    __p::impls_of_codes! {
        StoryCode
    }
    __p::integrations! {
        { < 'a, T : Clone > } { StoryError < 'a, T > } {} {}
    }
};
