//! What stands against an action, turned into a page or into errors of the form that was sent.
//!
//! An act that is refused – a step left out or taken twice, an own text approved, a text that changed since it was shown –
//! is answered with 409 and stands in the security log (checklist WF-A01, PRESS-A03, PRESS-A04). What only lacks
//! something that can be typed is answered with 422 and stands nowhere.

use app::{ActionError, Invalid};
use web_kit::Fault;
use web_kit::form::{FieldError, FormState};
use words::key;

use crate::gate::Staff;
use crate::{ledger, show_day};

/// Refusals of what was typed, sent or set up, not of the act.
const OF_INPUT: [&str; 33] = [
    "press_no_reason",
    "part_no_reason",
    "part_empty",
    "publication_no_reason",
    "publication_not_in_future",
    "publication_none_ticked",
    "publication_too_many_ticked",
    "documents_none_ticked",
    "documents_too_many_ticked",
    "press_unfilled",
    "report_no_reason",
    "roll_out_no_words",
    "conference_papers_missing",
    "statement_no_reason",
    "statement_empty",
    "import_has_bad_rows",
    "import_has_no_rows",
    "reading_no_recogniser",
    "reading_nothing_recognised",
    "set_unreadable",
    "set_newer",
    "mail_off",
    "mail_own_address",
    "packet_too_large",
    "packet_not_xml",
    "packet_not_packet",
    "packet_other_kind",
    "packet_bad_file",
    "packet_too_many_files",
    "packet_again",
    "packet_in_register",
    "packet_unknown",
    "exchange_no_code",
];

/// The page for an action that was not done, where no form can show why.
pub fn fault(error: ActionError) -> Fault {
    match error {
        ActionError::NotFound => Fault::not_found(),
        ActionError::Forbidden(capability) => Fault::forbidden().cause(capability),
        ActionError::Stale => Fault::stale(),
        ActionError::TooMany { seconds } => Fault::too_often(u64::try_from(seconds).unwrap_or(1)),
        ActionError::Refused(code) if OF_INPUT.contains(&code) => Fault::bad_request().cause(code),
        ActionError::Refused(code) => Fault::refused().cause(code),
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
        ActionError::Refused(code) => {
            let shown = FieldError::new("", &format!("refusal.{code}"));
            if OF_INPUT.contains(&code) {
                form.refuse(shown);
            } else {
                tracing::warn!(target: "security", event = "act_refused", code, "act refused");
                form.conflict(shown);
            }
        }
        other => return Err(fault(other)),
    }
    Ok(())
}

/// As [`note`]; what changed meanwhile is noted as well, for a page that is drawn over what stands now.
///
/// # Errors
/// As [`note`], but never for what changed meanwhile.
pub fn keep(form: &mut FormState, error: ActionError) -> Result<(), Fault> {
    if matches!(error, ActionError::Stale) {
        form.conflict(FieldError::new("", key!("press_page.changed")));
        return Ok(());
    }
    note(form, error)
}

/// As [`keep`]; of what changed meanwhile it is told who changed it, how and when.
///
/// # Errors
/// As [`keep`].
pub async fn keep_over(
    staff: &Staff,
    form: &mut FormState,
    (kind, id): (&'static str, String),
    error: ActionError,
) -> Result<(), Fault> {
    if !matches!(error, ActionError::Stale) {
        return note(form, error);
    }
    let last = staff.run(move |app, actor| app::overseeing::last_change(app, actor, (kind, &id))).await;
    form.conflict(match last.map_err(fault)? {
        Some(last) => FieldError::new("", key!("press_page.changed_by"))
            .with("who", ledger::who(staff.t(), &last.who))
            .with("what", ledger::what(staff.t(), &last.kind))
            .with("when", show_day::instant(last.at)),
        None => FieldError::new("", key!("press_page.changed")),
    });
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
