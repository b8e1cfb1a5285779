//! What the station broadcast and supplied, month by month. What it supplied is the figure of the report (metric 14 of
//! Law 6.4) record by record, so that both always agree.

use domain::access::Capability;
use domain::figure;
use domain::period::Period;
use domain::publication::Kind;
use store::public_item;

use crate::{ActionError, Actor, App, figures};

/// The figure that counts news supplied by the station.
pub const SUPPLIED: &str = "news.from_radio";

/// A month of the station.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Month {
    /// From 1.
    pub month: i8,
    /// Bulletins that stand on the portal.
    pub bulletins: u64,
    /// Of them, with a recording.
    pub with_sound: u64,
    /// How long their recordings are together, in seconds.
    pub seconds: u64,
    /// Bulletins with a recording whose length is not known.
    pub unknown: u64,
    /// News supplied to the portal, as the figure counts.
    pub supplied: u64,
}

/// The twelve months of a year.
///
/// # Errors
/// Without the right to see what is written for the public; when there is no such year.
pub fn months(app: &App, actor: &Actor, year: i16) -> Result<Vec<Month>, ActionError> {
    actor.require(Capability::ReadPublications)?;
    let period = Period::calendar_year(year).map_err(|_| ActionError::NotFound)?;
    let mut months: Vec<Month> = (1..=12).map(|month| Month { month, ..Month::default() }).collect();
    let today = app.today();
    app.read(|r| {
        for found in public_item::by_month(r, Kind::Bulletin.word(), period, today)? {
            if let Some(own) = months.iter_mut().find(|own| own.month == found.month) {
                (own.bulletins, own.with_sound) = (found.items, found.with_sound);
                (own.seconds, own.unknown) = (found.seconds, found.unknown);
            }
        }
        let figures = figure::compute(&figures::source(r, period, today)?);
        let counted = figures.into_iter().find(|figure| figure.id == SUPPLIED);
        let counted = counted.map(|figure| figure.counted).unwrap_or_default();
        for record in figures::load(r, &counted)? {
            let month = record.day().map(domain::time::Day::month);
            if let Some(own) = months.iter_mut().find(|own| Some(own.month) == month) {
                own.supplied += 1;
            }
        }
        Ok(())
    })?;
    Ok(months)
}
