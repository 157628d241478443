const NESTED: Envelope = {
    use ::errorbook::__private as __p;
    __p::envelope(
        "application/json",
        || const { __p::HeaderValue::from_static("application/json") },
        __p::Node::Object(
            &[
                __p::Part {
                    name: "error",
                    node: __p::Node::Object(
                        &[
                            __p::Part {
                                name: "code",
                                node: __p::Node::Slot(__p::Slot::Code),
                                optional: false,
                            },
                            __p::Part {
                                name: "message",
                                node: __p::Node::Slot(__p::Slot::Message),
                                optional: false,
                            },
                            __p::Part {
                                name: "id",
                                node: __p::Node::Slot(__p::Slot::RequestId),
                                optional: true,
                            },
                        ],
                    ),
                    optional: false,
                },
            ],
        ),
    )
};

const EVERY_KIND_OF_PART: Envelope = {
    use ::other::__private as __p;
    __p::envelope(
        "application/problem+json",
        || const { __p::HeaderValue::from_static("application/problem+json") },
        __p::Node::Object(
            &[
                __p::Part {
                    name: "first",
                    node: __p::Node::Slot(__p::Slot::Title),
                    optional: true,
                },
                __p::Part {
                    name: "detail",
                    node: __p::Node::Slot(__p::Slot::Message),
                    optional: false,
                },
                __p::Part {
                    name: "say \"é\"",
                    node: __p::Node::Array(
                        &[
                            __p::Part {
                                name: "",
                                node: __p::Node::Literal("true"),
                                optional: false,
                            },
                            __p::Part {
                                name: "",
                                node: __p::Node::Literal("-1.5"),
                                optional: false,
                            },
                            __p::Part {
                                name: "",
                                node: __p::Node::Slot(__p::Slot::StatusString),
                                optional: false,
                            },
                            __p::Part {
                                name: "",
                                node: __p::Node::Object(
                                    &[
                                        __p::Part {
                                            name: "run",
                                            node: __p::Node::Slot(__p::Slot::Context("run_id")),
                                            optional: true,
                                        },
                                    ],
                                ),
                                optional: true,
                            },
                        ],
                    ),
                    optional: false,
                },
                __p::Part {
                    name: "",
                    node: __p::Node::Spread,
                    optional: false,
                },
                __p::Part {
                    name: "last",
                    node: __p::Node::Object(
                        &[
                            __p::Part {
                                name: "",
                                node: __p::Node::Spread,
                                optional: false,
                            },
                            __p::Part {
                                name: "type",
                                node: __p::Node::Slot(__p::Slot::Meta("type")),
                                optional: false,
                            },
                        ],
                    ),
                    optional: false,
                },
            ],
        ),
    )
};

const LIST: Envelope = {
    use ::errorbook::__private as __p;
    __p::envelope(
        "application/json",
        || const { __p::HeaderValue::from_static("application/json") },
        __p::Node::Array(
            &[
                __p::Part {
                    name: "",
                    node: __p::Node::Slot(__p::Slot::Code),
                    optional: false,
                },
                __p::Part {
                    name: "",
                    node: __p::Node::Spread,
                    optional: false,
                },
                __p::Part {
                    name: "",
                    node: __p::Node::Each(
                        &[
                            __p::Part {
                                name: "",
                                node: __p::Node::Object(
                                    &[
                                        __p::Part {
                                            name: "at",
                                            node: __p::Node::Slot(__p::Slot::FieldPointer),
                                            optional: false,
                                        },
                                    ],
                                ),
                                optional: false,
                            },
                            __p::Part {
                                name: "",
                                node: __p::Node::Slot(__p::Slot::Message),
                                optional: false,
                            },
                        ],
                    ),
                    optional: false,
                },
            ],
        ),
    )
};

const MISTAKEN: Envelope = {
    use ::errorbook::__private as __p;
    ::core::compile_error! {
        "unknown slot `cod`\n  help: did you mean `code`?"
    }
    __p::NO_ENVELOPE
};
