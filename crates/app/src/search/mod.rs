//! Finding what is public (*tìm kiếm*): an index beside the database, in the data folder of each node.
//!
//! The index is derived: [`Keeper`] makes it from `public_items` and reads on from the ledger entry it stands at; so
//! does every search before it answers, so that what was withdrawn is out of the next answer. What is shown is also
//! compared with the rows of the database as they are at that moment: whatever an index holds, nothing that is not
//! public is shown. While an index is being made the rest of the site works, and a search says so.

mod entry;
mod find;
mod keeper;
mod place;

pub use ::search::{
    Count, DEEPEST, Facet, LONGEST_QUERY, MOST_SUGGESTIONS, Marked, Order, Query, Suggestion,
};
pub use find::{Answer, Found, Hit, find, suggest};
pub use keeper::{Keeper, catch_up, rebuild};
pub use place::forget;

pub(crate) use place::Place;
