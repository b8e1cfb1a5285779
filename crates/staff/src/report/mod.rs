//! Reports: the list, the editor with its acts, the files.

mod act;
mod edit;
mod files;
mod list;
mod show;

use axum::routing::{get, post};
use domain::access::Capability;
use domain::id::ReportId;
use domain::report::Event;

use crate::Route;
use crate::gate::Gate;

const READ: Gate = Gate::May(Capability::ReadReports);
const DRAFT: Gate = Gate::May(Capability::DraftReport);

/// The pages. Acts are open to whoever reads reports: which of them may be done is decided by
/// `domain::report::decide`, for the state, the person and the text.
pub const ROUTES: &[Route] = &[
    Route::get("/reports", READ, || get(list::show)),
    Route::post("/reports", DRAFT, || post(list::create)),
    Route::get("/reports/{id}", READ, || get(show::show)),
    Route::get("/reports/{id}/edit", DRAFT, || get(edit::show)),
    Route::post("/reports/{id}/edit", DRAFT, || post(edit::save)),
    Route::get("/reports/{id}/preview", READ, || get(files::preview)),
    Route::get("/reports/{id}/files/{name}", READ, || get(files::file)),
    Route::get("/reports/{id}/acts/{event}", READ, || get(act::ask)),
    Route::post("/reports/{id}/acts/{event}", READ, || post(act::act)),
];

/// The page of a report.
pub fn path(id: ReportId) -> String {
    format!("/reports/{id}")
}

const fn event_key(event: Event) -> &'static str {
    match event {
        Event::Freeze => "report.event.freeze",
        Event::Reopen => "report.event.reopen",
        Event::Submit => "report.event.submit",
        Event::SendBack => "report.event.send_back",
        Event::Clear => "report.event.clear",
        Event::Sign => "report.event.sign",
        Event::Issue => "report.event.issue",
    }
}
