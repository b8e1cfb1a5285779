//! The preview of a file just sent.

use app::importing::Options;
use serde::Deserialize;
use web_kit::PageResult;
use web_kit::form::{FormState, Path, Query};

use super::preview;
use crate::Staff;
use crate::refusal::fault;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    name: String,
}

pub(super) async fn open(staff: Staff, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let t = staff.t();
    let options = Options::default();
    let look = options.clone();
    let looked = staff
        .run(move |app, actor| app::importing::preview_again(app, actor, (&id, &asked.name), &look, t))
        .await
        .map_err(fault)?;
    preview::draw(&staff, &looked, &options, &FormState::new())
}
