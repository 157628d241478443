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
        &[
            __p::Step::Text("{\"error\":{\"code\":"),
            __p::Step::Value(__p::Slot::Code),
            __p::Step::Text(",\"message\":\""),
            __p::Step::Bare(__p::Slot::Message),
            __p::Step::Text("\""),
            __p::Step::Optional {
                lead: "\"id\":",
                slot: __p::Slot::RequestId,
            },
            __p::Step::Text("}}"),
        ],
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
        &[
            __p::Step::Text("{"),
            __p::Step::Optional {
                lead: "\"first\":",
                slot: __p::Slot::Title,
            },
            __p::Step::Comma,
            __p::Step::Text("\"detail\":\""),
            __p::Step::Bare(__p::Slot::Message),
            __p::Step::Text("\",\"say \\\"é\\\"\":[true,-1.5,"),
            __p::Step::Value(__p::Slot::StatusString),
            __p::Step::Group {
                lead: "{",
                steps: &[
                    __p::Step::Optional {
                        lead: "\"run\":",
                        slot: __p::Slot::Context("run_id"),
                    },
                    __p::Step::Text("}"),
                ],
            },
            __p::Step::Text("]"),
            __p::Step::Spread {
                fixed: &["first", "detail", "say \"é\"", "last"],
            },
            __p::Step::Text(",\"last\":{"),
            __p::Step::Spread {
                fixed: &["type"],
            },
            __p::Step::Comma,
            __p::Step::Text("\"type\":"),
            __p::Step::Value(__p::Slot::Meta("type")),
            __p::Step::Text("}}"),
        ],
    )
};

const MISTAKEN: Envelope = {
    use ::errorbook::__private as __p;
    ::core::compile_error! {
        "unknown slot `cod`\n  help: did you mean `code`?"
    }
    __p::NO_ENVELOPE
};
