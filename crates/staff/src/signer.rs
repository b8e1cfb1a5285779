//! The fields of who signs a document (*người ký*), the same on every form that asks for it.

use report::document::{Authority, Signer};
use web_kit::Language;
use web_kit::component::{Choice, Field, Kind};
use web_kit::form::FormState;

/// The names of the fields.
pub const NAMES: [&str; 5] = ["authority", "collective", "head_title", "signer_title", "signer_name"];

const AUTHORITIES: [(Authority, &str); 5] = [
    (Authority::Head, "head"),
    (Authority::Deputy, "deputy"),
    (Authority::Acting, "acting"),
    (Authority::ByOrder, "by_order"),
    (Authority::ByAuthorisation, "by_authorisation"),
];

/// The values of the fields, in their order.
pub fn values(signer: &Signer) -> [(&'static str, String); 5] {
    let authority = AUTHORITIES.iter().find(|(authority, _)| *authority == signer.authority);
    let values = [
        authority.map_or("", |(_, word)| *word).to_owned(),
        signer.collective.clone().unwrap_or_default(),
        signer.head_title.clone(),
        signer.signer_title.clone(),
        signer.name.clone(),
    ];
    std::array::from_fn(|index| (NAMES[index], values[index].clone()))
}

/// Who was typed; nobody without a name.
pub fn read(form: &FormState) -> Option<Signer> {
    let some = |text: String| (!text.is_empty()).then_some(text);
    let word = form.value("authority");
    let authority = AUTHORITIES.iter().find(|(_, known)| *known == word);
    some(form.line("signer_name")).map(|name| Signer {
        authority: authority.map_or(Authority::Head, |(found, _)| *found),
        collective: some(form.line("collective")),
        head_title: form.line("head_title"),
        signer_title: form.line("signer_title"),
        name,
    })
}

/// The fields.
pub fn fields(t: Language, form: &FormState) -> Vec<Field> {
    let authorities =
        AUTHORITIES.map(|(_, word)| Choice::new(word, t.text(&format!("report.authority.{word}")))).to_vec();
    let field = |name: &str| {
        let kind = if name == "authority" { Kind::Select(authorities.clone()) } else { Kind::Line("text") };
        Field::new(form, t, name, t.text(&format!("office.{name}")), kind)
    };
    NAMES.into_iter().map(field).collect()
}
