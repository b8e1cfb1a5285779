//! Registers: their list, the lines of one, a record with its history, adding, changing, taking out, files.
//!
//! Every page is drawn from the fields of the register (`domain::register`); no register has a page of its own.

mod columns;
mod edit;
mod files;
mod index;
mod list;
mod record;
mod remove;
pub(crate) mod value;

use axum::routing::{get, post};
use domain::access::Capability::{ExportRegisters, ReadRegisters, WriteRegisters};
use domain::register::{Field, Privacy, Register};
use web_kit::chrome::Link;
use web_kit::{Fault, Language};

use crate::{Gate, Route, Staff, link};

/// The pages.
pub const ROUTES: &[Route] = &[
    Route::get("/registers", Gate::May(ReadRegisters), || get(index::show)),
    Route::get("/registers/{register}", Gate::May(ReadRegisters), || get(list::show)),
    Route::get("/registers/{register}/new", Gate::May(WriteRegisters), || get(edit::new)),
    Route::post("/registers/{register}/new", Gate::May(WriteRegisters), || post(edit::add)),
    Route::get("/registers/{register}/export.xlsx", Gate::May(ExportRegisters), || get(files::export_xlsx)),
    Route::get("/registers/{register}/export.csv", Gate::May(ExportRegisters), || get(files::export_csv)),
    Route::get("/registers/{register}/template.xlsx", Gate::May(ReadRegisters), || get(files::template)),
    Route::get("/registers/{register}/{id}", Gate::May(ReadRegisters), || get(record::show)),
    Route::get("/registers/{register}/{id}/edit", Gate::May(WriteRegisters), || get(edit::open)),
    Route::post("/registers/{register}/{id}/edit", Gate::May(WriteRegisters), || post(edit::amend)),
    Route::get("/registers/{register}/{id}/remove", Gate::May(WriteRegisters), || get(remove::open)),
    Route::post("/registers/{register}/{id}/remove", Gate::May(WriteRegisters), || post(remove::send)),
];

/// The register with this word in the address.
fn of_word(word: &str) -> Result<Register, Fault> {
    Register::from_word(word).ok_or_else(Fault::not_found)
}

/// What a register is called.
pub(crate) fn name(t: Language, register: Register) -> &'static str {
    t.text(&format!("register.{}.name", register.word()))
}

/// What one line of a register is called.
pub(crate) fn one(t: Language, register: Register) -> &'static str {
    t.text(&format!("register.{}.one", register.word()))
}

/// Whether this person may see the values of a field.
fn may_see(staff: &Staff, field: &Field) -> bool {
    field.privacy != Privacy::Personal || staff.may(domain::access::Capability::ReadPersonalData)
}

/// The way down to the pages of a register.
fn crumbs(t: Language, register: Register) -> Vec<Link> {
    vec![
        Link::new(t.text("nav.registers"), "/registers"),
        Link::new(name(t, register), link::register(register)),
    ]
}
