//! What is written for the public and published: news, official documents, bulletins, statements, corrections,
//! answers, notices. One engine for all kinds; kinds are data ([`Kind::spec`]).
//!
//! - [`Content`] is a text as one version of it stands, with the digest an approval is bound to;
//! - [`relation`] is what one document does to another, [`effect`] whether a document is in force on a day, [`normative`]
//!   which documents can be;
//! - [`workflow`] decides what may be done with a publication;
//! - [`item`] is what the public sees of a record of a register or of a published text.

mod content;
pub mod effect;
pub mod item;
mod kind;
pub mod normative;
pub mod relation;
mod slug;
pub mod workflow;

pub use content::{Attachment, Content, Purpose};
pub use kind::{Kind, Spec};
pub use slug::slug;
