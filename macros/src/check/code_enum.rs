//! The rules of `codes`. Takes a declaration whose codes are to be an enum; reports what that cannot hold.

use crate::errors::Errors;
use crate::lang::Reason;
use crate::model::Input;

pub(super) fn check(input: &Input<'_>, errors: &mut Errors) {
    let Some(codes) = input.code_enum() else { return };
    if codes.ident == input.ident {
        let reason = Reason::new(
            format!("`{}` is the name of the type itself", input.ident),
            "give the enum of its codes a name of its own, as in `codes = StoryCode`",
        );
        errors.at(codes.ident, &reason);
    }
    // Which codes a parameter has is not known where the enum stands.
    for (_, field) in codes.held.iter().filter(|(_, field)| input.outside(field).is_none()) {
        let reason = Reason::new(
            format!("an enum of codes cannot hold those of `{}`, which has parameters", field.type_text()),
            format!("take `codes` away from `{}`, or hold a type without parameters", input.ident),
        )
        .with_note("the enum stands beside the type and has none, so that clients can name it");
        errors.at(field.ty, &reason);
    }
}
