//! Changing the own password.

use app::account;
use serde::Deserialize;
use web_kit::PageResult;
use web_kit::form::{FieldError, Form, FormState};
use web_kit::page::redirect_with_notice;
use words::key;

use super::show::{Typed, draw};
use super::{PATH, with_session};
use crate::gate::Staff;
use crate::refusal;

/// What was typed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passwords {
    old_password: Option<String>,
    new_password: Option<String>,
}

/// Changes it; the other sessions end.
pub async fn change(staff: Staff, form: Form<Passwords>) -> PageResult {
    let (old, new) =
        (form.value.old_password.unwrap_or_default(), form.value.new_password.unwrap_or_default());
    let changed =
        with_session(&staff, move |app, session| account::change_password(app, session, &old, &new));
    match changed.await {
        Ok(()) => Ok(redirect_with_notice(&staff.visitor, PATH, key!("account.notice.password"))),
        Err(error) => {
            let mut state = FormState::new();
            refusal::note(&mut state, error)?;
            let password = renamed(&state, &[("old", "old_password"), ("new", "new_password")]);
            draw(&staff, &Typed { password, ..Typed::default() }).await
        }
    }
}

/// The errors of `state` under the names the page has for the fields.
pub(super) fn renamed(state: &FormState, names: &[(&str, &str)]) -> FormState {
    let mut out = FormState::new();
    for error in state.errors() {
        let name =
            names.iter().find(|(from, _)| *from == error.field).map_or(error.field.as_str(), |(_, to)| to);
        out.refuse(FieldError { field: name.to_owned(), ..error.clone() });
    }
    out
}
