use errorbook::{Envelope, envelope};

const CONTEXT: Envelope = envelope!({
    "code": code, "v0": context.v0?, "v1": context.v1?, "v2": context.v2?, "v3": context.v3?, "v4": context.v4?, "v5": context.v5?, "v6": context.v6?, "v7": context.v7?, "v8": context.v8?, "v9": context.v9?, "v10": context.v10?, "v11": context.v11?, "v12": context.v12?, "v13": context.v13?, "v14": context.v14?, "v15": context.v15?, "v16": context.v16?
});

const SPREADS: Envelope = envelope!({
    "code": code, "s0": { ..details }?, "s1": { ..details }?, "s2": { ..details }?, "s3": { ..details }?, "s4": { ..details }?, "s5": { ..details }?, "s6": { ..details }?, "s7": { ..details }?, "s8": { ..details }?
});

fn main() {}
