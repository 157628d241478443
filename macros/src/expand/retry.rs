//! Takes what was written about retry, on a type and its errors; gives the same as constants. What follows from it,
//! and from what was left out, the runtime says.

use std::time::Duration;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::lang::retry::{Wait, When};
use crate::model::{Input, Variant};

// #[api(backoff = "500ms 1s")] enum StoryError { … }    becomes
//     const __BACKOFF: &[__p::Duration] = &[__p::Duration::from_millis(500), __p::Duration::from_millis(1000)];
//     const __RETRY: __p::WrittenRule = __p::WrittenRule { backoff: __BACKOFF, ..__p::WrittenRule::NOTHING };
pub(super) fn expand_backoff(input: &Input<'_>) -> Option<TokenStream> {
    let waits = expand_schedule(input.backoff()?);
    Some(quote! {
        const __BACKOFF: &[__p::Duration] = #waits;
        const __RETRY: __p::WrittenRule = __p::WrittenRule { backoff: __BACKOFF, ..__p::WrittenRule::NOTHING };
    })
}

// retry = "after, once"    becomes
//     __p::WrittenRule { wait: __p::WrittenWait::After, times: __p::Some(1), ..__p::WrittenRule::NOTHING }
//
/// `None`: nothing was written, on the error or on its type.
pub(super) fn expand_rule(input: &Input<'_>, variant: &Variant<'_>) -> Option<TokenStream> {
    let of_type = input.backoff().map(|_| quote!(__RETRY));
    let Some(rule) = variant.rule(input) else { return of_type };
    let wait = match &rule.wait {
        Wait::None => return Some(quote!(__p::WrittenRule::NEVER)),
        Wait::After => quote!(After),
        Wait::AfterBetween(least, most) => {
            let (least, most) = (expand_duration(*least), expand_duration(*most));
            quote!(Between(#least, #most))
        }
        Wait::Backoff(None) => quote!(Backoff),
        Wait::Backoff(Some(schedule)) => {
            let schedule = expand_schedule(schedule);
            quote!(Schedule(#schedule))
        }
    };
    let times = rule.times.map(|times| {
        let times = Literal::u32_unsuffixed(times);
        quote!(times: __p::Some(#times),)
    });
    let when = rule.when.map(|when| {
        let when = match when {
            When::Always => quote!(Always),
            When::IfIdempotent => quote!(IfIdempotent),
            When::IfSafe => quote!(IfSafe),
        };
        quote!(when: __p::Some(__p::RetryWhen::#when),)
    });
    let rest = of_type.unwrap_or_else(|| quote!(__p::WrittenRule::NOTHING));
    Some(quote!(__p::WrittenRule { wait: __p::WrittenWait::#wait, #times #when ..#rest }))
}

// 1s 2s    becomes    &[__p::Duration::from_millis(1000), __p::Duration::from_millis(2000)]
fn expand_schedule(schedule: &[Duration]) -> TokenStream {
    let waits = schedule.iter().map(|wait| expand_duration(*wait));
    quote!(&[#(#waits),*])
}

// 30s    becomes    __p::Duration::from_millis(30000)
fn expand_duration(wait: Duration) -> TokenStream {
    // The language has no unit below the millisecond and no number above `u32::MAX`.
    let millis = Literal::u64_unsuffixed(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX));
    quote!(__p::Duration::from_millis(#millis))
}
