const _: () = {
    use ::errorbook::__private as __p;
    static __SPECS: [__p::ErrorSpec; 8usize] = [
        __p::ErrorSpec {
            name: "NotFound",
            code: "not_found",
            status: 404,
            title: "Not found",
            message: "No such story.",
            more: __p::row::CONSTANT,
        },
        __p::ErrorSpec {
            name: "OutOfCredits",
            code: "out_of_credits",
            status: 402,
            title: "Out of credits",
            message: "Out of credits.",
            more: &__p::MoreSpec {
                fields: &[
                    __p::FieldSpec {
                        name: "need",
                        ty: "u64",
                        optional: false,
                        detail: __p::Some("need"),
                        ..__p::FieldSpec::PLAIN
                    },
                    __p::FieldSpec {
                        name: "type",
                        ty: "T",
                        optional: false,
                        detail: __p::Some("by"),
                        ..__p::FieldSpec::PLAIN
                    },
                    __p::FieldSpec {
                        name: "wait",
                        ty: "Duration",
                        optional: false,
                        retry_after: true,
                        ..__p::FieldSpec::PLAIN
                    },
                ],
                ..__p::MoreSpec::CONSTANT
            },
        },
        __p::ErrorSpec {
            name: "Invalid",
            code: "invalid",
            status: 422,
            title: "Invalid",
            message: "Not right.",
            more: &__p::MoreSpec {
                fields: &[
                    __p::FieldSpec {
                        name: "0",
                        ty: "Vec<T>",
                        optional: false,
                        details: true,
                        ..__p::FieldSpec::PLAIN
                    },
                ],
                ..__p::MoreSpec::CONSTANT
            },
        },
        __p::ErrorSpec {
            name: "Slow",
            code: "slow",
            status: 408,
            title: "Slow",
            message: "Too slow.",
            more: &__p::MoreSpec {
                fields: &[
                    __p::FieldSpec {
                        name: "0",
                        ty: "Duration",
                        optional: false,
                        detail: __p::Some("after"),
                        with: __p::Some("Duration::as_secs"),
                        ..__p::FieldSpec::PLAIN
                    },
                ],
                ..__p::MoreSpec::CONSTANT
            },
        },
        __p::ErrorSpec {
            name: "Storage",
            code: "storage",
            status: 500,
            title: "Storage",
            message: "",
            more: __p::row::REASON_PHRASE,
        },
        __p::ErrorSpec {
            name: "Render",
            code: "render",
            status: 500,
            title: "Render",
            message: "",
            more: __p::row::REASON_PHRASE,
        },
        __p::ErrorSpec {
            name: "Busy",
            code: "unavailable",
            status: 503,
            title: "Busy",
            message: "Busy.",
            more: &__p::MoreSpec {
                fields: &[
                    __p::FieldSpec {
                        name: "by",
                        ty: "Weekday",
                        optional: false,
                        detail: __p::Some("by"),
                        ..__p::FieldSpec::PLAIN
                    },
                ],
                ..__p::MoreSpec::CONSTANT
            },
        },
        __p::ErrorSpec {
            name: "Closed",
            code: "unavailable",
            status: 503,
            title: "Closed",
            message: "Closed.",
            more: __p::row::CONSTANT,
        },
    ];
    static __BODIES: [__p::PreparedBodies; 8usize] = [const {
        __p::PreparedBodies::new()
    }; 8usize];
    const __OWN: &__p::Codes = &__p::Codes::new(
        &__SPECS,
        &[
            16873652442488775153, 5176917967184753804, 3163057854855257040,
            7671621488192924856, 14920524969422860966, 4124982108956774541,
            9455754526013344841, 9455754526013344841,
        ],
    );
    const __HELD: [(&__p::str, &__p::Codes); 3] = [
        ("BillingError", __p::held::<BillingError>().codes),
        ("Box<StepError>", __p::held::<Box<StepError>>().codes),
        ("SealedError", __p::held::<SealedError>().codes),
    ];
    const __MERGED: &__p::Merged<{ __p::count_codes(__OWN, &__HELD) }, 3> = &__p::merge(
        __OWN,
        &__HELD,
    );
    const _: () = __p::check_held("StoryError", &__HELD, __MERGED, 0, __p::None);
    const _: () = __p::check_held("StoryError", &__HELD, __MERGED, 1, __p::None);
    const _: () = __p::check_held("StoryError", &__HELD, __MERGED, 2, __p::None);
    const _: () = __p::check_shared_code(&__SPECS[6], &__SPECS[7]);
    #[automatically_derived]
    impl<'a, T> __p::ApiError for StoryError<'a, T>
    where
        T: __p::Serialize,
        T: __p::DeserializeOwned,
        Vec<T>: __p::Serialize,
        Vec<T>: __p::DeserializeOwned,
    {
        fn __errorbook_look(&self, __look: &mut __p::Look<'_>) {
            __look.at(&__SPECS, &__BODIES);
            let __row = match self {
                Self::NotFound { .. } => 0,
                Self::OutOfCredits {
                    need: __field_need,
                    r#type: __field_type,
                    wait: __field_wait,
                    ..
                } => {
                    return __look
                        .many(
                            1,
                            &[
                                __field_need,
                                &__p::ByTraits::NOTHING
                                    .json(__p::serialized::<T>(__field_type)),
                                &__p::ByTraits::NOTHING
                                    .wait(
                                        __p::waits_as_the_field_says::<Duration>(__field_wait),
                                    ),
                            ],
                        );
                }
                Self::Invalid { 0: __field_0, .. } => {
                    return __look
                        .one(
                            2,
                            &__p::ByTraits::NOTHING
                                .json(__p::serialized::<Vec<T>>(__field_0)),
                        );
                }
                Self::Slow { 0: __field_0, .. } => {
                    return __look
                        .one(
                            3,
                            &__p::ByTraits::NOTHING
                                .json(&__p::made(|| Duration::as_secs(&*__field_0))),
                        );
                }
                Self::Storage { .. } => 4,
                Self::Render { .. } => 5,
                Self::Busy { by: __field_by, .. } => {
                    return __look
                        .one(
                            6,
                            &__p::ByTraits::NOTHING
                                .json(__p::serialized::<Weekday>(__field_by)),
                        );
                }
                Self::Closed { .. } => 7,
                Self::Billing { 0: __field_0, .. } => {
                    return __p::ApiError::__errorbook_look(
                        (__p::held::<BillingError>().erased)(__field_0),
                        __look,
                    );
                }
                Self::Step { step: __field_step, error: __field_error, .. } => {
                    let __held = (__p::held::<Box<StepError>>().erased)(__field_error);
                    return __look
                        .in_words(
                            __held,
                            __p::format_args!(
                                "At {__1:?}: {__3:}", __1 = __p::formatted::Debug:: < Option
                                < u32 > > (__field_step), __3 = __p::MessageOf(__held)
                            ),
                        );
                }
                Self::Sealed { 0: __field_0, .. } => {
                    return __p::ApiError::__errorbook_look(
                        (__p::held::<SealedError>().erased)(__field_0),
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
            __p::without_client! {
                __p::reads_as:: < _, Duration, _ > (Duration::from_secs);
            }
            self
        }
        fn __errorbook_logged(&self) -> __p::Logged<'_> {
            use __p::{LoggedByDisplay as _, LoggedByNothing as _};
            (&__p::Probe(self)).__errorbook_logged()
        }
    }
    #[automatically_derived]
    impl<'a, T> __p::Catalogued for StoryError<'a, T>
    where
        T: __p::Serialize,
        T: __p::DeserializeOwned,
        Vec<T>: __p::Serialize,
        Vec<T>: __p::DeserializeOwned,
    {
        type __ErrorbookCode = __p::NoCodes;
        const CATALOG: &'static __p::Catalog = &__p::Catalog {
            type_name: "StoryError",
            title: "Story error",
            specs: &__SPECS,
            shared_codes: &["unavailable"],
            schemas: __p::schemas!("Busy" "by" { Weekday }),
            nested: &[
                (8usize, __p::held::<BillingError>().catalog),
                (8usize, __p::held::<Box<StepError>>().catalog),
                (8usize, __p::held::<SealedError>().catalog),
            ],
            nested_messages: &[
                __p::None,
                __p::Some(__p::MessageSource::Template("At {step:?}: {error}")),
                __p::None,
            ],
            ..__p::Catalog::NOTHING
        };
        const CODES: &'static __p::Codes = &__p::Codes::of_merged(__MERGED);
        __p::decode! {
            fn __errorbook_rebuild(__found : & mut __p::Found < '_, Self >) { match
            __found.hash() { 16873652442488775153 => { if __found.is("not_found") {
            __found.add(Self::NotFound {}); } } 5176917967184753804 => { let (mut
            __field_need, mut __field_type,) = (__p::None, __p::None,); if __found
            .members("out_of_credits", & mut [__p::Member("need", __p::plain:: < u64 > (&
            mut __field_need)), __p::Member("by", __p::plain:: < T > (& mut
            __field_type))]) { if let (__p::Some(__field_need), __p::Some(__field_type),
            __p::Some(__field_wait),) = (__field_need, __field_type, __p::waited:: <
            Duration > (__found.wait()),) { __found.add(Self::OutOfCredits { need :
            __field_need, r#type : __field_type, trace : __p::None, wait : __field_wait,
            }); } } } 3163057854855257040 => { let (mut __field_0,) = (__p::None,); if
            __found.whole("invalid", __p::plain:: < Vec < T > > (& mut __field_0)) { if
            let (__p::Some(__field_0),) = (__field_0,) { __found.add(Self::Invalid { 0 :
            __field_0, 1 : __p::PhantomData, }); } } } 7671621488192924856 => { let (mut
            __field_0,) = (__p::None,); if __found.members("slow", & mut
            [__p::Member("after", & mut __p::made_of:: < _, Duration, _ >
            (Duration::from_secs, & mut __field_0))]) { if let (__p::Some(__field_0),) =
            (__field_0,) { __found.add(Self::Slow { 0 : __field_0, }); } } }
            9455754526013344841 => { let (mut __field_by,) = (__p::None,); if __found
            .members("unavailable", & mut [__p::Member("by", __p::plain:: < Weekday > (&
            mut __field_by))]) { if let (__p::Some(__field_by),) = (__field_by,) {
            __found.add(Self::Busy { by : __field_by, }); } } __found.unknowable(); }
            14920524969422860966 | 4124982108956774541 => __found.unknowable(), _ => {} }
            __found.held:: < BillingError > (| __held | Self::Billing { 0 : __held, });
            __found.held:: < Box < StepError > > (| __held | Self::Step { step :
            __p::None, error : __held, }); __found.unknowable_held:: < SealedError > ();
            }
        }
    }
    __p::integrations! {
        { < 'a, T > } { StoryError < 'a, T > } { where T : __p::Serialize, T :
        __p::DeserializeOwned, Vec < T > : __p::Serialize, Vec < T > :
        __p::DeserializeOwned, } {}
    }
};
