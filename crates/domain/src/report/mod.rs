//! The periodic report (*báo cáo định kỳ*) on its way from draft to issued document.
//!
//! Invariants:
//! - figures are frozen before anybody clears or signs; what is cleared and signed is bound to the digest of the
//!   frozen figures and the text, and neither can change in between;
//! - whoever froze the figures or changed the text since is not the one who clears or signs (no self-approval);
//! - re-opening says why and leads to a new version; nothing issued changes.

mod workflow;

pub use workflow::{Event, Refusal, ReportFacts, Row, State, Step, TRANSITIONS, Who, available, decide};

#[cfg(test)]
mod tests;
