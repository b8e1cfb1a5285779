//! `index`: the search index beside the database.

use serde_json::json;

use super::{Context, Format, Outcome, out};
use crate::wiring;

/// The search index of the public site.
#[derive(Debug, clap::Subcommand)]
pub enum Index {
    /// Make it anew from the database. A running server keeps its own index and has to be stopped first.
    Rebuild,
}

pub(super) fn rebuild(context: &Context) -> anyhow::Result<Outcome> {
    let app = wiring::open_beside(&context.settings)?;
    let bar = out::bar(0, "index", context.quiet);
    let made = app::search::rebuild(&app, &mut |done| bar.set_position(done));
    bar.finish_and_clear();
    let items = made.map_err(|error| super::explain(&error))?;
    if context.format == Format::Json {
        out::json(&json!({"items": items}))?;
    } else {
        out::line(format!("Đã lập lại chỉ mục tìm kiếm: {items} mục đang công bố."));
    }
    Ok(Outcome::Done)
}
