//! Which fields of a register its list shows: the few that tell lines apart. The first names the line.

use domain::register::{Field, FieldKind, Register};

const fn keys(register: Register) -> &'static [&'static str] {
    match register {
        Register::OutgoingDocuments => &["summary", "symbol", "issued_on", "signer", "drafting_unit"],
        Register::IncomingDocuments => {
            &["summary", "arrival_number", "arrived_on", "author", "symbol", "due_on"]
        }
        Register::PressRequests => &["subject", "received_on", "requester", "lead_unit", "due_on", "outcome"],
        Register::PressItems => &["title", "published_on", "outlet", "assessment", "action", "outcome"],
        Register::News => &["title", "posted_on", "category", "supplier"],
        Register::PortalDocuments => &["summary", "symbol", "type_name", "issuer", "issued_on", "posted_on"],
        Register::Questions => &["subject", "code", "received_on", "unit", "due_on", "answered_on"],
        Register::Regulations => &["title", "symbol", "issuer", "issued_on", "effective_on"],
        Register::RollOuts => &["recipient", "regulation", "sent_on", "acknowledged_on", "own_regulation_on"],
        Register::Spokespersons => &["full_name", "title", "body", "kind", "starts_on", "ends_on"],
        Register::Statements => &["subject", "held_on", "form", "turn", "occasion", "speaker"],
        Register::ExtraordinaryCases => &["subject", "arose_on", "class", "due_at", "spoken_at", "on_time"],
        Register::InternalRequests => &["subject", "asked_on", "unit", "due_on", "answered_on", "outcome"],
        Register::Trainings => &["title", "held_on", "people", "audience"],
        Register::Outages => &["subject", "started_on", "started_at", "ended_on", "ended_at", "kind"],
    }
}

/// The fields of the list of a register.
pub(super) fn of(register: Register) -> impl Iterator<Item = &'static Field> {
    keys(register).iter().filter_map(move |key| register.field(key))
}

/// The fields a list can be narrowed by.
pub(super) fn words(register: Register) -> impl Iterator<Item = &'static Field> {
    register.fields().iter().filter(|field| matches!(field.kind, FieldKind::Word(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_a_field_and_the_first_names_the_line() {
        for register in Register::ALL {
            assert_eq!(of(register).count(), keys(register).len(), "{}", register.word());
            assert_eq!(keys(register).first(), Some(&register.title_field()));
        }
    }
}
