//! The HTTP server: every request through [`Front`], every connection under the limits of [`Limits`].

mod arriving;
mod carrier;
mod check;
mod connections;
mod finish;
mod front;
mod limits;
mod listen;
mod metrics;
mod numbers;
mod reading;
mod shelf;
mod violation;
mod wire;

pub use arriving::{BodyFault, Patience};
pub(crate) use check::is_foreign_load;
pub(crate) use finish::FRAMING_POLICY;
pub use front::{Front, Settings, desk};
pub use limits::Limits;
pub use listen::{serve, serve_metrics};
pub use metrics::{Metrics, MetricsError};
pub use reading::Reading;
pub use shelf::{Edition, Shelf};
