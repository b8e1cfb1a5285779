//! Uploaded DOCX and PDF → data: text for search and the fields of an official document.
//!
//! Pure: bytes in, data out. Knows no database, no HTTP, no clock. What it reads is a proposal; people confirm it.

pub mod article;
pub mod decree;
pub mod docx;
pub mod layout;
pub mod limits;
mod package;
pub mod pdf;

pub use limits::{Limits, Refused};
