//! Making an installation: the office, its units, law and calendar, the first administrator; and the example.

use std::collections::BTreeMap;

use domain::access::Role;
use domain::id::UnitId;
use domain::text;
use domain::time::Day;
use domain::unit::{Seeds, UnitKind};
use report::document::{Authority, Citation, OfficeNames, Signer};
use serde::Serialize;

use crate::account::{self, Invitation, NewPerson};
use crate::office::{self, NewUnit, Office};
use crate::{ActionError, Actor, App, rules};

/// An office to be.
#[derive(Debug, Clone)]
pub struct Init {
    /// What it is called; at least name, place and symbol.
    pub names: OfficeNames,
    /// What it is.
    pub kind: UnitKind,
    /// Who signs its reports.
    pub signer: Option<Signer>,
    /// Names under which the radio station supplies news.
    pub radio_names: Vec<String>,
    /// Whether it is the example.
    pub is_example: bool,
    /// Units of a data file, and the code of the office among them.
    pub seeds: Option<(Seeds, &'static str)>,
}

/// Names of an office that follow from its full name and place, where the form leaves them open.
pub fn names_from(name: &str, place: &str) -> OfficeNames {
    let name = text::clean_line(name);
    let short = name
        .strip_prefix("Ủy ban nhân dân ")
        .or_else(|| name.strip_prefix("Uỷ ban nhân dân "))
        .map_or_else(|| name.clone(), |rest| format!("UBND {rest}"));
    let rest = short.strip_prefix("UBND ").unwrap_or("").to_owned();
    const LEVELS: [&str; 8] = ["thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "huyện", "tỉnh", "xã"];
    let level = LEVELS.into_iter().find(|level| rest.starts_with(level)).unwrap_or("");
    let proper = rest.strip_prefix(level).unwrap_or(&rest).trim();
    let place = text::clean_line(place);
    let header = if rest.is_empty() {
        vec![name.to_uppercase()]
    } else {
        vec!["ỦY BAN NHÂN DÂN".to_owned(), rest.to_uppercase()]
    };
    OfficeNames {
        parent: None,
        header,
        short,
        level: level.to_owned(),
        place: match (place.is_empty(), proper.is_empty()) {
            (false, _) => place,
            (true, false) => capitalised(proper, level),
            // Left to be written by hand until the office is named.
            (true, true) => "…………".to_owned(),
        },
        symbol: "UBND".to_owned(),
        name,
        filing_unit: "VP".to_owned(),
        ..OfficeNames::default()
    }
}

/// *Địa danh* of a unit: its proper name; with the word of its level when that name is a number (FM-DT-2).
fn capitalised(proper: &str, level: &str) -> String {
    if !proper.starts_with(|sign: char| sign.is_ascii_digit()) {
        return proper.to_owned();
    }
    let mut letters = level.chars();
    let first: String = letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{} {proper}", letters.as_str())
}

/// Whether the installation has an office.
///
/// # Errors
/// When the database fails.
pub fn is_made(app: &App) -> Result<bool, ActionError> {
    match office::office(app) {
        Ok(_) => Ok(true),
        Err(ActionError::Refused("no_office")) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Makes the office with its units, law and calendar.
///
/// # Errors
/// When there is one already, a name is missing, or a unit names one that is not there.
pub fn make(app: &App, actor: &Actor, init: &Init) -> Result<UnitId, ActionError> {
    if is_made(app)? {
        return Err(ActionError::Refused("office_exists"));
    }
    if text::clean_line(&init.names.name).is_empty() {
        return Err(ActionError::invalid("name", "required"));
    }
    app.write(actor, |tx| {
        rules::install(tx)?;
        let own = if let Some((seeds, code)) = &init.seeds {
            plant(tx, seeds, code)?
        } else {
            let own = NewUnit {
                name: init.names.name.clone(),
                short_name: init.names.short.clone(),
                kind: init.kind,
                parent: None,
                valid_from: None,
                aliases: Vec::new(),
            };
            office::insert_unit(tx, &own, None)?
        };
        office::load_tree(tx)?;
        office::save(
            tx,
            &Office {
                unit: own,
                names: init.names.clone(),
                signer: init.signer.clone(),
                organ_id: String::new(),
                radio_names: init.radio_names.clone(),
                is_example: init.is_example,
            },
        )?;
        Ok(own)
    })
}

/// Writes the units of a data file; the id of the one with the code of the office.
fn plant(tx: &mut store::Tx<'_>, seeds: &Seeds, office: &str) -> Result<UnitId, ActionError> {
    let mut ids: BTreeMap<&str, UnitId> = BTreeMap::new();
    for unit in &seeds.units {
        let parent = match unit.parent.as_deref() {
            Some(code) => Some(*ids.get(code).ok_or_else(|| ActionError::invalid("parent", "no_such_unit"))?),
            None => None,
        };
        let new = NewUnit {
            name: unit.name.clone(),
            short_name: unit.short_name.clone(),
            kind: unit.kind,
            parent,
            valid_from: unit.valid_from,
            aliases: unit.aliases.clone(),
        };
        ids.insert(&unit.code, office::insert_unit(tx, &new, unit.valid_to)?);
    }
    let find = |code: &str| ids.get(code).copied().ok_or(ActionError::NotFound);
    for link in &seeds.links {
        let row = store::unit::UnitLinkRow {
            predecessor: find(&link.predecessor)?,
            successor: find(&link.successor)?,
            changed_on: link.on,
            basis: link.basis.clone(),
        };
        store::unit::link(tx, &row)?;
    }
    find(office)
}

/// The example: UBND huyện Kim Bảng in 2020. Its records are made up; its totals are those of the real report.
pub fn example() -> Init {
    let mut names = names_from("Ủy ban nhân dân huyện Kim Bảng", "Kim Bảng");
    names.subordinates = "UBND các xã, thị trấn".to_owned();
    names.radio_station = "Đài Truyền thanh huyện".to_owned();
    names.addressees = vec!["Sở Thông tin và Truyền thông tỉnh Hà Nam".to_owned()];
    names.recipients = vec!["Lãnh đạo UBND huyện".to_owned()];
    names.filing_unit = "VHTT".to_owned();
    Init {
        names,
        kind: UnitKind::District,
        signer: Some(Signer {
            authority: Authority::Deputy,
            collective: Some("Ủy ban nhân dân".to_owned()),
            head_title: "Chủ tịch".to_owned(),
            signer_title: "Phó Chủ tịch".to_owned(),
            name: EXAMPLE_CHAIRMAN.to_owned(),
        }),
        radio_names: vec!["Đài Truyền thanh huyện".to_owned()],
        is_example: true,
        seeds: Some((Seeds::kim_bang(), "huyen-kim-bang")),
    }
}

/// The letter that asked for the report of the example.
pub fn example_letter() -> Citation {
    Citation {
        kind: "Công văn".to_owned(),
        symbol: "1140/STTTT-TTBCXB".to_owned(),
        date: Day::new(2020, 11, 20).ok(),
        issuer: "Sở Thông tin và Truyền thông tỉnh Hà Nam".to_owned(),
        about: "thực hiện Quy chế Phát ngôn và cung cấp thông tin cho báo chí năm 2020".to_owned(),
    }
}

/// Adds the first administrator, who gets an invitation.
///
/// # Errors
/// When the account is taken or malformed.
pub fn first_administrator(app: &App, account: &str, full_name: &str) -> Result<Invitation, ActionError> {
    let new = NewPerson {
        account: account.to_owned(),
        full_name: full_name.to_owned(),
        title: String::new(),
        email: String::new(),
        unit: None,
        roles: vec![Role::Administrator],
    };
    account::add_person(app, &Actor::command_line(), &new).map(|(_, invitation)| invitation)
}

/// An account of the example with its made-up password.
#[derive(Debug, Clone, Serialize)]
pub struct ExampleAccount {
    /// What it signs in as.
    pub account: String,
    /// The password, random for each example installation.
    pub password: String,
    /// The name.
    pub full_name: String,
}

/// The unit whose people write in the example.
const DEPARTMENT: &str = "Phòng Văn hóa và Thông tin";
/// The unit that is asked for its part.
const OTHER: &str = "Phòng Tài nguyên và Môi trường";
/// Who speaks for the office of the example as its head: public, from the report of 2020.
pub const EXAMPLE_CHAIRMAN: &str = "Phạm Hoàng Tùng";

/// The cast of the example: one person for each role, and one of a second unit. All invented; spokesperson and leader
/// are those of the example's register of spokespersons.
const CAST: &[(&str, &str, &str, Role)] = &[
    ("an", "Nguyễn Thị An", "Văn thư", Role::Clerk),
    ("binh", "Trần Văn Bình", "Chuyên viên Phòng Văn hóa và Thông tin", Role::Officer),
    ("lan", "Bùi Thị Lan", "Chuyên viên Phòng Tài nguyên và Môi trường", Role::Officer),
    ("em", "Hoàng Đức Em", "Trưởng phòng Văn hóa và Thông tin", Role::UnitHead),
    ("chi", "Lê Thị Chi", "Phó Trưởng Đài Truyền thanh", Role::Radio),
    ("dung", "Trần Thị Thí Dụ", "Phó Chủ tịch", Role::Spokesperson),
    ("giang", "Lê Minh Họa", "Phó Chủ tịch", Role::Leader),
    ("hanh", "Vũ Thị Hạnh", "Chuyên viên Sở Thông tin và Truyền thông", Role::Superior),
    ("khanh", "Bùi Gia Khánh", "Quản trị", Role::Administrator),
];

/// Adds the cast of the example, each with a random password.
///
/// # Errors
/// When an account exists already.
pub fn example_people(app: &App) -> Result<Vec<(Role, ExampleAccount)>, ActionError> {
    let actor = Actor::command_line();
    let own = office::office(app)?.unit;
    let tree = office::tree(app)?;
    let day = office::working_day(&tree, own, app.today());
    let called = |name: &str| tree.children(own, day).find(|unit| unit.is_called(name)).map(|unit| unit.id);
    CAST.iter()
        .map(|(account, full_name, title, role)| {
            let unit = match role {
                Role::Officer | Role::UnitHead if title.ends_with(OTHER) => called(OTHER),
                Role::Officer | Role::UnitHead => called(DEPARTMENT),
                _ => None,
            };
            let secret = hex::encode(app.random::<9>()?);
            let password = format!("{}-{}-{}", &secret[..6], &secret[6..12], &secret[12..]);
            let new = NewPerson {
                account: (*account).to_owned(),
                full_name: (*full_name).to_owned(),
                title: (*title).to_owned(),
                email: String::new(),
                unit,
                roles: vec![*role],
            };
            account::add_with_password(app, &actor, &new, &password)?;
            let account = (*account).to_owned();
            Ok((*role, ExampleAccount { account, password, full_name: (*full_name).to_owned() }))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_from_the_full_name() {
        let names = names_from("Ủy ban nhân dân xã Thanh Sơn", "");
        assert_eq!(names.header, ["ỦY BAN NHÂN DÂN", "XÃ THANH SƠN"]);
        assert_eq!((names.short.as_str(), names.level.as_str()), ("UBND xã Thanh Sơn", "xã"));
        assert_eq!(names.place, "Thanh Sơn");
        assert_eq!(names_from("Ủy ban nhân dân phường 1", "").place, "Phường 1");
        assert_eq!(names_from("Ủy ban nhân dân thị xã Kim Bảng", "").level, "thị xã");
        assert_eq!(names_from("Ủy ban nhân dân", "").place, "…………");
    }
}
