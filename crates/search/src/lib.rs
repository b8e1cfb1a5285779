//! Search over what an office has published: news, official documents, their attachments, answers.
//!
//! ```
//! use domain::time::Day;
//! use search::{Change, Entry, Facet, Index, Query};
//!
//! # fn main() -> Result<(), search::Error> {
//! # let day = Day::constant(2019, 6, 28);
//! let index = Index::in_memory()?; // Index::open(dir) on disk
//! index.apply(
//!     &[Change::Put(Box::new(Entry {
//!         id: "01H".into(),
//!         kind: "document".into(),
//!         title: "Quy định về phát ngôn và cung cấp thông tin cho báo chí".into(),
//!         number_symbol: Some("29/2019/QĐ-UBND".into()),
//!         document_type: Some("Quyết định".into()),
//!         day,
//!         url: "/van-ban/29-2019-qd-ubnd".into(),
//!         ..Entry::default()
//!     }))],
//!     17, // sequence number of the outbox, committed together with the batch
//! )?;
//! let results = index.search(&Query::new("phat ngon bao chi", day).with(Facet::Kind, "document"))?;
//! assert_eq!(results.total, 1);
//! assert_eq!(results.hits[0].title.pieces().next(), Some(("Quy định về ", false)));
//! assert_eq!(results.did_you_mean.as_deref(), Some("phát ngôn báo chí"));
//! assert_eq!(index.upto()?, 17);
//! # Ok(())
//! # }
//! ```
//!
//! # Keeping it in step
//!
//! The database writes an outbox in the transaction of each publication. A job of the serving process reads what is
//! after [`Index::upto`] and calls [`Index::apply`]; when that returns, every search sees it. After a crash the same
//! job goes on where the index stands. An index at sequence 0 is filled by [`Index::rebuild`]: note the sequence of
//! the outbox first, then put every public item, then [`Rebuild::finish`] with the noted sequence.
//!
//! Only one process may write: a command that rebuilds beside a running server gets [`Error::Busy`]. What is removed
//! is found no more at once; its bytes leave the files when the engine merges them, or with a rebuild.
//!
//! # How it finds
//!
//! Words are syllables (TX-20), compared without marks, case, place of the tone mark and normal form; words with the
//! same marks rank higher. An item has to have every word, somewhere. Number and symbol stand first. A question
//! typed as Telex is read as what was meant. Words that name a type of document (*công văn*, `cv`) before a number ask
//! for that document. When nothing has what was typed, words that are nowhere are tried with one sign mended, which
//! [`Results::mended`] says. Signs are no operators, quotes keep words together; see [`Query`].

mod analyse;
mod collect;
mod entry;
mod excerpt;
mod find;
mod index;
mod meant;
mod naming;
mod plan;
mod query;
mod schema;
mod suggest;
mod telex;
mod typo;
mod words;

pub use entry::{Change, Entry, LONGEST_EXCERPT_SOURCE, LONGEST_TEXT};
pub use excerpt::Marked;
pub use find::{Count, Hit, Results};
pub use index::{Error, Index, Mark, Rebuild};
pub use query::{DEEPEST, Facet, LARGEST_PAGE, LONGEST_QUERY, MOST_WORDS, Order, Query};
pub use suggest::{MOST_SUGGESTIONS, Suggestion};
