//! The enum of a type's codes. Takes the names of its variants; gives the enum, which stands beside the type, and the
//! impls that know which row of the table each variant is. What does not depend on the rows is the runtime's.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::lang::code;
use crate::model::code_enum::CodeEnum;
use crate::model::{Field, Input, Variant};
use crate::tokens::as_ours;

#[derive(Default)]
pub(super) struct CodeEnumTokens {
    pub(super) item: TokenStream,
    /// In the impl of `Catalogued`: those that hold the type ask there, whether it has codes or not.
    pub(super) associated: TokenStream,
    pub(super) impls: TokenStream,
}

// #[api(codes = StoryCode)] pub enum StoryError { NotFound, #[api(transparent)] Billing(BillingError) }    becomes
//     #[derive(…)] #[non_exhaustive]
//     pub enum StoryCode {
//         NotFound,
//         Billing(<BillingError as ::errorbook::__private::Catalogued>::__ErrorbookCode),
//         Unknown(::errorbook::UnknownCode),
//     }
// and    impl __p::CodeEnum for StoryCode { … }    __p::impls_of_codes! { StoryCode }
/// Where the type has mistakes, it has no rows.
pub(super) fn expand(input: &Input<'_>, has_rows: bool) -> CodeEnumTokens {
    // Where it has the type's name, which is reported, rustc would say so too.
    let Some(codes) = input.code_enum().filter(|codes| codes.ident != input.ident) else {
        return CodeEnumTokens {
            associated: quote!(
                type __ErrorbookCode = __p::NoCodes;
            ),
            ..Default::default()
        };
    };
    let ident = codes.ident;
    CodeEnumTokens {
        item: expand_item(input, &codes),
        associated: quote!(type __ErrorbookCode = #ident;),
        impls: expand_impls(input, &codes, has_rows),
    }
}

fn expand_item(input: &Input<'_>, codes: &CodeEnum<'_>) -> TokenStream {
    let (runtime, vis, ident) = (input.runtime(), input.vis, codes.ident);
    let doc = format!(
        "The codes of [`{}`]: what a client matches on, whatever can be made of the rest of a response.",
        input.ident
    );
    let own = codes.own.iter().map(|(name, _, variant)| {
        let doc = doc_of(variant);
        quote!(#[doc = #doc] #name,)
    });
    let held = codes.held.iter().map(|(name, field)| {
        let doc = format!("A code of `{}`.", field.type_text());
        let held = expand_held(input, field);
        quote!(#[doc = #doc] #name(#held),)
    });
    let unknown = &codes.unknown;
    let allowed = super::expand_allowed(input);
    quote! {
        #allowed
        #[doc = #doc]
        #[derive(
            #runtime::__private::Clone,
            #runtime::__private::Debug,
            #runtime::__private::PartialEq,
            #runtime::__private::Eq,
            #runtime::__private::Hash,
        )]
        #[non_exhaustive]
        #vis enum #ident {
            #(#own)*
            #(#held)*
            #[doc = "A code that is none of these, as it was sent: that of a newer version of the service, say."]
            #unknown(#runtime::UnknownCode),
        }
    }
}

// BillingError    becomes    <BillingError as ::errorbook::__private::Catalogued>::__ErrorbookCode
fn expand_held(input: &Input<'_>, field: &Field<'_>) -> TokenStream {
    let runtime = input.runtime();
    match input.outside(field) {
        Some(ty) => quote!(<#ty as #runtime::__private::Catalogued>::__ErrorbookCode),
        // Which is reported.
        None => quote!(#runtime::UnknownCode),
    }
}

/// When it happens, and the code itself.
fn doc_of(variant: &Variant<'_>) -> String {
    let description = variant.description();
    let text = if description.is_empty() { format!("{}.", variant.title()) } else { description };
    format!("{text}\n\nThe code `{}`.", variant.code)
}

fn expand_impls(input: &Input<'_>, codes: &CodeEnum<'_>, has_rows: bool) -> TokenStream {
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    let (ident, code_enum, unknown) = (as_ours(input.ident), codes.ident, &codes.unknown);
    let declared = if has_rows { expand_declared(codes) } else { quote!(loop {}) };
    let known = codes.own.iter().map(|(name, _, variant)| {
        let hash = Literal::u64_unsuffixed(code::hash(&variant.code));
        quote!(#hash => __p::code_is(Self::#name, __code),)
    });
    let tried = codes.held.iter().map(|(name, field)| {
        let held = expand_held(input, field);
        quote!(if let __p::Some(__held) = <#held as __p::CodeEnum>::__errorbook_known(__hash, __code) {
            return __p::Some(Self::#name(__held));
        })
    });
    let known = quote! {
        let __own = match __hash { #(#known)* _ => __p::None };
        if let __p::Some(_) = __own {
            return __own;
        }
        #(#tried)*
        __p::None
    };
    let known = if has_rows { known } else { quote!(__p::None) };
    // Once, at the type that lacks it.
    let checks = codes.held.iter().filter(|_| has_rows).filter_map(|(_, field)| {
        let ty = input.outside(field)?;
        Some(quote!(const _: () = __p::has_codes::<#ty>();))
    });
    quote! {
        #(#checks)*

        #[automatically_derived]
        impl #impl_generics __p::Coded for #ident #ty_generics #where_clause {
            type Code = #code_enum;
        }

        #[automatically_derived]
        impl __p::CodeEnum for #code_enum {
            fn __errorbook_known(__hash: u64, __code: &__p::str) -> __p::Option<Self> {
                #known
            }

            fn __errorbook_unknown(__code: __p::UnknownCode) -> Self {
                Self::#unknown(__code)
            }

            fn __errorbook_declared(&self) -> __p::Declared<'_> {
                #declared
            }
        }

        __p::impls_of_codes! { #code_enum }
    }
}

// StoryCode with NotFound and Billing    becomes
//     match self {
//         Self::NotFound => __p::Declared::As(&__SPECS[0]),
//         Self::Billing(__held) => __p::CodeEnum::__errorbook_declared(__held),
//         Self::Unknown(__unknown) => __p::Declared::Not(__unknown),
//     }
fn expand_declared(codes: &CodeEnum<'_>) -> TokenStream {
    let unknown = &codes.unknown;
    let held = codes
        .held
        .iter()
        .map(|(name, _)| quote!(Self::#name(__held) => __p::CodeEnum::__errorbook_declared(__held),));
    let others = quote!(#(#held)* Self::#unknown(__unknown) => __p::Declared::Not(__unknown),);
    let arms = codes.own.iter().map(|(name, row, _)| {
        let row = Literal::usize_unsuffixed(*row);
        quote!(Self::#name => __p::Declared::As(&__SPECS[#row]),)
    });
    quote!(match self { #(#arms)* #others })
}
