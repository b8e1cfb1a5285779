//! What stands against an action, turned into a page or into errors of the form that was sent.

use app::{ActionError, Invalid};
use web_kit::Fault;
use web_kit::form::{FieldError, FormState};

/// The page for an action that was not done, where no form can show why.
pub fn fault(error: ActionError) -> Fault {
    match error {
        ActionError::NotFound => Fault::not_found(),
        ActionError::Forbidden(capability) => Fault::forbidden().cause(capability),
        ActionError::Stale => Fault::stale(),
        ActionError::TooMany { seconds } => Fault::too_often(u64::try_from(seconds).unwrap_or(1)),
        ActionError::Refused(code) => Fault::bad_request().cause(code),
        ActionError::Invalid(fields) => Fault::bad_request().cause(format!("{fields:?}")),
        ActionError::Internal(error) => Fault::internal(format!("{error:#}")),
    }
}

/// Notes in `form` what is wrong, so that its page can be shown again with what was typed.
///
/// # Errors
/// The fault for what no form can show: not there, not allowed, changed meanwhile, our own mistakes.
pub fn note(form: &mut FormState, error: ActionError) -> Result<(), Fault> {
    match error {
        ActionError::Invalid(fields) => fields.iter().for_each(|invalid| form.refuse(field_error(invalid))),
        ActionError::Refused(code) => form.refuse(FieldError::new("", &format!("refusal.{code}"))),
        other => return Err(fault(other)),
    }
    Ok(())
}

fn field_error(invalid: &Invalid) -> FieldError {
    let code = match (invalid.code, invalid.args.is_empty()) {
        ("before_start", true) => "before_begin",
        ("not_a_day", true) => "day_expected",
        ("too_long", _) if invalid.args.iter().any(|(name, _)| *name == "most") => "password_too_long",
        (code, _) => code,
    };
    let start = FieldError::new(&invalid.field, &format!("invalid.{code}"));
    invalid.args.iter().fold(start, |error, (name, value)| error.with(name, value))
}
