//! Uploaded DOCX and PDF → data: text for search and the fields of an official document. Of recordings: how long they
//! are.
//!
//! Bytes in, data out. Knows no database, no HTTP, no clock. What it reads is a proposal; people confirm it.
//! Files from outside are read by [`process::Separate`], in a process of their own.

pub mod article;
pub mod attachment;
pub mod decree;
pub mod docx;
pub mod file;
pub mod layout;
pub mod limits;
mod package;
pub mod pdf;
pub mod process;
pub mod signature;
pub mod sound;
mod tcvn;

pub use limits::{Limits, Refused};
