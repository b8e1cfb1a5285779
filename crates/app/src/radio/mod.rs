//! The radio desk (*đài truyền thanh*): many bulletins at once, and what was broadcast and supplied month by month.

mod batch;
mod counts;
mod feed;

pub use batch::{Batch, Left, Row, Taken};
pub use counts::{Month, SUPPLIED, months};
