//! The radio desk (*đài truyền thanh*): many bulletins at once, the programme of each day, and what was broadcast and
//! supplied month by month.

mod batch;
mod counts;
mod feed;
mod length;
pub mod programme;

pub use batch::{Batch, Left, Row, Taken};
pub use counts::{Month, SUPPLIED, months};
pub use length::{Lengths, lengths};
