//! The components: one accessible implementation each. A component is a value with ready text; in a template it is
//! written `{{ name }}` and draws itself. Only these types may put HTML into a page unescaped (OUT-01); each has a
//! template of its own in `templates/components/`, which escapes what it is given.

mod calculator;
mod difference;
mod field;
mod list;
mod prose;
mod small;
mod table;

pub use calculator::{Calculator, doubt_badge, limit_in_words};
pub use difference::Difference;
pub use field::{Choice, ErrorSummary, Field, FormStart, Kind};
pub use list::{Event, Fact, Facts, Pager, Timeline};
pub use prose::{Data, Prose};
pub use small::{Badge, Banner, Empty, Tile, Tone};
pub use table::{Cell, Column, Narrow, Sort, Table};
