//! The log of security events (*nhật ký an toàn thông tin*, LOG-06, LOG-08): who signed in, what was refused, who read
//! or took out personal data, chained like the ledger so that none can be changed or left out unseen.
//!
//! An event never holds what was typed, a secret, or the personal data that was read: only which record, by whom,
//! from where.
//!
//! The form, byte for byte: the hash of an event is SHA-256 over `phatngon-security-1` and then each field below as
//! its length in bytes in decimal, `:` and its UTF-8 text: sequence, instant in milliseconds, event, person, address,
//! port, request, detail, hash of the event before.

use sha2::{Digest, Sha256};

use crate::ledger::Fault;

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// From 1, without gaps.
    pub sequence: i64,
    /// When, in milliseconds UTC. Order is by sequence.
    pub at_milliseconds: i64,
    /// What: `signed_in`, `access_refused`.
    pub event: String,
    /// The person's id; empty when nobody was signed in.
    pub person: String,
    /// The address of who asked; empty for the program itself.
    pub address: String,
    /// The port of who asked; 0 for the program itself.
    pub port: i64,
    /// The reference number of the request; empty for the program itself.
    pub request: String,
    /// What it was about, in words for people who look after the installation: `record=questions/01J…`.
    pub detail: String,
    /// Hash of the event before.
    pub previous: String,
    /// Hash of this event.
    pub hash: String,
}

impl Event {
    /// The hash this event must have.
    pub fn computed_hash(&self) -> String {
        let mut hasher = Sha256::new();
        hasher.update(b"phatngon-security-1");
        for field in [
            &self.sequence.to_string(),
            &self.at_milliseconds.to_string(),
            &self.event,
            &self.person,
            &self.address,
            &self.port.to_string(),
            &self.request,
            &self.detail,
            &self.previous,
        ] {
            hasher.update(field.len().to_string().as_bytes());
            hasher.update(b":");
            hasher.update(field.as_bytes());
        }
        hex::encode(hasher.finalize())
    }

    /// This event with its hash filled in.
    #[must_use]
    pub fn sealed(mut self) -> Event {
        self.hash = self.computed_hash();
        self
    }

    /// Whether it continues a chain that stands at this sequence and hash.
    ///
    /// # Errors
    /// The fault, when it does not.
    pub fn continues(&self, sequence: i64, hash: &str) -> Result<(), Fault> {
        if self.sequence != sequence + 1 {
            return Err(Fault::Gap);
        }
        if self.previous != hash {
            return Err(Fault::Unchained);
        }
        if self.hash == self.computed_hash() { Ok(()) } else { Err(Fault::Changed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::GENESIS;

    fn event() -> Event {
        Event {
            sequence: 1,
            at_milliseconds: 1_600_000_000_000,
            event: "signed_in".into(),
            person: "P".into(),
            address: "10.0.0.1".into(),
            port: 50_000,
            request: "0123456789abcdef".into(),
            detail: "a=b".into(),
            previous: GENESIS.into(),
            hash: String::new(),
        }
        .sealed()
    }

    #[test]
    fn every_field_is_part_of_the_hash_and_none_can_flow_into_the_next() {
        let good = event();
        assert_eq!(good.continues(0, GENESIS), Ok(()));
        let changes: [fn(&mut Event); 7] = [
            |event| event.at_milliseconds += 1,
            |event| event.event.push('x'),
            |event| event.person.clear(),
            |event| event.address.push('1'),
            |event| event.port += 1,
            |event| event.request.push('0'),
            |event| event.detail.push('c'),
        ];
        for change in changes {
            let mut bad = good.clone();
            change(&mut bad);
            assert_eq!(bad.continues(0, GENESIS), Err(Fault::Changed));
        }
        let moved = Event { event: "signed_inP".into(), person: String::new(), ..good.clone() };
        assert_eq!(moved.continues(0, GENESIS), Err(Fault::Changed));
        assert_eq!(good.continues(1, GENESIS), Err(Fault::Gap));
        assert_eq!(good.continues(0, &good.hash), Err(Fault::Unchained));
    }
}
