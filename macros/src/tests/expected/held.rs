const _: () = {
    use ::errorbook::__private as __p;
    const __ENVELOPE: &__p::Envelope = &STORY;
    static __SPECS: [__p::ErrorSpec; 2usize] = [
        __p::ErrorSpec {
            name: "Gone",
            code: "gone",
            status: 410,
            title: "Gone",
            message: "Gone.",
            more: &__p::MoreSpec {
                fields: &[
                    __p::FieldSpec {
                        name: "since",
                        ty: "u64",
                        optional: false,
                        detail: __p::Some("since"),
                        ..__p::FieldSpec::PLAIN
                    },
                ],
                ..__p::MoreSpec::CONSTANT
            },
        },
        __p::ErrorSpec {
            name: "Internal",
            code: "internal",
            status: 500,
            title: "Internal",
            message: "",
            more: &__p::MoreSpec {
                omits_code: true,
                ..__p::MoreSpec::REASON_PHRASE
            },
        },
    ];
    static __BODIES: [__p::PreparedBodies; 2usize] = [const {
        __p::PreparedBodies::new()
    }; 2usize];
    const __OWN: &__p::Codes = &__p::Codes::new(
        &__SPECS,
        &[11306563331803887822, 16179816014946768128],
    );
    const __HELD: [(&__p::str, &__p::Codes); 2] = [
        ("AuthError", __p::held::<AuthError>().codes),
        ("Box<billing::BillingError>", __p::held::<Box<billing::BillingError>>().codes),
    ];
    const __MERGED: &__p::Merged<{ __p::count_codes(__OWN, &__HELD) }, 2> = &__p::merge(
        __OWN,
        &__HELD,
    );
    const _: () = __p::check_held(
        "StoryError",
        &__HELD,
        __MERGED,
        0,
        __p::Some(("STORY", __ENVELOPE)),
    );
    const _: () = __p::check_held(
        "StoryError",
        &__HELD,
        __MERGED,
        1,
        __p::Some(("STORY", __ENVELOPE)),
    );
    const _: () = __p::check_filled(("STORY", __ENVELOPE), &__SPECS[0], "");
    const _: () = __p::check_filled(("STORY", __ENVELOPE), &__SPECS[1], "");
    const _: () = __p::check_spread(
        __ENVELOPE,
        "since",
        "the detail `since` would stand beside the envelope's own member of that name\n  help: give it another name, as in `detail = \"…\"`, or write `details` instead of `..details` in the envelope",
    );
    const _: () = __p::check_omitted_code(
        __ENVELOPE,
        "`Internal` omits its code, but its envelope always shows one\n  help: write `code?` in the envelope",
    );
    #[automatically_derived]
    impl __p::ApiError for StoryError {
        fn __errorbook_look(&self, __look: &mut __p::Look<'_>) {
            __look.at(&__SPECS, &__BODIES);
            let __row = match self {
                Self::Auth { 0: __field_0, .. } => {
                    return __p::ApiError::__errorbook_look(
                        (__p::held::<AuthError>().erased)(__field_0),
                        __look,
                    );
                }
                Self::Gone { since: __field_since, .. } => {
                    return __look.one(0, __field_since);
                }
                Self::Internal { .. } => 1,
                Self::Billing { source: __field_source, .. } => {
                    return __p::ApiError::__errorbook_look(
                        (__p::held::<Box<billing::BillingError>>()
                            .erased)(__field_source),
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
        fn __errorbook_envelope(&self) -> __p::Option<&'static __p::Envelope> {
            __p::Some(__ENVELOPE)
        }
    }
    #[automatically_derived]
    impl __p::Catalogued for StoryError {
        type __ErrorbookCode = __p::NoCodes;
        const CATALOG: &'static __p::Catalog = &__p::Catalog {
            type_name: "StoryError",
            title: "Story error",
            specs: &__SPECS,
            envelope: __p::Some(__ENVELOPE),
            shared_codes: &["internal_error", "gone"],
            nested: &[
                (0usize, __p::held::<AuthError>().catalog),
                (2usize, __p::held::<Box<billing::BillingError>>().catalog),
            ],
            ..__p::Catalog::NOTHING
        };
        const CODES: &'static __p::Codes = &__p::Codes::of_merged(__MERGED);
    }
    __p::integrations! {
        {} { StoryError } {} {}
    }
};
