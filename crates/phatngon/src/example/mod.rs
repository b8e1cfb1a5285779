//! The example registers, inside the program. Made by `cargo xtask example`; see examples/kim-bang-2020/README.md.

mod cast;
mod documents;
mod portal;
mod press;
mod sound;
mod station;

use app::installation;
use app::reports::Make;
use domain::period::Period;

include!(concat!(env!("OUT_DIR"), "/example.rs"));

pub use documents::decisions;
pub use portal::texts;
pub use press::desk;
pub use station::broadcast;

/// The report of the example.
///
/// # Errors
/// Never: 2020 is a year.
pub fn report() -> anyhow::Result<Make> {
    Ok(Make {
        period: Period::calendar_year(2020)?,
        template: None,
        letter: Some(installation::example_letter()),
        signer: None,
    })
}
