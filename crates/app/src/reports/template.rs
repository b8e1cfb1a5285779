//! Templates of reports (*mẫu báo cáo*) as dated rows: those that are shipped, and those an office adds when its
//! province prescribes another form. A template is never edited; a changed form is a new one, under a new id.

use std::collections::BTreeMap;

use domain::access::Capability;
use domain::figure::{self, Amount};
use domain::period::Period;
use domain::time::Day;
use report::document::{Citation, OfficeNames};
use report::layout::Layout;
use report::{ComposeError, FigureView, ReportInput, Template};
use store::report::ReportRow;
use store::rule::{self, RuleRow};

use super::json;
use crate::{ActionError, Actor, App, Invalid, office};

/// Templates stand among the dated rules under ids that begin so.
pub(crate) const TEMPLATE: &str = "template:";
/// The longest text of a template, in bytes.
const LONGEST: usize = 200_000;

/// A template with its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// As it is read; `valid_to` is the day the row ends, which a later template may have set.
    pub template: Template,
    /// As it was written (TOML).
    pub text: String,
}

impl Kept {
    fn shipped() -> Result<Vec<Kept>, ActionError> {
        let read = |text: &&str| Ok(Kept { template: parse(text)?, text: (*text).to_owned() });
        Template::shipped_texts().iter().map(read).collect()
    }

    fn read(row: &RuleRow) -> Result<Kept, ActionError> {
        let text: String = serde_json::from_str(&row.body).map_err(anyhow::Error::new)?;
        let template = Template { valid_to: row.valid_to, ..parse(&text)? };
        Ok(Kept { template, text })
    }

    fn row(&self) -> Result<RuleRow, ActionError> {
        Ok(RuleRow {
            id: format!("{TEMPLATE}{}", self.template.id),
            valid_from: self.template.valid_from,
            valid_to: self.template.valid_to,
            body: json(&self.text)?,
            version: 0,
        })
    }
}

fn parse(text: &str) -> Result<Template, ActionError> {
    Ok(text.parse().map_err(anyhow::Error::new)?)
}

/// Writes the shipped templates into a new installation.
pub(crate) fn install(tx: &mut store::Tx<'_>) -> Result<(), ActionError> {
    for kept in Kept::shipped()? {
        rule::save(tx, &kept.row()?)?;
    }
    Ok(())
}

/// Every template there is; the shipped ones in an installation older than its rows of templates.
fn all(r: &mut store::Reader<'_>) -> Result<Vec<Kept>, ActionError> {
    let rows = rule::all(r)?;
    let kept: Vec<Kept> =
        rows.iter().filter(|row| row.id.starts_with(TEMPLATE)).map(Kept::read).collect::<Result<_, _>>()?;
    if kept.is_empty() { Kept::shipped() } else { Ok(kept) }
}

pub(super) fn find(r: &mut store::Reader<'_>, id: &str) -> Result<Option<Kept>, ActionError> {
    Ok(all(r)?.into_iter().find(|kept| kept.template.id == id))
}

/// The template of a report.
pub(super) fn of(r: &mut store::Reader<'_>, row: &ReportRow) -> Result<Template, ActionError> {
    match find(r, &row.template)? {
        Some(kept) => Ok(kept.template),
        None => Err(anyhow::anyhow!("no template {:?} is known", row.template).into()),
    }
}

/// The templates a report that ends on `day` may use: the one in force on that day first.
///
/// # Errors
/// When the database fails or a stored template cannot be read.
pub fn templates(app: &App, day: Day) -> Result<Vec<Kept>, ActionError> {
    let mut templates = app.read(all)?;
    templates.sort_by_key(|kept| (!kept.template.valid_on(day), std::cmp::Reverse(kept.template.valid_from)));
    Ok(templates)
}

/// A template to add.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewTemplate {
    /// Its text (TOML).
    pub text: String,
    /// The id of the template that it replaces, which then ends the day before this one begins; empty for none.
    pub replaces: String,
}

/// Adds a template, after every wording and rule in it was tried with the office's own names.
///
/// # Errors
/// Without the right to write rules; [`ActionError::Invalid`] on `text` with the fault and its place, on `replaces`.
pub fn add_template(app: &App, actor: &Actor, new: &NewTemplate) -> Result<(), ActionError> {
    actor.require(Capability::WriteLaw)?;
    if new.text.trim().is_empty() {
        return Err(ActionError::invalid("text", "required"));
    }
    if new.text.len() > LONGEST {
        return Err(ActionError::invalid("text", "too_long"));
    }
    let bad =
        |fault: String| ActionError::Invalid(vec![Invalid::new("text", "bad_template").with("fault", fault)]);
    let template: Template = new.text.parse().map_err(|fault: report::template::BadTemplate| bad(fault.0))?;
    let is_id = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
    if template.id.is_empty() || !template.id.chars().all(is_id) {
        return Err(bad(format!("id = {:?}", template.id)));
    }
    let known: Vec<&str> = figure::ALL.iter().map(|definition| definition.id).collect();
    if let Some(unknown) = template.figure_ids().iter().find(|id| !known.contains(&id.as_str())) {
        return Err(bad(unknown.clone()));
    }
    app.write(actor, |tx| {
        if find(tx, &template.id)?.is_some() {
            let taken = Invalid::new("text", "template_exists").with("id", &template.id);
            return Err(ActionError::Invalid(vec![taken]));
        }
        let office = office::load(tx)?;
        for amount in [Amount::NoData, Amount::Count { count: 3 }, Amount::Ratio { part: 1, whole: 2 }] {
            let input = sample(&template, office.names.clone(), amount)?;
            report::try_out(&template, &input).map_err(|fault| match fault {
                ComposeError::Template { place, fault, .. } => bad(format!("{place}: {fault}")),
                other => bad(other.to_string()),
            })?;
        }
        if !new.replaces.is_empty() {
            end(tx, &new.replaces, template.valid_from)?;
        }
        rule::save(tx, &Kept { template: template.clone(), text: new.text.clone() }.row()?)?;
        Ok(())
    })
}

/// Ends a template the day before its successor begins.
fn end(tx: &mut store::Tx<'_>, id: &str, successor: Day) -> Result<(), ActionError> {
    let kept = find(tx, id)?.ok_or_else(|| ActionError::invalid("replaces", "no_such_template"))?;
    if successor <= kept.template.valid_from {
        return Err(ActionError::invalid("replaces", "before_start"));
    }
    let last = successor.yesterday().map_err(anyhow::Error::new)?;
    if kept.template.valid_to.is_some_and(|end| end <= last) {
        return Ok(());
    }
    let stored = rule::find(tx, &format!("{TEMPLATE}{id}"), kept.template.valid_from)?;
    let version = stored.map_or(0, |row| row.version);
    rule::save(tx, &RuleRow { valid_to: Some(last), version, ..kept.row()? })?;
    Ok(())
}

/// A year whose figures all have one amount, to try wordings with.
fn sample(template: &Template, office: OfficeNames, amount: Amount) -> Result<ReportInput, ActionError> {
    let period = Period::calendar_year(template.valid_from.year()).map_err(anyhow::Error::new)?;
    let letter = Citation {
        kind: "Công văn".to_owned(),
        symbol: "1/UBND".to_owned(),
        date: Some(template.valid_from),
        issuer: office.name.clone(),
        about: String::new(),
    };
    let view = |id: &String| (id.clone(), FigureView { amount, ..FigureView::without_data(id) });
    Ok(ReportInput {
        office,
        period,
        request: Some(letter.clone()),
        regulation: Some(letter),
        figures: template.figure_ids().iter().map(view).collect(),
        narrative: BTreeMap::new(),
        number: None,
        date: None,
        signer: None,
        proof: None,
        layout: Layout::default(),
    })
}
