//! A reader's notice that something published is wrong (*báo lỗi nội dung*): where it stands, who may move it on, how
//! long the sender's contact is kept. Checked and answered within the limit of `AI-PUB-6` (Law 104/2016/QH13 Đ22 k4
//! and the law that follows it).

use serde::Serialize;

/// The rule that gives the limit.
pub const RULE: &str = "AI-PUB-6";
/// Signs of a message.
pub const LONGEST_TEXT: usize = 2_000;
/// Signs of a contact.
pub const LONGEST_CONTACT: usize = 200;
/// Days the contact is kept once the notice is closed: long enough to ask back, no longer (TT 25/2010/TT-BTTTT).
pub const CONTACT_DAYS: i64 = 30;

/// Where a notice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Just come.
    New,
    /// Somebody looks into it.
    Accepted,
    /// It was right, and what was wrong is mended.
    Corrected,
    /// It was not right, or not about what is published here.
    Refused,
}

impl State {
    /// All states, in their order.
    pub const ALL: [State; 4] = [State::New, State::Accepted, State::Corrected, State::Refused];

    /// The stored word; locale key `notice.state.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            State::New => "new",
            State::Accepted => "accepted",
            State::Corrected => "corrected",
            State::Refused => "refused",
        }
    }

    /// The state with this stored word.
    pub fn from_word(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether nothing more is to be done.
    pub const fn is_closed(self) -> bool {
        matches!(self, State::Corrected | State::Refused)
    }

    /// Whether a notice that stands here may go there: never back, never out of a closed state.
    pub const fn leads_to(self, next: State) -> bool {
        match next {
            State::New => false,
            State::Accepted => matches!(self, State::New),
            State::Corrected | State::Refused => !self.is_closed(),
        }
    }
}

/// Signs of receipt codes: no letter or digit that is taken for another.
const SIGNS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// The receipt code of these random bytes, `K7QF-2M9T-XB4H-…`: 80 bits, so that nobody guesses another's.
pub fn receipt(random: [u8; 16]) -> String {
    let mut out = String::with_capacity(19);
    for (at, byte) in random.iter().enumerate() {
        if at > 0 && at % 4 == 0 {
            out.push('-');
        }
        out.push(char::from(SIGNS[usize::from(byte % 32)]));
    }
    out
}

/// A code as somebody typed it: capital letters, in groups of four; nothing for what is no code.
pub fn read_receipt(typed: &str) -> Option<String> {
    let signs: Vec<u8> = typed.to_ascii_uppercase().bytes().filter(|byte| !b" -".contains(byte)).collect();
    let fits = signs.len() == 16 && signs.iter().all(|sign| SIGNS.contains(sign));
    fits.then(|| {
        let groups: Vec<&str> = signs.chunks(4).map(|part| std::str::from_utf8(part).unwrap_or("")).collect();
        groups.join("-")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_goes_forward_and_ends() {
        for state in State::ALL {
            assert_eq!(State::from_word(state.word()), Some(state));
            assert!(!state.leads_to(State::New) && !state.leads_to(state));
        }
        assert!(State::New.leads_to(State::Accepted) && State::New.leads_to(State::Refused));
        assert!(State::Accepted.leads_to(State::Corrected));
        assert!(!State::Corrected.leads_to(State::Refused) && !State::Refused.leads_to(State::Accepted));
    }

    #[test]
    fn a_receipt_is_read_however_it_is_typed() {
        let code = receipt(*b"0123456789abcdef");
        assert_eq!(code.len(), 19);
        let typed = code.to_lowercase().replace('-', " ");
        assert_eq!(read_receipt(&typed), Some(code));
        for wrong in ["", "ABCD", "ABCD-EFGH-JKLM-NPQ0", "ABCD-EFGH-JKLM-NPQR-S"] {
            assert_eq!(read_receipt(wrong), None);
        }
    }
}
