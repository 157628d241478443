const _: () = {
    use ::errorbook::__private as __p;
    use __p::AnyHeader as _;
    const __BACKOFF: &[__p::Duration] = &[
        __p::Duration::from_millis(500),
        __p::Duration::from_millis(1000),
        __p::Duration::from_millis(120000),
    ];
    const __RETRY: __p::WrittenRule = __p::WrittenRule {
        backoff: __BACKOFF,
        ..__p::WrittenRule::NOTHING
    };
    const __ENVELOPE: &__p::Envelope = &errorbook::envelope::PROBLEM;
    static __SPECS: [__p::ErrorSpec; 8usize] = [
        __p::ErrorSpec {
            name: "OutOfCredits",
            code: "CREDITS.USED_UP",
            status: 402,
            title: "Say \"no\"",
            message: "\0Need {need}, \"have\" {have}: {have:>width$}.",
            more: &__p::MoreSpec {
                retry: __p::WrittenRule {
                    wait: __p::WrittenWait::Between(
                        __p::Duration::from_millis(30000),
                        __p::Duration::from_millis(60000),
                    ),
                    times: __p::Some(3),
                    when: __p::Some(__p::RetryWhen::IfIdempotent),
                    ..__RETRY
                },
                log: __p::Some(__p::Level::Off),
                description: "The month's credits\nare \"used up\".",
                remedy: "Top up.",
                section: "Billing",
                docs: __p::Some("https://example.com/billing"),
                headers: &[
                    __p::HeaderSpec {
                        name: "X-Kind",
                        value: "credits",
                        varies: false,
                    },
                ],
                meta: &[
                    ("kind", __p::MetaValue::Text("a")),
                    ("owner", __p::MetaValue::Text("\"b\"")),
                ],
                omits_code: true,
                fields: &[
                    __p::FieldSpec {
                        name: "need",
                        ty: "u64",
                        optional: false,
                        detail: __p::Some("need"),
                        headers: &["X-Need"],
                        description: "What it costs.",
                        example: __p::Some("10"),
                        ..__p::FieldSpec::PLAIN
                    },
                    __p::FieldSpec {
                        name: "have",
                        ty: "Credits",
                        optional: false,
                        detail: __p::Some("rest"),
                        ..__p::FieldSpec::PLAIN
                    },
                ],
                ..__p::MoreSpec::TEMPLATE
            },
        },
        __p::ErrorSpec {
            name: "RateLimited",
            code: "RATE_LIMITED",
            status: 429,
            title: "Rate limited",
            message: "Slow down.",
            more: &__p::MoreSpec {
                retry: __RETRY,
                section: "Stories",
                docs: __p::Some("https://example.com/errors#RATE_LIMITED"),
                fields: &[
                    __p::FieldSpec {
                        name: "wait",
                        ty: "Option<Duration>",
                        optional: true,
                        retry_after: true,
                        example: __p::Some("\"5s\""),
                        ..__p::FieldSpec::PLAIN
                    },
                    __p::FieldSpec {
                        name: "type",
                        ty: "Option<String>",
                        optional: true,
                        headers: &["X-A", "X-B"],
                        ..__p::FieldSpec::PLAIN
                    },
                ],
                ..__p::MoreSpec::CONSTANT
            },
        },
        __p::ErrorSpec {
            name: "Invalid",
            code: "INVALID",
            status: 422,
            title: "Invalid",
            message: "&'static str\0String\0i8\0\0{0}, {1}, {1:?} {{and}} {2}.",
            more: &__p::MoreSpec {
                retry: __p::WrittenRule::NEVER,
                section: "Stories",
                docs: __p::Some("https://example.com/errors#INVALID"),
                fields: &[
                    __p::FieldSpec {
                        name: "3",
                        ty: "Vec<Problem>",
                        optional: false,
                        details: true,
                        ..__p::FieldSpec::PLAIN
                    },
                ],
                ..__p::MoreSpec::TEMPLATE
            },
        },
        __p::ErrorSpec {
            name: "NotFound",
            code: "NOT_FOUND",
            status: 404,
            title: "Not found",
            message: "no story {id}",
            more: &__p::MoreSpec {
                retry: __RETRY,
                section: "Stories",
                docs: __p::Some("https://example.com/errors#NOT_FOUND"),
                ..__p::MoreSpec::DISPLAY
            },
        },
        __p::ErrorSpec {
            name: "Crashed",
            code: "CRASHED",
            status: 0,
            title: "Crashed",
            message: "It \"crashed\".",
            more: &__p::MoreSpec {
                retry: __RETRY,
                description: "Written here.",
                section: "Stories",
                docs: __p::Some("https://example.com/errors#CRASHED"),
                ..__p::MoreSpec::CONSTANT
            },
        },
        __p::ErrorSpec {
            name: "Busy",
            code: "BUSY",
            status: 503,
            title: "Busy",
            message: "",
            more: &__p::MoreSpec {
                retry: __p::WrittenRule {
                    wait: __p::WrittenWait::Schedule(
                        &[
                            __p::Duration::from_millis(1000),
                            __p::Duration::from_millis(2000),
                        ],
                    ),
                    times: __p::Some(1),
                    ..__RETRY
                },
                section: "Stories",
                docs: __p::Some("https://example.com/errors#BUSY"),
                ..__p::MoreSpec::REASON_PHRASE
            },
        },
        __p::ErrorSpec {
            name: "Broken",
            code: "INTERNAL",
            status: 500,
            title: "Broken",
            message: "",
            more: &__p::MoreSpec {
                retry: __RETRY,
                section: "Stories",
                docs: __p::Some("https://example.com/errors#INTERNAL"),
                deprecated: __p::Some("not since May"),
                ..__p::MoreSpec::REASON_PHRASE
            },
        },
        __p::ErrorSpec {
            name: "Full",
            code: "INTERNAL",
            status: 507,
            title: "Full",
            message: "",
            more: &__p::MoreSpec {
                retry: __p::WrittenRule {
                    wait: __p::WrittenWait::Backoff,
                    when: __p::Some(__p::RetryWhen::Always),
                    ..__RETRY
                },
                section: "Stories",
                docs: __p::Some("https://example.com/errors#INTERNAL"),
                ..__p::MoreSpec::DISPLAY
            },
        },
    ];
    static __BODIES: [__p::PreparedBodies; 8usize] = [const {
        __p::PreparedBodies::new()
    }; 8usize];
    const _: () = __p::check_filled(
        ("errorbook::envelope::PROBLEM", __ENVELOPE),
        &__SPECS[0],
        "",
    );
    const _: () = __p::check_filled(
        ("errorbook::envelope::PROBLEM", __ENVELOPE),
        &__SPECS[1],
        "`NotFound`, `Busy`, `Broken` and `Full`",
    );
    const _: () = __p::check_filled(
        ("errorbook::envelope::PROBLEM", __ENVELOPE),
        &__SPECS[2],
        "",
    );
    const _: () = __p::check_filled(
        ("errorbook::envelope::PROBLEM", __ENVELOPE),
        &__SPECS[4],
        "",
    );
    const _: () = __p::check_omitted_code(
        __ENVELOPE,
        "`OutOfCredits` omits its code, but its envelope always shows one\n  help: write `code?` in the envelope",
    );
    const _: () = __p::check_spread(
        __ENVELOPE,
        "need",
        "the detail `need` would stand beside the envelope's own member of that name\n  help: give it another name, as in `detail = \"…\"`, or write `details` instead of `..details` in the envelope",
    );
    const _: () = __p::check_spread(
        __ENVELOPE,
        "rest",
        "the detail `rest` would stand beside the envelope's own member of that name\n  help: give it another name, as in `detail = \"…\"`, or write `details` instead of `..details` in the envelope",
    );
    const _: () = __p::check_shared_code(&__SPECS[6], &__SPECS[7]);
    #[automatically_derived]
    impl __p::ApiError for StoryError {
        fn __errorbook_look(&self, __look: &mut __p::Look<'_>) {
            __look.at(&__SPECS, &__BODIES);
            let __row = match self {
                Self::OutOfCredits {
                    need: __field_need,
                    have: __field_have,
                    width: __field_width,
                    ..
                } => {
                    return __look
                        .many(
                            0,
                            &[
                                __field_need,
                                &__p::ByTraits::NOTHING
                                    .shown(__p::displayed::<Credits>(__field_have))
                                    .json(__p::serialized::<Credits>(__field_have)),
                                &__p::ByTraits::NOTHING
                                    .shown(
                                        &__p::format_args!(
                                            "{__value:>__count_width$}", __value =
                                            __p::formatted::Display:: < Credits > (__field_have),
                                            __count_width = __p::counts_as_the_field_says:: < usize >
                                            (__field_width)
                                        ),
                                    ),
                            ],
                        );
                }
                Self::RateLimited { wait: __field_wait, r#type: __field_type, .. } => {
                    return __look
                        .two(
                            1,
                            &__p::ByTraits::NOTHING
                                .wait(
                                    __p::waits_as_the_field_says::<
                                        Option<Duration>,
                                    >(__field_wait),
                                ),
                            &__p::ByTraits::NOTHING
                                .header(
                                    __p::Header::<Option<String>>(__field_type)
                                        .__errorbook_value(),
                                ),
                        );
                }
                Self::Invalid {
                    0: __field_0,
                    1: __field_1,
                    2: __field_2,
                    3: __field_3,
                    ..
                } => {
                    return __look
                        .many(
                            2,
                            &[
                                &__p::ByTraits::NOTHING
                                    .json(__p::serialized::<Vec<Problem>>(__field_3)),
                                &*__field_0,
                                __field_1,
                                __field_2,
                                &__p::ByTraits::NOTHING
                                    .shown(
                                        &__p::format_args!(
                                            "{__value:?}", __value = __p::formatted::Debug:: < String >
                                            (__field_1)
                                        ),
                                    ),
                            ],
                        );
                }
                Self::NotFound { .. } => {
                    return __look
                        .one(
                            3,
                            &__p::ByTraits::NOTHING
                                .shown(__p::display_is_the_message::<Self>(self)),
                        );
                }
                Self::Crashed { .. } => 4,
                Self::Busy { .. } => 5,
                Self::Broken { .. } => 6,
                Self::Full { .. } => {
                    return __look
                        .one(
                            7,
                            &__p::ByTraits::NOTHING
                                .shown(__p::display_is_the_message::<Self>(self)),
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
            title: "Stories",
            specs: &__SPECS,
            description: "What can go wrong with a story.",
            envelope: __p::Some(__ENVELOPE),
            backoff: __BACKOFF,
            shared_codes: &["INTERNAL"],
            schemas: __p::schemas!(
                "OutOfCredits" "have" { Credits } "Invalid" "3" { Vec < Problem > }
            ),
            ..__p::Catalog::NOTHING
        };
        const CODES: &'static __p::Codes = &__p::Codes::new(
            &__SPECS,
            &[
                12981800276469850212, 4655878934926615354, 4384553811495809008,
                9487927659323609457, 6743886420713319481, 1470093944271495904,
                2748462485966711808, 2748462485966711808,
            ],
        );
    }
    __p::integrations! {
        {} { StoryError } {} { axum }
    }
};
