//! Ending one of the own sessions.

use app::account;
use serde::Deserialize;
use web_kit::PageResult;
use web_kit::form::Form;
use web_kit::page::redirect_with_notice;
use words::key;

use super::{PATH, with_session};
use crate::gate::Staff;
use crate::refusal;

/// Which.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Which {
    session: String,
}

/// Ends it.
pub async fn end(staff: Staff, form: Form<Which>) -> PageResult {
    let which = form.value.session;
    with_session(&staff, move |app, session| account::end_session(app, session, &which))
        .await
        .map_err(refusal::fault)?;
    Ok(redirect_with_notice(&staff.visitor, PATH, key!("account.notice.session_ended")))
}
