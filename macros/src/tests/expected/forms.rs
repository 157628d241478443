const _: () = {
    use ::errorbook::__private as __p;
    use __p::AnyHeader as _;
    static __SPECS: [__p::ErrorSpec; 1usize] = [
        __p::ErrorSpec {
            name: "Limited",
            code: "limited",
            status: 429,
            title: "Limited",
            message: "\0Wait {wait_for:?}.",
            more: &__p::MoreSpec {
                fields: &[
                    __p::FieldSpec {
                        name: "wait_for",
                        ty: "Duration",
                        optional: false,
                        detail: __p::Some("waitFor"),
                        null: true,
                        with: __p::Some("Duration::as_millis"),
                        retry_after: true,
                        ..__p::FieldSpec::PLAIN
                    },
                    __p::FieldSpec {
                        name: "left",
                        ty: "Option<T>",
                        optional: true,
                        detail: __p::Some("left"),
                        with: __p::Some("Self::in_hours"),
                        headers: &["X-Left"],
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
    const __OWN: &__p::Codes = &__p::Codes::new(&__SPECS, &[5889379875345365573]);
    const __HELD: [(&__p::str, &__p::Codes); 3] = [
        ("TaskError", __p::held::<TaskError>().codes),
        ("Box<TaskError>", __p::held::<Box<TaskError>>().codes),
        ("TaskError", __p::held::<TaskError>().codes),
    ];
    const __MERGED: &__p::Merged<{ __p::count_codes(__OWN, &__HELD) }, 3> = &__p::merge(
        __OWN,
        &__HELD,
    );
    const _: () = __p::check_held("IndexError", &__HELD, __MERGED, 0, __p::None);
    const _: () = __p::check_held("IndexError", &__HELD, __MERGED, 1, __p::None);
    const _: () = __p::check_held("IndexError", &__HELD, __MERGED, 2, __p::None);
    #[automatically_derived]
    impl<T> __p::ApiError for IndexError<T>
    where
        T: __p::fmt::Display,
        T: __p::fmt::Debug,
        T: __p::Catalogued,
        IndexError<T>: __p::Display,
        IndexError<T>: __p::Error,
    {
        fn __errorbook_look(&self, __look: &mut __p::Look<'_>) {
            __look.at(&__SPECS, &__BODIES);
            match self {
                Self::Limited { wait_for: __field_wait_for, left: __field_left, .. } => {
                    return __look
                        .many(
                            0,
                            &[
                                &__p::ByTraits::NOTHING
                                    .json(
                                        &__p::made(|| Duration::as_millis(&*__field_wait_for)),
                                    )
                                    .wait(
                                        __p::waits_as_the_field_says::<Duration>(__field_wait_for),
                                    ),
                                &__p::ByTraits::NOTHING
                                    .json(&__p::made(|| Self::in_hours(&*__field_left)))
                                    .header(
                                        __p::Some(
                                            &__p::made_header(|__out| __p::write_header(
                                                __p::Header(&Self::in_hours(&*__field_left))
                                                    .__errorbook_value(),
                                                __out,
                                            )),
                                        ),
                                    ),
                                &__p::ByTraits::NOTHING
                                    .shown(
                                        &__p::format_args!(
                                            "{__value:?}", __value = __p::formatted::Debug:: < Duration
                                            > (__field_wait_for)
                                        ),
                                    ),
                            ],
                        );
                }
                Self::Task {
                    index: __field_index,
                    width: __field_width,
                    error: __field_error,
                    ..
                } => {
                    let __held = (__p::held::<TaskError>().erased)(__field_error);
                    return __look
                        .in_words(
                            __held,
                            __p::format_args!(
                                "{{{__1:}}} {__3:>__count_width$}, {__5:<__count_width$?}.",
                                __1 = __p::formatted::Display:: < T > (__field_index), __3 =
                                __p::MessageOf(__held), __5 = __p::formatted::Debug:: < T >
                                (__field_index), __count_width =
                                __p::counts_as_the_field_says:: < usize > (__field_width)
                            ),
                        );
                }
                Self::Constant { 1: __field_1, .. } => {
                    let __held = (__p::held::<Box<TaskError>>().erased)(__field_1);
                    return __look.in_words(__held, __p::format_args!("Held."));
                }
                Self::Shown { 1: __field_1, .. } => {
                    let __held = (__p::held::<T>().erased)(__field_1);
                    return __look
                        .in_words(
                            __held,
                            __p::format_args!(
                                "{}", __p::display_is_the_message:: < Self > (self)
                            ),
                        );
                }
                Self::Silent { 1: __field_1, .. } => {
                    return __p::ApiError::__errorbook_look(
                        (__p::held::<TaskError>().erased)(__field_1),
                        __look,
                    );
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
    impl<T> __p::Catalogued for IndexError<T>
    where
        T: __p::fmt::Display,
        T: __p::fmt::Debug,
        T: __p::Catalogued,
        IndexError<T>: __p::Display,
        IndexError<T>: __p::Error,
    {
        type __ErrorbookCode = __p::NoCodes;
        const CATALOG: &'static __p::Catalog = &__p::Catalog {
            type_name: "IndexError",
            title: "Index error",
            specs: &__SPECS,
            nested: &[
                (1usize, __p::held::<TaskError>().catalog),
                (1usize, __p::held::<Box<TaskError>>().catalog),
                (1usize, __p::held::<T>().catalog),
                (1usize, __p::held::<TaskError>().catalog),
            ],
            nested_messages: &[
                __p::Some(
                    __p::MessageSource::Template(
                        "{{{index}}} {error:>width$}, {index:<width$?}.",
                    ),
                ),
                __p::Some(__p::MessageSource::Template("Held.")),
                __p::Some(__p::MessageSource::Display(__p::Some("at {0}: {1}"))),
                __p::None,
            ],
            ..__p::Catalog::NOTHING
        };
        const LISTS: &'static [&'static __p::Codes] = &[
            &__p::Codes::of_merged(__MERGED),
            __p::held::<T>().codes,
        ];
        const CODES: &'static __p::Codes = &__p::Codes::of_flat(
            <Self as __p::Catalogued>::FLAT,
        );
    }
    __p::integrations! {
        { < T > } { IndexError < T > } { where T : __p::fmt::Display, T :
        __p::fmt::Debug, T : __p::Catalogued, IndexError < T > : __p::Display, IndexError
        < T > : __p::Error, } {}
    }
};
