//! What the public reads: items, lists, files. No actor, no right: everything here was published. The one condition
//! (published, not withdrawn, posted by today) stands in `store::public_item`.

use std::collections::BTreeMap;

use domain::id::PublicationId;
use domain::publication::Kind;
use domain::publication::item::Item;
use domain::register::{Register, Values};
use domain::text;
use domain::time::{Day, Timestamp};
use store::public_item as rows;
use store::public_relation;

pub use domain::publication::effect::{Effect, Reason, Status};
pub use store::public_relation::{Named, Relations};

pub use store::public_item::{Address, Facet, Filter, Note, PublicFile, PublicItem, Withdrawal};

use crate::{ActionError, App};

/// A page of public items.
#[derive(Debug, Clone)]
pub struct Page {
    /// Newest first.
    pub items: Vec<PublicItem>,
    /// On all pages.
    pub total: i64,
}

/// A filter over some kinds, as of today.
pub fn filter(app: &App, kinds: &[Kind]) -> Filter {
    let words: Vec<&'static str> = kinds.iter().map(|kind| kind.word()).collect();
    Filter::of(&words, app.today())
}

/// A page of public items; beyond the last one nothing is looked for.
///
/// # Errors
/// When the database fails.
pub fn list(app: &App, filter: &Filter) -> Result<Page, ActionError> {
    app.read(|r| {
        let total = rows::count(r, filter)?;
        let before = i64::from(filter.page.max(1) - 1) * i64::from(filter.per_page);
        let items = if before < total { rows::list(r, filter)? } else { Vec::new() };
        Ok(Page { items, total })
    })
}

/// The hour at which each of these items was posted, where the program published it on the day it is posted under; of
/// lines of registers only the day is known.
///
/// # Errors
/// When the database fails.
pub fn posted_at(app: &App, items: &[PublicItem]) -> Result<BTreeMap<PublicationId, Timestamp>, ActionError> {
    let ids: Vec<String> = items.iter().map(|found| found.id.to_string()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let first = app.read(|r| Ok(store::publication::first_published(r, &ids)?))?;
    let of_item = |found: &PublicItem| {
        let at = *first.get(&found.id.to_string())?;
        (domain::time::day_of(at) == found.item.posted_on).then_some((found.id, at))
    };
    Ok(items.iter().filter_map(of_item).collect())
}

/// The values of a facet with how many items each has.
///
/// # Errors
/// When the database fails.
pub fn facet(app: &App, facet: Facet, filter: &Filter) -> Result<Vec<(String, i64)>, ActionError> {
    app.read(|r| Ok(rows::facet(r, facet, filter)?))
}

/// How many public items there are of each kind that has any.
///
/// # Errors
/// When the database fails.
pub fn counts(app: &App) -> Result<Vec<(Kind, i64)>, ActionError> {
    let today = app.today();
    app.read(|r| {
        let mut found = Vec::new();
        for kind in Kind::ALL {
            let count = rows::count(r, &Filter::of(&[kind.word()], today))?;
            if count > 0 {
                found.push((kind, count));
            }
        }
        Ok(found)
    })
}

/// The addresses of a page of public items, oldest first.
///
/// # Errors
/// When the database fails.
pub fn addresses(app: &App, filter: &Filter) -> Result<Vec<Address>, ActionError> {
    app.read(|r| Ok(rows::addresses(r, filter)?))
}

/// The public items that follow an id: for whoever takes all of them, part by part.
///
/// # Errors
/// When the database fails.
pub fn after(app: &App, filter: &Filter, id: &str) -> Result<Vec<PublicItem>, ActionError> {
    app.read(|r| Ok(rows::after(r, filter, id)?))
}

/// One item, public or withdrawn; of a withdrawn one nothing is left but that it was there.
///
/// # Errors
/// [`ActionError::NotFound`] for what was never public, the same as for what never was.
pub fn item(app: &App, id: PublicationId) -> Result<PublicItem, ActionError> {
    let today = app.today();
    let found = app.read(|r| Ok(rows::find(r, id)?))?;
    found.filter(|found| found.item.posted_on <= today).ok_or(ActionError::NotFound)
}

/// What a public document does to others and they to it, and how it stands today.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// Both directions, each with its document where it is one of ours.
    pub relations: Relations,
    /// How it stands; none for what is no legal normative document.
    pub effect: Option<Effect>,
}

/// How a document stands among others today, as readers see it or as it would be; of other kinds nothing.
///
/// # Errors
/// When the database fails.
pub fn standing(app: &App, id: PublicationId, item: &Item) -> Result<Standing, ActionError> {
    if item.kind != Kind::Document.word() {
        return Ok(Standing::default());
    }
    let today = app.today();
    let relations = app.read(|r| Ok(public_relation::of(r, id, item, today)?))?;
    let effect = relations.effect(item, today);
    Ok(Standing { relations, effect })
}

/// How these items stand today, by id; those without a state are missing.
///
/// # Errors
/// When the database fails.
pub fn statuses(app: &App, items: &[PublicItem]) -> Result<BTreeMap<String, Status>, ActionError> {
    let ids: Vec<String> = items.iter().map(|item| item.id.to_string()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let today = app.today();
    app.read(|r| Ok(public_relation::statuses(r, &ids, today)?))
}

/// A file of something public now, with its bytes.
///
/// # Errors
/// [`ActionError::NotFound`] for any other file.
pub fn file(app: &App, digest: &str) -> Result<(PublicFile, Vec<u8>), ActionError> {
    let digest = store::Digest::parse(digest).ok_or(ActionError::NotFound)?;
    let today = app.today();
    let file = app.read(|r| rows::file(r, &digest, today)?.ok_or(ActionError::NotFound))?;
    Ok((file, app.blobs().get(&digest)?))
}

/// Somebody who speaks for the body, as everyone may know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spokesperson {
    /// *Họ và tên.*
    pub full_name: String,
    /// *Chức vụ.*
    pub title: String,
    /// *Cơ quan, đơn vị.*
    pub body: String,
    /// *Điện thoại.*
    pub phone: String,
    /// *Thư điện tử công vụ.*
    pub email: String,
    /// The stored word of `spokespersons.kind`.
    pub kind: String,
    /// *Vụ việc được ủy quyền.*
    pub matter: String,
    /// From when.
    pub starts_on: Day,
    /// Until when; open without.
    pub ends_on: Option<Day>,
    /// *Văn bản giao nhiệm vụ, ủy quyền.*
    pub decision_symbol: String,
    /// *Người ủy quyền.*
    pub authorised_by: String,
    /// Until when they are away; not away without.
    pub away_until: Option<Day>,
    /// Who stands in meanwhile, where they are on this list as well; may be empty.
    pub deputy: String,
}

/// The spokespersons of today whom the register says were made public (NĐ 09/2017 Đ3 k4 and k6, NĐ 244/2026 Đ3 k3):
/// the head first, then who speaks regularly, then who was authorised for one matter.
///
/// # Errors
/// When the database fails.
pub fn spokespersons(app: &App) -> Result<Vec<Spokesperson>, ActionError> {
    let today = app.today();
    let mut found = Vec::new();
    let away = app.read(|r| {
        store::register::all(r, Register::Spokespersons, None, |stored| {
            found.extend(spokesperson(&stored.record.values, today));
            Ok(())
        })?;
        crate::absence::away_on(r, today)
    })?;
    let named: Vec<String> = found.iter().map(|person| text::key(&person.full_name)).collect();
    for person in &mut found {
        if let Some((last, deputy)) = away.get(&text::key(&person.full_name)) {
            person.away_until = Some(*last);
            let entitled = deputy.clone().filter(|name| named.contains(&text::key(name)));
            person.deputy = entitled.unwrap_or_default();
        }
    }
    let rank = |kind: &str| ["head", "regular", "authorised"].iter().position(|word| *word == kind);
    found.sort_by_key(|person| rank(&person.kind));
    Ok(found)
}

fn spokesperson(values: &Values, today: Day) -> Option<Spokesperson> {
    let (starts_on, ends_on) = (values.day("starts_on")?, values.day("ends_on"));
    let is_public = values.day("published_on").is_some_and(|day| day <= today);
    if !is_public || starts_on > today || ends_on.is_some_and(|last| last < today) {
        return None;
    }
    let text = |key: &str| values.text(key).unwrap_or_default().to_owned();
    Some(Spokesperson {
        full_name: text("full_name"),
        title: text("title"),
        body: text("body"),
        phone: text("phone"),
        email: text("email"),
        kind: values.word("kind").unwrap_or_default().to_owned(),
        matter: text("matter"),
        starts_on,
        ends_on,
        decision_symbol: text("decision_symbol"),
        authorised_by: text("authorised_by"),
        away_until: None,
        deputy: String::new(),
    })
}

/// What has changed since an index last looked: `after` is the mark of the last item it took in.
///
/// # Errors
/// When the database fails.
pub fn changed_since(app: &App, after: (i64, &str), limit: u16) -> Result<Vec<PublicItem>, ActionError> {
    app.read(|r| Ok(rows::changed_since(r, after, limit)?))
}

/// The mark of the newest change of anything public: copies made before it are out of date.
///
/// # Errors
/// When the database fails.
pub fn newest_change(app: &App) -> Result<i64, ActionError> {
    app.read(|r| Ok(rows::newest_change(r)?))
}

/// When something public last changed, for feeds; now when nothing is public yet.
pub fn last_change(items: &[PublicItem], now: Timestamp) -> Timestamp {
    items.iter().map(|item| item.updated_at).max().unwrap_or(now)
}
