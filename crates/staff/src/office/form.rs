//! The form of the office.

use app::office::Office;
use report::document::{Authority, OfficeNames, Signer};
use web_kit::Language;
use web_kit::component::{Choice, Field, Kind};
use web_kit::form::FormState;

/// Names of one line, and whether documents need them.
const LINES: [(&str, bool); 9] = [
    ("name", true),
    ("short", false),
    ("level", false),
    ("parent", false),
    ("place", true),
    ("symbol", true),
    ("filing_unit", false),
    ("radio_station", false),
    ("subordinates", false),
];
/// Lists, one entry a line.
const LISTS: [&str; 4] = ["header", "addressees", "recipients", "radio_names"];
const SIGNER: [&str; 5] = ["authority", "collective", "head_title", "signer_title", "signer_name"];

const AUTHORITIES: [(Authority, &str); 5] = [
    (Authority::Head, "head"),
    (Authority::Deputy, "deputy"),
    (Authority::Acting, "acting"),
    (Authority::ByOrder, "by_order"),
    (Authority::ByAuthorisation, "by_authorisation"),
];

/// All names the form sends.
pub(super) fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = LINES.iter().map(|(name, _)| *name).collect();
    names.extend(LISTS);
    names.extend(SIGNER);
    names.push("seen");
    names
}

/// The form filled with what is known.
pub(super) fn filled(office: &Office) -> FormState {
    let names = &office.names;
    let mut values = vec![
        ("name", names.name.clone()),
        ("short", names.short.clone()),
        ("level", names.level.clone()),
        ("parent", names.parent.clone().unwrap_or_default()),
        ("place", names.place.clone()),
        ("symbol", names.symbol.clone()),
        ("filing_unit", names.filing_unit.clone()),
        ("radio_station", names.radio_station.clone()),
        ("subordinates", names.subordinates.clone()),
        ("header", names.header.join("\n")),
        ("addressees", names.addressees.join("\n")),
        ("recipients", names.recipients.join("\n")),
        ("radio_names", office.radio_names.join("\n")),
    ];
    if let Some(signer) = &office.signer {
        let authority = AUTHORITIES.iter().find(|(authority, _)| *authority == signer.authority);
        values.extend([
            ("authority", authority.map_or("", |(_, word)| *word).to_owned()),
            ("collective", signer.collective.clone().unwrap_or_default()),
            ("head_title", signer.head_title.clone()),
            ("signer_title", signer.signer_title.clone()),
            ("signer_name", signer.name.clone()),
        ]);
    }
    FormState::of(values)
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// What was typed, on top of what the form does not show.
pub(super) fn read(form: &FormState, present: &Office) -> Office {
    let lines = |name: &str| -> Vec<String> {
        form.text(name).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    let word = form.value("authority");
    let authority =
        AUTHORITIES.iter().find(|(_, known)| *known == word).map_or(Authority::Head, |(found, _)| *found);
    let signer = some(form.line("signer_name")).map(|name| Signer {
        authority,
        collective: some(form.line("collective")),
        head_title: form.line("head_title"),
        signer_title: form.line("signer_title"),
        name,
    });
    Office {
        names: OfficeNames {
            parent: some(form.line("parent")),
            header: lines("header"),
            name: form.line("name"),
            short: form.line("short"),
            level: form.line("level"),
            place: form.line("place"),
            symbol: form.line("symbol"),
            subordinates: form.line("subordinates"),
            radio_station: form.line("radio_station"),
            addressees: lines("addressees"),
            recipients: lines("recipients"),
            filing_unit: form.line("filing_unit"),
        },
        signer,
        radio_names: lines("radio_names"),
        ..present.clone()
    }
}

/// The fields: names, lists, signer.
pub(super) fn fields(t: Language, form: &FormState) -> [Vec<Field>; 3] {
    let names = LINES.iter().map(|(name, required)| {
        let field = Field::new(form, t, name, t.text(&format!("office.{name}")), Kind::Line("text"));
        let field = match t.find(&format!("office.help.{name}")) {
            Some(help) => field.help(help),
            None => field,
        };
        if *required { field.required() } else { field }
    });
    let lists = LISTS.iter().map(|name| {
        Field::new(form, t, name, t.text(&format!("office.{name}")), Kind::Text(4))
            .help(t.text(&format!("office.help.{name}")))
    });
    let authorities =
        AUTHORITIES.map(|(_, word)| Choice::new(word, t.text(&format!("report.authority.{word}")))).to_vec();
    let signer = SIGNER.iter().map(|name| {
        let kind = if *name == "authority" { Kind::Select(authorities.clone()) } else { Kind::Line("text") };
        Field::new(form, t, name, t.text(&format!("office.{name}")), kind)
    });
    [names.collect(), lists.collect(), signer.collect()]
}
