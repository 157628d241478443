#[allow(deprecated, unused_qualifications)]
const _: () = {
    use ::errorbook::__private as __p;
    use __p::AnyHeader as _;
    static __SPECS: [__p::ErrorSpec; 3usize] = [
        __p::ErrorSpec {
            name: "Taken",
            code: "taken",
            status: 409,
            title: "Taken",
            message: "`{id}` is taken by {by:?}, {n:?}.",
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
                has_details: true,
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
                has_header_fields: true,
                has_wait: true,
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
        Self: __p::Display,
        Box<E>: __p::Catalogued,
    {
        fn __errorbook_declared(&self) -> __p::Declared {
            __p::Declared::nth(
                &__SPECS,
                &__BODIES,
                match self {
                    Self::Taken { .. } => 0,
                    Self::RateLimited { .. } => 1,
                    Self::Other { .. } => 2,
                    Self::Held { 0: __field_0, .. } => {
                        return __p::ApiError::__errorbook_declared(
                            (__p::held::<Box<E>>().erased)(__field_0),
                        );
                    }
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
                Self::Taken { id: __field_id, by: __field_by, n: __field_n, .. } => {
                    __out
                        .many(
                            &[
                                &__p::by_display::<&'a T>(__field_id),
                                &__p::ByDisplay(
                                    &__p::format_args!(
                                        "{__value:?}", __value = __p::formatted::Debug:: < Option <
                                        T > > (__field_by)
                                    ),
                                ),
                                &__p::ByDisplay(
                                    &__p::format_args!(
                                        "{__value:?}", __value = __p::formatted::Debug:: < [u8; N] >
                                        (__field_n)
                                    ),
                                ),
                            ],
                        )
                }
                Self::Held { 0: __field_0, .. } => {
                    __p::ApiError::__errorbook_message(
                        (__p::held::<Box<E>>().erased)(__field_0),
                        __out,
                    )
                }
                Self::Other { .. } => {
                    __out.display(__p::display_is_the_message::<Self>(self))
                }
                _ => {}
            }
        }
        fn __errorbook_details(&self, __out: &mut __p::DetailsWriter<'_>) {
            match self {
                Self::Taken { id: __field_id, again: __field_again, .. } => {
                    __out
                        .members(
                            &[
                                __p::serialized::<&'a T>(__field_id),
                                __p::serialized::<&'a T>(__field_again),
                            ],
                        )
                }
                Self::Held { 0: __field_0, .. } => {
                    __p::ApiError::__errorbook_details(
                        (__p::held::<Box<E>>().erased)(__field_0),
                        __out,
                    )
                }
                _ => {}
            }
        }
        fn __errorbook_headers(&self, __out: &mut __p::HeadersWriter<'_>) {
            match self {
                Self::RateLimited { left: __field_left, .. } => {
                    __out
                        .field(
                            "X-Left",
                            __p::Header::<Option<T>>(__field_left).__errorbook_value(),
                        );
                }
                Self::Held { 0: __field_0, .. } => {
                    __p::ApiError::__errorbook_headers(
                        (__p::held::<Box<E>>().erased)(__field_0),
                        __out,
                    )
                }
                _ => {}
            }
        }
        fn __errorbook_wait(&self) -> __p::Option<__p::Duration> {
            match self {
                Self::RateLimited { wait: __field_wait, .. } => {
                    __p::waits_as_the_field_says::<E>(__field_wait)
                }
                Self::Held { 0: __field_0, .. } => {
                    __p::ApiError::__errorbook_wait(
                        (__p::held::<Box<E>>().erased)(__field_0),
                    )
                }
                _ => __p::None,
            }
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
        Self: __p::Display,
        Box<E>: __p::Catalogued,
    {
        const CATALOG: &'static __p::Catalog = &__p::Catalog::new(
            "Error",
            "",
            &__SPECS,
            &[(3usize, __p::held::<Box<E>>().catalog)],
        );
    }
    __p::axum! {
        { < 'a, T : Copy, E, const N : usize > } { Error < 'a, T, E, N > } { where E :
        std::error::Error, & 'a T : __p::Serialize, & 'a T : __p::fmt::Display, Option <
        T > : __p::fmt::Debug, E : __p::Wait, T : __p::Display, Self : __p::Display, Box
        < E > : __p::Catalogued, }
    }
};
