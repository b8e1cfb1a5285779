//! Who may speak for the office on a day (NĐ 09/2017 Đ3, NĐ 244/2026 Đ2, Đ3): the head; a regular spokesperson where
//! the law of the day knows one; a person authorised in writing, for one matter, for a limited time.

use crate::law::Law;
use crate::register::Values;
use crate::text;
use crate::time::Day;
use crate::unit::UnitKind;

/// Why somebody may not speak for the office. Locale key `refusal.<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotEntitled {
    /// Nobody of this name stands in the list of spokespersons on that day.
    NotNamed,
    /// Named, but not on that day.
    NotThatDay,
    /// The law of that day knows no regular spokesperson at this level (PS-WHO-3).
    NoRegularAtThisLevel,
    /// An authorisation needs a document and an end (PS-WHO-5).
    NotInWriting,
    /// Authorised for another matter (PS-WHO-5).
    OtherMatter,
    /// Speaks for another body than this office (PS-WHO-1).
    OtherBody,
    /// By the law of that day only a deputy of the head may be authorised at this level (PS-WHO-3).
    NotADeputy,
}

/// The office somebody is to speak for.
#[derive(Debug, Clone, Copy)]
pub struct Speaks<'a> {
    /// The law.
    pub law: &'a Law,
    /// What the office is.
    pub kind: UnitKind,
    /// What it is called, in full and short; none: not compared.
    pub names: &'a [String],
}

impl NotEntitled {
    /// All of them.
    pub const ALL: [NotEntitled; 7] = [
        NotEntitled::NotNamed,
        NotEntitled::NotThatDay,
        NotEntitled::NoRegularAtThisLevel,
        NotEntitled::NotInWriting,
        NotEntitled::OtherMatter,
        NotEntitled::OtherBody,
        NotEntitled::NotADeputy,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            NotEntitled::NotNamed => "speaker_not_named",
            NotEntitled::NotThatDay => "speaker_not_that_day",
            NotEntitled::NoRegularAtThisLevel => "speaker_no_regular",
            NotEntitled::NotInWriting => "speaker_not_in_writing",
            NotEntitled::OtherMatter => "speaker_other_matter",
            NotEntitled::OtherBody => "speaker_other_body",
            NotEntitled::NotADeputy => "speaker_not_a_deputy",
        }
    }
}

/// The rules that let an office of this kind have a regular spokesperson.
const fn regular_rules(kind: UnitKind) -> &'static [&'static str] {
    match kind {
        UnitKind::Province => &["PS-WHO-1", "PS-WHO-4"],
        _ => &["PS-WHO-4"],
    }
}

/// Whether the law of `day` knows a regular spokesperson of an office of this kind.
pub fn may_have_regular(law: &Law, kind: UnitKind, day: Day) -> bool {
    regular_rules(kind).iter().any(|id| law.rule_at(id, day).is_ok())
}

/// Whether the law of `day` lets an office of this kind authorise none but a deputy of its head.
pub fn only_deputies(law: &Law, kind: UnitKind, day: Day) -> bool {
    let is_bound = matches!(
        kind,
        UnitKind::District | UnitKind::Commune | UnitKind::Ward | UnitKind::Town | UnitKind::SpecialZone
    );
    is_bound && law.rule_at("PS-WHO-3", day).is_ok()
}

/// Whether `name` may speak on `matter` for an office on `day`, by the lines of the register of
/// spokespersons.
///
/// # Errors
/// The reason that stands nearest to being entitled.
pub fn entitled<'a>(
    lines: impl IntoIterator<Item = &'a Values>,
    (name, matter): (&str, &str),
    day: Day,
    office: Speaks<'_>,
) -> Result<(), NotEntitled> {
    let wanted = text::key(name);
    let named =
        lines.into_iter().filter(|line| line.text("full_name").is_some_and(|own| text::key(own) == wanted));
    let mut nearest = NotEntitled::NotNamed;
    for line in named {
        match by_line(line, matter, day, office) {
            Ok(()) => return Ok(()),
            Err(refusal) => nearest = further(nearest, refusal),
        }
    }
    Err(nearest)
}

/// Of two reasons, the one found later in the order of the checks.
fn further(one: NotEntitled, other: NotEntitled) -> NotEntitled {
    let place = |of: NotEntitled| NotEntitled::ALL.iter().position(|known| *known == of);
    if place(other) > place(one) { other } else { one }
}

fn by_line(line: &Values, matter: &str, day: Day, office: Speaks<'_>) -> Result<(), NotEntitled> {
    let has_begun = line.day("starts_on").is_some_and(|first| first <= day);
    if !has_begun || line.day("ends_on").is_some_and(|last| last < day) {
        return Err(NotEntitled::NotThatDay);
    }
    match line.word("kind") {
        Some("regular") if !may_have_regular(office.law, office.kind, day) => {
            Err(NotEntitled::NoRegularAtThisLevel)
        }
        Some("authorised") => authorised(line, matter).and_then(|()| is_allowed(line, day, office)),
        _ if !is_of(line.text("body").unwrap_or(""), office.names) => Err(NotEntitled::OtherBody),
        _ => Ok(()),
    }
}

/// Whether the law of the day lets the office authorise this person: none but a deputy of the head, or, from the day it
/// says so, somebody of a department too.
fn is_allowed(line: &Values, day: Day, office: Speaks<'_>) -> Result<(), NotEntitled> {
    if !only_deputies(office.law, office.kind, day) {
        return Ok(());
    }
    if !is_of(line.text("body").unwrap_or(""), office.names) {
        return Err(NotEntitled::OtherBody);
    }
    if is_deputy(line.text("title").unwrap_or("")) { Ok(()) } else { Err(NotEntitled::NotADeputy) }
}

/// Whether a title is that of a deputy of the Chairman: *Phó Chủ tịch*, also *Phó Chủ tịch Thường trực UBND huyện*; not
/// that of the People's Council, the Front or an association.
fn is_deputy(title: &str) -> bool {
    const OTHERS: [&str; 8] =
        ["hdnd", "hoi", "mat tran", "mttq", "ubmttq", "uy ban mat tran", "cong doan", "lien doan"];
    let folded = text::fold(title).replace("uy ban mttq", "mttq");
    folded.split([',', ';', '-', '–', '(']).any(|part| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let part = words.join(" ");
        part.strip_prefix("pho chu tich").is_some_and(|rest| {
            let rest = rest.trim_start().trim_start_matches("thuong truc").trim_start();
            let names = |other: &&str| {
                rest.strip_prefix(*other).is_some_and(|more| more.is_empty() || more.starts_with(' '))
            };
            !OTHERS.iter().any(|other| names(other))
        })
    })
}

/// Whether a body is the office; a line that names none is of the office whose register it stands in.
fn is_of(body: &str, names: &[String]) -> bool {
    let plain = |name: &str| text::fold(name).replace("ubnd", "uy ban nhan dan");
    let body = plain(body);
    body.is_empty() || names.is_empty() || names.iter().any(|name| plain(name) == body)
}

/// What a line that authorises somebody lacks: the matter, the document, the end (PS-WHO-5; NĐ 09/2017 Đ3 k6, NĐ 244/2026
/// Đ3 k5 alike), who authorised. Nothing for the head and a regular spokesperson.
pub fn missing_of_authorisation(line: &Values) -> Vec<&'static str> {
    if line.word("kind") != Some("authorised") {
        return Vec::new();
    }
    let has = [
        ("matter", line.text("matter").is_some()),
        ("ends_on", line.day("ends_on").is_some()),
        ("decision_symbol", line.text("decision_symbol").is_some()),
        ("authorised_by", line.text("authorised_by").is_some()),
    ];
    has.into_iter().filter(|(_, is_there)| !is_there).map(|(field, _)| field).collect()
}

/// What the public line of a regular spokesperson lacks by the law of the day it was published: telephone and e-mail
/// (PS-PUB-3). Nothing for others, and for who was not published.
pub fn missing_of_publication(law: &Law, line: &Values) -> Vec<&'static str> {
    let is_bound = line.word("kind") == Some("regular")
        && line.day("published_on").is_some_and(|day| law.rule_at("PS-PUB-3", day).is_ok());
    if !is_bound {
        return Vec::new();
    }
    let has = [
        ("phone", line.text("phone").is_some()),
        ("email", line.text("email").is_some_and(|address| address.contains('@'))),
    ];
    has.into_iter().filter(|(_, is_there)| !is_there).map(|(field, _)| field).collect()
}

/// One matter, in writing, for a limited time.
fn authorised(line: &Values, matter: &str) -> Result<(), NotEntitled> {
    if line.text("decision_symbol").is_none() || line.day("ends_on").is_none() {
        return Err(NotEntitled::NotInWriting);
    }
    if is_same_matter(line.text("matter").unwrap_or(""), matter) {
        Ok(())
    } else {
        Err(NotEntitled::OtherMatter)
    }
}

/// Whether two short texts are about the same matter: two thirds of the words of the shorter, and two words at least,
/// stand in the other. A matter of one word is none.
fn is_same_matter(one: &str, other: &str) -> bool {
    let words = |text: &str| {
        let folded = text::fold(text);
        let words = folded.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_owned).collect::<std::collections::BTreeSet<_>>()
    };
    let (one, other) = (words(one), words(other));
    let shorter = one.len().min(other.len());
    let shared = one.intersection(&other).count();
    shared >= 2 && shared * 3 >= shorter * 2
}
