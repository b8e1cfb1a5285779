//! The chain of clearance (*quy trình thẩm định, duyệt*): which roles look at an answer, in which order. It is dated
//! data of the office, by the kind of request, with its basis (the internal regulation).

use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::time::Day;

/// One step of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What it is called: `Lãnh đạo đơn vị chủ trì`.
    pub title: String,
    /// The role that takes it.
    #[serde(with = "role_word")]
    pub role: Role,
    /// Whether only people of the leading unit take it.
    #[serde(default)]
    pub in_lead_unit: bool,
}

/// A chain with its days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    /// For which kind of request (`interview`); `default` for those without a chain of their own.
    pub kind: String,
    /// The steps, first to last; the last one approves.
    pub steps: Vec<Step>,
    /// First day in force.
    pub valid_from: Day,
    /// Last day in force; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Day>,
    /// *Căn cứ.*
    pub basis: String,
}

/// The kind of a chain that serves every kind without one of its own.
pub const DEFAULT: &str = "default";

impl Chain {
    /// Whether it is in force on `day`.
    pub fn is_in_force(&self, day: Day) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// The chains shipped with the program.
///
/// A test reads the file, so that the chains of a running program are never empty.
pub fn shipped() -> Vec<Chain> {
    parse(include_str!("../../../../data/press/chains.toml")).unwrap_or_default()
}

/// Reads chains from TOML.
///
/// # Errors
/// With what is wrong: an unknown role, no step, days backwards.
pub fn parse(text: &str) -> Result<Vec<Chain>, String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        chain: Vec<Chain>,
    }
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    for chain in &file.chain {
        if chain.steps.is_empty() {
            return Err(format!("{}@{}: no step", chain.kind, chain.valid_from));
        }
        if chain.valid_to.is_some_and(|last| last < chain.valid_from) {
            return Err(format!("{}@{}: ends before it begins", chain.kind, chain.valid_from));
        }
    }
    Ok(file.chain)
}

/// The chain for a kind of request on `day`: its own, or else the default one.
pub fn of<'a>(chains: &'a [Chain], kind: Option<&str>, day: Day) -> Option<&'a Chain> {
    let find = |kind: &str| chains.iter().find(|chain| chain.kind == kind && chain.is_in_force(day));
    kind.and_then(find).or_else(|| find(DEFAULT))
}

mod role_word {
    use serde::{Deserialize as _, Deserializer, Serializer, de};

    use crate::access::Role;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the form serde asks for")]
    pub(super) fn serialize<S: Serializer>(role: &Role, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(role.word())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Role, D::Error> {
        let word = String::deserialize(deserializer)?;
        Role::from_word(&word).ok_or_else(|| de::Error::custom(format!("{word} is no role")))
    }
}
