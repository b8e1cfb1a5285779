//! The chains of clearance as dated rows: those of the program, and those of the office laid over them. A row is never
//! edited; a new one speaks from its first day on, and a request keeps the chain it was handed in with.

use domain::access::Capability;
use domain::press::chain::{self, Chain, DEFAULT, Step};
use domain::press::request::Request;
use domain::register::Register;
use domain::text;
use domain::time::Day;
use store::rule::RuleRow;

use crate::{ActionError, Actor, App, Invalid};

/// Chains of the office stand among the rules under ids that begin so.
pub(crate) const CHAIN: &str = "chain:";

/// A chain with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainRow {
    /// The chain.
    pub chain: Chain,
    /// Whether the office entered it.
    pub is_own: bool,
}

/// Every chain there is: those of the program, then those of the office, by kind and first day.
///
/// # Errors
/// Without the right to read rules.
pub fn chains(app: &App, actor: &Actor) -> Result<Vec<ChainRow>, ActionError> {
    actor.require(Capability::ReadReports)?;
    let own = app.read(own)?;
    let row = |is_own| move |chain| ChainRow { chain, is_own };
    let mut rows: Vec<ChainRow> =
        chain::shipped().into_iter().map(row(false)).chain(own.into_iter().map(row(true))).collect();
    rows.sort_by(|one, other| {
        (&one.chain.kind, one.chain.valid_from).cmp(&(&other.chain.kind, other.chain.valid_from))
    });
    Ok(rows)
}

fn own(r: &mut store::Reader<'_>) -> Result<Vec<Chain>, ActionError> {
    let rows = store::rule::all(r)?.into_iter().filter(|row| row.id.starts_with(CHAIN));
    let own = rows.map(|row| serde_json::from_str(&row.body)).collect::<Result<_, _>>();
    Ok(own.map_err(anyhow::Error::new)?)
}

/// The chain of clearance of a request on a day, and the titles of steps that are left out: those everybody who could
/// take them has written the answer, as the only head of a unit who writes it alone. Another step always remains.
pub(super) fn chain_for(
    r: &mut store::Reader<'_>,
    request: &Request,
    day: Day,
) -> Result<(Vec<Step>, Vec<String>), ActionError> {
    let people = store::person::all(r)?;
    let all = chain_of(r, request, day)?;
    let is_only_for_writers = |step: &Step| {
        let holders = people.iter().filter(|person| {
            let is_own = !step.in_lead_unit || person.unit == request.lead;
            person.is_enabled && is_own && person.roles.contains(&step.role)
        });
        let mut holders = holders.map(|person| person.id.to_string()).peekable();
        holders.peek().is_some() && holders.all(|holder| request.writers.contains(&holder))
    };
    let (left_out, kept): (Vec<Step>, Vec<Step>) = all.iter().cloned().partition(is_only_for_writers);
    if kept.is_empty() {
        return Ok((all, Vec::new()));
    }
    Ok((kept, left_out.into_iter().map(|step| step.title).collect()))
}

/// The chain of clearance of a request on a day.
fn chain_of(r: &mut store::Reader<'_>, request: &Request, day: Day) -> Result<Vec<Step>, ActionError> {
    let mut chains = chain::shipped();
    chains.extend(own(r)?);
    let kind = Some(request.asked.legal_kind.as_str()).filter(|kind| !kind.is_empty());
    Ok(chain::of(&chains, kind, day).map(|chain| chain.steps.clone()).unwrap_or_default())
}

/// Adds a chain of the office (*quy trình theo quy chế nội bộ*). It speaks from its first day on, for requests that are
/// handed in from then on.
///
/// # Errors
/// Without the right to write rules; for fields that cannot be taken, and a first day that another one has.
pub fn add_chain(app: &App, actor: &Actor, new: &Chain) -> Result<(), ActionError> {
    const LONGEST: usize = 200;
    actor.require(Capability::WriteLaw)?;
    let steps = new.steps.iter().take(chain::MOST_STEPS);
    let steps = steps.map(|step| Step { title: text::clean_line(&step.title), ..step.clone() }).collect();
    let new = Chain { basis: text::clean_line(&new.basis), steps, ..new.clone() };
    let faults = chain::faults(&new);
    let mut invalid: Vec<Invalid> =
        faults.into_iter().map(|(field, code)| Invalid::new(field, code)).collect();
    let is_kind =
        Register::PressRequests.field("legal_kind").and_then(|field| field.word(&new.kind)).is_some();
    if !is_kind && new.kind != DEFAULT {
        invalid.push(Invalid::new("kind", "required"));
    }
    let titles = new.steps.iter().enumerate().map(|(index, step)| (format!("title_{index}"), &step.title));
    for (field, value) in titles.chain([("basis".to_owned(), &new.basis)]) {
        if value.chars().count() > LONGEST {
            invalid.push(Invalid::new(field, "too_long").with("limit", LONGEST));
        }
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    app.write(actor, |tx| {
        let id = format!("{CHAIN}{}", new.kind);
        if store::rule::find(tx, &id, new.valid_from)?.is_some() {
            return Err(ActionError::invalid("valid_from", "exists_already"));
        }
        let body = serde_json::to_string(&new).map_err(anyhow::Error::new)?;
        let row = RuleRow { id, valid_from: new.valid_from, valid_to: new.valid_to, body, version: 0 };
        Ok(store::rule::save(tx, &row)?)
    })
}
