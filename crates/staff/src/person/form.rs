//! The form of a person: names, unit, roles.

use app::account::{NewPerson, Person};
use app::office::UnitView;
use domain::access::{Capability, Role, may};
use domain::time::Day;
use web_kit::component::{Choice, Field, Kind};
use web_kit::form::FormState;

use crate::gate::{Staff, role_key};

/// Its fields without roles.
pub(super) const LINES: [&str; 5] = ["account", "full_name", "title", "email", "unit"];

/// The box of a role.
const fn box_of(role: Role) -> &'static str {
    match role {
        Role::Clerk => "role_clerk",
        Role::Officer => "role_officer",
        Role::UnitHead => "role_unit_head",
        Role::Radio => "role_radio",
        Role::Spokesperson => "role_spokesperson",
        Role::Leader => "role_leader",
        Role::Superior => "role_superior",
        Role::Administrator => "role_administrator",
    }
}

/// All names the form sends.
pub(super) fn names() -> Vec<&'static str> {
    let mut names = LINES.to_vec();
    names.extend(Role::ALL.map(box_of));
    names.extend(["is_enabled", "version"]);
    names
}

/// The form filled with what is known.
pub(super) fn filled(person: &Person) -> FormState {
    let unit = person.unit.map(|unit| unit.to_string()).unwrap_or_default();
    let mut values = vec![
        ("account", person.account.clone()),
        ("full_name", person.full_name.clone()),
        ("title", person.title.clone()),
        ("email", person.email.clone()),
        ("unit", unit),
    ];
    let held = Role::ALL.into_iter().filter(|role| person.roles.contains(role));
    values.extend(held.map(|role| (box_of(role), "on".to_owned())));
    if person.is_enabled {
        values.push(("is_enabled", "on".to_owned()));
    }
    FormState::of(values)
}

/// What was typed.
pub(super) fn read(form: &FormState) -> NewPerson {
    NewPerson {
        account: form.line("account"),
        full_name: form.line("full_name"),
        title: form.line("title"),
        email: form.line("email"),
        unit: form.value("unit").parse().ok(),
        roles: Role::ALL.into_iter().filter(|role| form.value(box_of(*role)) == "on").collect(),
    }
}

/// Its fields. `today` is the day of the office, its last one when it has ended; units that do not stand on it are offered
/// only to people who are in one.
pub(super) fn lines(staff: &Staff, form: &FormState, units: &[UnitView], today: Day) -> Vec<Field> {
    let t = staff.t();
    let chosen = form.value("unit");
    let is_offered = |unit: &&UnitView| {
        let stands = unit.valid_from.is_none_or(|first| first <= today)
            && unit.valid_to.is_none_or(|last| last >= today);
        stands || unit.id.to_string() == chosen
    };
    let units = units
        .iter()
        .filter(is_offered)
        .map(|unit| Choice::new(unit.id.to_string(), unit.name.clone()))
        .collect();
    vec![
        Field::new(form, t, "account", t.text("person.account"), Kind::Line("text"))
            .required()
            .help(t.text("person.account_help"))
            .autocomplete("off"),
        Field::new(form, t, "full_name", t.text("person.full_name"), Kind::Line("text"))
            .required()
            .autocomplete("off"),
        Field::new(form, t, "title", t.text("person.job"), Kind::Line("text")).autocomplete("off"),
        Field::new(form, t, "email", t.text("person.email"), Kind::Line("email"))
            .help(t.text("person.email_help"))
            .autocomplete("off"),
        Field::new(form, t, "unit", t.text("person.unit"), Kind::Select(units)),
    ]
}

/// The boxes of the roles, each with what the role may do.
pub(super) fn roles(staff: &Staff, form: &FormState) -> Vec<Field> {
    let t = staff.t();
    Role::ALL
        .into_iter()
        .map(|role| {
            let allowed: Vec<&str> = Capability::ALL
                .into_iter()
                .filter(|capability| may(&[role], *capability))
                .map(|capability| t.text(&format!("capability.{}", capability.word())))
                .collect();
            let help = format!("{}: {}.", t.text("person.can"), allowed.join("; "));
            Field::new(form, t, box_of(role), t.text(role_key(role)), Kind::Check).help(help)
        })
        .collect()
}
