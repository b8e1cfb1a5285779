//! What every web page of ours stands on: the server with its limits, the checks each request passes, forms that
//! refuse what they do not know, the layout and its components.
//!
//! A crate with pages builds an axum `Router` of its own, answers with [`page()`] or [`fault::Fault`], takes its input
//! with [`form`], and hands the router to [`server::Front`]. What it must not know: registers, reports, sessions in
//! the database, SQL.
//!
//! - [`server`]: listening, time and size limits, request checks, response headers, logs, metrics;
//! - [`site`]: how the site is reached, who is a proxy, cookies' names;
//! - [`visitor`]: what is known of who asks before signing in: language, theme, address, session token;
//! - [`form`]: `Form`, `Query`, `Path`, `Upload`, errors of fields, one-time keys; [`csrf`];
//! - [`chrome`], [`component`]: what the base templates and the components show;
//! - [`asset`]: style sheet, script and icons under addresses that never change their content.

pub mod asset;
pub mod chrome;
pub mod component;
pub mod cookie;
pub mod csrf;
pub mod fault;
pub mod form;
pub mod ical;
pub mod limit;
pub mod link;
pub mod page;
pub mod server;
pub mod show;
pub mod site;
pub mod visitor;

pub use fault::{Fault, PageResult};
pub use page::{Cache, page};
pub use visitor::Visitor;
pub use words::Language;
