//! Who acts: a person of the office with the roles of this moment, the command line, or the program itself.

use domain::access::{self, Capability, Role};
use domain::id::{PersonId, UnitId};

use crate::ActionError;

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The word the ledger keeps: a person's id, `command_line` or `system`.
    pub name: String,
    /// The person, when it is one.
    pub person: Option<PersonId>,
    /// The unit the person works in.
    pub unit: Option<UnitId>,
    /// The roles that count now.
    pub roles: Vec<Role>,
    all: bool,
}

impl Actor {
    /// A person.
    pub fn person(person: PersonId, unit: Option<UnitId>, roles: Vec<Role>) -> Actor {
        Actor { name: person.to_string(), person: Some(person), unit, roles, all: false }
    }

    /// Whoever may run commands on the machine: everything, save approving.
    pub fn command_line() -> Actor {
        Actor { name: "command_line".to_owned(), person: None, unit: None, roles: Vec::new(), all: true }
    }

    /// The program itself: jobs, set-up.
    pub fn system() -> Actor {
        Actor { name: "system".to_owned(), person: None, unit: None, roles: Vec::new(), all: true }
    }

    /// Whether this actor may do it. Clearing and signing are for people alone.
    pub fn may(&self, capability: Capability) -> bool {
        (self.all && !is_approving(capability)) || access::may(&self.roles, capability)
    }

    /// Refuses unless this actor may do it.
    ///
    /// # Errors
    /// [`ActionError::Forbidden`] with the capability's word.
    pub fn require(&self, capability: Capability) -> Result<(), ActionError> {
        if self.may(capability) { Ok(()) } else { Err(ActionError::Forbidden(capability.word())) }
    }
}

/// What only people do.
const fn is_approving(capability: Capability) -> bool {
    matches!(capability, Capability::ClearReport | Capability::SignReport | Capability::ApprovePublications)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_may_do_everything_but_approve() {
        let actor = Actor::command_line();
        for capability in Capability::ALL {
            assert_eq!(actor.may(capability), !is_approving(capability), "{}", capability.word());
        }
    }
}
