const _: () = {
    use ::errorbook::__private as __p;
    use __p::AnyHeader as _;
    static __SPECS: [__p::ErrorSpec; 3usize] = [
        __p::ErrorSpec {
            name: "Taken",
            code: "taken",
            status: 409,
            title: "Taken",
            message: "Option<T>\0[u8; N]\0\0`{id}` is taken by {by:?}, {n:?}.",
            more: &__p::MoreSpec {
                fields: &[
                    __p::FieldSpec {
                        name: "id",
                        ty: "&'a T",
                        optional: false,
                        detail: __p::Some("id"),
                        ..__p::FieldSpec::PLAIN
                    },
                    __p::FieldSpec {
                        name: "again",
                        ty: "&'a T",
                        optional: false,
                        detail: __p::Some("again"),
                        ..__p::FieldSpec::PLAIN
                    },
                ],
                ..__p::MoreSpec::TEMPLATE
            },
        },
        __p::ErrorSpec {
            name: "RateLimited",
            code: "rate_limited",
            status: 429,
            title: "Rate limited",
            message: "Slow down.",
            more: &__p::MoreSpec {
                fields: &[
                    __p::FieldSpec {
                        name: "wait",
                        ty: "E",
                        optional: false,
                        retry_after: true,
                        ..__p::FieldSpec::PLAIN
                    },
                    __p::FieldSpec {
                        name: "left",
                        ty: "Option<T>",
                        optional: true,
                        headers: &["X-Left"],
                        ..__p::FieldSpec::PLAIN
                    },
                ],
                ..__p::MoreSpec::CONSTANT
            },
        },
        __p::ErrorSpec {
            name: "Other",
            code: "other",
            status: 404,
            title: "Other",
            message: "",
            more: __p::row::DISPLAY,
        },
    ];
    static __BODIES: [__p::PreparedBodies; 3usize] = [const {
        __p::PreparedBodies::new()
    }; 3usize];
    #[automatically_derived]
    impl<'a, T: Copy, E, const N: usize> __p::ApiError for Error<'a, T, E, N>
    where
        E: std::error::Error,
        &'a T: __p::Serialize,
        &'a T: __p::fmt::Display,
        Option<T>: __p::fmt::Debug,
        E: __p::Wait,
        T: __p::Display,
        Error<'a, T, E, N>: __p::Display,
        Box<E>: __p::Catalogued,
        E: Send,
        Option<Error<'a, T, E, N>>: Sized,
    {
        fn __errorbook_look(&self, __look: &mut __p::Look<'_>) {
            __look.at(&__SPECS, &__BODIES);
            match self {
                Self::Taken {
                    id: __field_id,
                    by: __field_by,
                    again: __field_again,
                    n: __field_n,
                    ..
                } => {
                    return __look
                        .many(
                            0,
                            &[
                                &__p::ByTraits::NOTHING
                                    .shown(__p::displayed::<&'a T>(__field_id))
                                    .json(__p::serialized::<&'a T>(__field_id)),
                                &__p::ByTraits::NOTHING
                                    .json(__p::serialized::<&'a T>(__field_again)),
                                &__p::ByTraits::NOTHING,
                                &__p::ByTraits::NOTHING,
                                &__p::ByTraits::NOTHING
                                    .shown(
                                        &__p::format_args!(
                                            "{__value:?}", __value = __p::formatted::Debug:: < Option <
                                            T > > (__field_by)
                                        ),
                                    ),
                                &__p::ByTraits::NOTHING
                                    .shown(
                                        &__p::format_args!(
                                            "{__value:?}", __value = __p::formatted::Debug:: < [u8; N] >
                                            (__field_n)
                                        ),
                                    ),
                            ],
                        );
                }
                Self::RateLimited { wait: __field_wait, left: __field_left, .. } => {
                    return __look
                        .two(
                            1,
                            &__p::ByTraits::NOTHING
                                .wait(__p::waits_as_the_field_says::<E>(__field_wait)),
                            &__p::ByTraits::NOTHING
                                .header(
                                    __p::Header::<Option<T>>(__field_left).__errorbook_value(),
                                ),
                        );
                }
                Self::Other { .. } => {
                    return __look
                        .one(
                            2,
                            &__p::ByTraits::NOTHING
                                .shown(__p::display_is_the_message::<Self>(self)),
                        );
                }
                Self::Held { 0: __field_0, .. } => {
                    return __p::ApiError::__errorbook_look(
                        (__p::held::<Box<E>>().erased)(__field_0),
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
    impl<'a, T: Copy, E, const N: usize> __p::Catalogued for Error<'a, T, E, N>
    where
        E: std::error::Error,
        &'a T: __p::Serialize,
        &'a T: __p::fmt::Display,
        Option<T>: __p::fmt::Debug,
        E: __p::Wait,
        T: __p::Display,
        Error<'a, T, E, N>: __p::Display,
        Box<E>: __p::Catalogued,
        E: Send,
        Option<Error<'a, T, E, N>>: Sized,
    {
        type __ErrorbookCode = __p::NoCodes;
        const CATALOG: &'static __p::Catalog = &__p::Catalog {
            type_name: "Error",
            title: "Error",
            specs: &__SPECS,
            nested: &[(3usize, __p::held::<Box<E>>().catalog)],
            ..__p::Catalog::NOTHING
        };
        const LISTS: &'static [&'static __p::Codes] = &[
            &__p::Codes::new(
                &__SPECS,
                &[14085519287330561864, 16189517600747389978, 730899674924722773],
            ),
            __p::held::<Box<E>>().codes,
        ];
        const CODES: &'static __p::Codes = &__p::Codes::of_flat(
            <Self as __p::Catalogued>::FLAT,
        );
    }
    __p::integrations! {
        { < 'a, T : Copy, E, const N : usize > } { Error < 'a, T, E, N > } { where E :
        std::error::Error, & 'a T : __p::Serialize, & 'a T : __p::fmt::Display, Option <
        T > : __p::fmt::Debug, E : __p::Wait, T : __p::Display, Error < 'a, T, E, N > :
        __p::Display, Box < E > : __p::Catalogued, E : Send, Option < Error < 'a, T, E, N
        > > : Sized, } {}
    }
};
