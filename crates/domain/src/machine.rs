//! What every state machine of ours is made of: a table of rows, and steps that only a decision makes. Which events
//! are refused for which reason stands with each machine.

use crate::access::Capability;

/// One row of a table: from, event, to, what the person must be able to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<S, E> {
    /// The state before.
    pub from: S,
    /// The event.
    pub event: E,
    /// The state after.
    pub to: S,
    /// What it takes.
    pub needs: Capability,
}

/// A row, as tables write it.
pub(crate) const fn row<S: Copy, E: Copy>(from: S, event: E, to: S, needs: Capability) -> Row<S, E> {
    Row { from, event, to, needs }
}

/// The row of a table for an event in a state; none where the state does not allow the event.
pub(crate) fn find<S: PartialEq, E: PartialEq>(table: &[Row<S, E>], from: S, event: E) -> Option<&Row<S, E>> {
    table.iter().find(|row| row.from == from && row.event == event)
}

/// A decided transition. Only the decision of a machine makes one, and saving a state takes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step<S, E> {
    event: E,
    from: S,
    to: S,
}

impl<S: Copy, E: Copy> Row<S, E> {
    /// The step of this row: for decisions that found nothing against it.
    pub(crate) const fn step(&self) -> Step<S, E> {
        Step { event: self.event, from: self.from, to: self.to }
    }
}

impl<S: Copy, E: Copy> Step<S, E> {
    /// What was decided.
    pub const fn event(&self) -> E {
        self.event
    }
    /// The state before.
    pub const fn from(&self) -> S {
        self.from
    }
    /// The state after.
    pub const fn to(&self) -> S {
        self.to
    }
}
