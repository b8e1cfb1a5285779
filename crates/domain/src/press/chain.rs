//! The chain of clearance (*quy trình thẩm định, duyệt*): which roles look at an answer, in which order. It is dated
//! data of the office, by the kind of request, with its basis (the internal regulation).

use serde::{Deserialize, Serialize};

use crate::access::{self, Capability, Role};
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

/// The chain for a kind of request on `day`: its own, or else the default one. Of several in force the one that began
/// last speaks, and of those the last in the list: rows of the office stand after those of the program.
pub fn of<'a>(chains: &'a [Chain], kind: Option<&str>, day: Day) -> Option<&'a Chain> {
    let find = |kind: &str| {
        let in_force = chains.iter().filter(|chain| chain.kind == kind && chain.is_in_force(day));
        in_force.max_by_key(|chain| chain.valid_from)
    };
    kind.and_then(find).or_else(|| find(DEFAULT))
}

/// Steps of a chain at most.
pub const MOST_STEPS: usize = 6;

/// What is wrong with a chain: the field and the code of the fault. Steps are numbered from 0.
pub fn faults(chain: &Chain) -> Vec<(String, &'static str)> {
    let mut faults = Vec::new();
    if chain.basis.is_empty() {
        faults.push(("basis".to_owned(), "required"));
    }
    if chain.steps.is_empty() {
        faults.push(("title_0".to_owned(), "required"));
    }
    for (index, step) in chain.steps.iter().enumerate() {
        if step.title.is_empty() {
            faults.push((format!("title_{index}"), "required"));
        } else if chain.steps[..index].iter().any(|before| before.title == step.title) {
            faults.push((format!("title_{index}"), "exists_already"));
        }
        if !access::may(&[step.role], Capability::ClearPress) {
            faults.push((format!("role_{index}"), "role_clears_not"));
        }
    }
    if chain.valid_to.is_some_and(|last| last < chain.valid_from) {
        faults.push(("valid_to".to_owned(), "before_begin"));
    }
    faults
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn chain(kind: &str, from: Day, title: &str) -> Chain {
        let step = Step { title: title.into(), role: Role::Leader, in_lead_unit: false };
        Chain {
            kind: kind.into(), steps: vec![step], valid_from: from, valid_to: None, basis: "QĐ 1".into()
        }
    }

    fn speaks(chains: &[Chain], kind: Option<&str>, day: Day) -> String {
        of(chains, kind, day).map(|chain| chain.steps[0].title.clone()).unwrap_or_default()
    }

    #[test]
    fn of_several_in_force_the_last_begun_speaks_and_rows_of_the_office_before_those_of_the_program() {
        let (old, new) = (date(2010, 1, 1), date(2026, 9, 1));
        let chains = [
            chain(DEFAULT, old, "shipped"),
            chain("interview", old, "interview"),
            chain(DEFAULT, new, "office"),
            chain(DEFAULT, old, "office from the start"),
        ];
        assert_eq!(speaks(&chains, None, date(2026, 8, 31)), "office from the start");
        assert_eq!(speaks(&chains, None, new), "office");
        assert_eq!(speaks(&chains, Some("interview"), new), "interview", "its own comes before the default");
        assert_eq!(speaks(&chains, Some("information"), new), "office");
        assert_eq!(speaks(&chains[..2], None, date(2009, 12, 31)), "");
    }

    #[test]
    fn what_cannot_be_a_chain_is_said_field_by_field() {
        let good = chain(DEFAULT, date(2026, 9, 1), "Lãnh đạo");
        assert_eq!(faults(&good), []);
        let twice = Chain { steps: [good.steps.clone(), good.steps.clone()].concat(), ..good.clone() };
        assert_eq!(faults(&twice), [("title_1".to_owned(), "exists_already")]);
        let mut bad = Chain { basis: String::new(), valid_to: Some(date(2026, 8, 1)), ..good };
        bad.steps[0].role = Role::Radio;
        let fields: Vec<String> = faults(&bad).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["basis", "role_0", "valid_to"]);
        bad.steps.clear();
        assert!(faults(&bad).contains(&("title_0".to_owned(), "required")));
    }
}
