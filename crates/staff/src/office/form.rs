//! The form of the office.

use app::office::Office;
use report::document::OfficeNames;
use web_kit::Language;
use web_kit::component::{Field, Kind};
use web_kit::form::FormState;

use crate::signer;

/// Names of one line, and whether documents need them.
const LINES: [(&str, bool); 10] = [
    ("name", true),
    ("short", false),
    ("level", false),
    ("parent", false),
    ("place", true),
    ("symbol", true),
    ("filing_unit", false),
    ("radio_station", false),
    ("subordinates", false),
    ("organ_id", false),
];
/// Lists, one entry a line.
const LISTS: [&str; 4] = ["header", "addressees", "recipients", "radio_names"];

/// All names the form sends.
pub(super) fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = LINES.iter().map(|(name, _)| *name).collect();
    names.extend(LISTS);
    names.extend(signer::NAMES);
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
        ("organ_id", office.organ_id.clone()),
        ("header", names.header.join("\n")),
        ("addressees", names.addressees.join("\n")),
        ("recipients", names.recipients.join("\n")),
        ("radio_names", office.radio_names.join("\n")),
    ];
    values.extend(office.signer.as_ref().map(signer::values).into_iter().flatten());
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
        signer: signer::read(form),
        organ_id: form.line("organ_id").to_uppercase(),
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
    [names.collect(), lists.collect(), signer::fields(t, form)]
}
