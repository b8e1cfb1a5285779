//! The people of the example, as actors.

use app::{ActionError, Actor, App, account};

/// The people of the example, by what they do in it.
pub(super) struct Cast {
    pub(super) clerk: Actor,
    pub(super) officer: Actor,
    pub(super) head: Actor,
    /// Of another unit than the officer.
    pub(super) helper: Actor,
    pub(super) speaker: Actor,
    pub(super) leader: Actor,
    pub(super) station: Actor,
}

impl Cast {
    /// Finds them by their accounts.
    pub(super) fn of(app: &App) -> Result<Cast, ActionError> {
        let people = account::people(app, &Actor::command_line())?;
        let person = |name: &str| {
            let found = people.iter().find(|person| person.account == name).ok_or(ActionError::NotFound)?;
            Ok::<_, ActionError>(Actor::person(found.id, found.unit, found.roles.clone()))
        };
        Ok(Cast {
            clerk: person("an")?,
            officer: person("binh")?,
            head: person("em")?,
            helper: person("lan")?,
            speaker: person("dung")?,
            leader: person("giang")?,
            station: person("chi")?,
        })
    }
}
