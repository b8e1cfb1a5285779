//! From figures and words to an official document: templates, the document model, its writers and its checker.
//!
//! - [`template`], [`compose()`]: dated templates; which sentence stands follows from the figures;
//! - [`document`], [`layout`]: the one model and the measures of the decree;
//! - [`docx()`], [`pdf()`], [`html`]: three writers of the same model;
//! - [`frozen`], [`workbook()`]: the frozen set of figures as JSON and XLSX;
//! - [`chart`]: small charts as SVG; [`form_check`]: the faults of form in a text or document.
//!
//! Same input, same bytes: no clock, no chance, no network. Knows no database and no HTTP.

pub mod chart;
mod compose;
pub mod document;
mod docx;
mod escape;
mod figure_view;
pub mod form_check;
pub mod frozen;
pub mod html;
pub mod layout;
mod pdf;
mod qr;
pub mod template;
mod workbook;

pub use compose::{ComposeError, ReportInput, Suggestion, compose, suggestions, try_out};
pub use docx::{DocxError, docx};
pub use figure_view::{FigureView, NO_DATA, NOTHING_AROSE, amount_json, amount_text, tenths_text};
pub use frozen::{
    Difference, FigureJson, FigureWords, FrozenFigure, FrozenLeftOut, FrozenRecord, FrozenSet, compare,
    figures_json,
};
pub use pdf::{MadePdf, PdfError, pdf};
pub use template::Template;
pub use workbook::{RecordLabel, WorkbookError, workbook};
