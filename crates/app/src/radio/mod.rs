//! The radio desk (*đài truyền thanh*): many bulletins at once, the programme of each day, and what was broadcast and
//! supplied month by month.

mod batch;
mod counts;
mod feed;
mod length;
pub mod programme;
mod proposal;

pub use batch::{Batch, Left};
pub use counts::{Month, SUPPLIED, months};
pub use feed::fetch;
pub(crate) use length::measure;
pub use length::{Lengths, lengths};
pub use proposal::{BatchState, Doubt, Planned, ROWS, Row, Shown, batch, confirm, put_aside, waiting};
