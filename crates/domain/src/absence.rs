//! Being away, and who stands in (*vắng mặt, người thay*). A deputy gets no right: only somebody who may do the same
//! work in the same unit can stand in, so that nobody clears what they could not clear before.

use crate::access::Role;
use crate::id::{PersonId, UnitId};
use crate::time::Day;

/// Somebody as the rules of deputies see them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colleague<'a> {
    /// Who.
    pub id: PersonId,
    /// The unit they work in.
    pub unit: Option<UnitId>,
    /// Their roles.
    pub roles: &'a [Role],
}

/// Why somebody cannot stand in for another. Locale key `invalid.<code>`.
pub fn deputy_fault(away: Colleague<'_>, deputy: Colleague<'_>) -> Option<&'static str> {
    if away.id == deputy.id {
        return Some("deputy_self");
    }
    let may_the_same = away.roles.iter().all(|role| deputy.roles.contains(role));
    (away.unit != deputy.unit || !may_the_same).then_some("deputy_cannot")
}

/// Whether two spans of days have a day in common.
pub fn overlaps((first, last): (Day, Day), (other_first, other_last): (Day, Day)) -> bool {
    first <= other_last && other_first <= last
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn only_who_may_do_the_same_work_in_the_same_unit_stands_in() {
        let unit = |n| Some(UnitId::from_parts(0, n));
        let of = |n, unit, roles: &'static [Role]| Colleague { id: PersonId::from_parts(0, n), unit, roles };
        let away = of(1, unit(1), &[Role::Officer]);
        assert_eq!(deputy_fault(away, away), Some("deputy_self"));
        assert_eq!(deputy_fault(away, of(2, unit(2), &[Role::Officer])), Some("deputy_cannot"));
        assert_eq!(deputy_fault(away, of(2, unit(1), &[Role::Clerk])), Some("deputy_cannot"));
        assert_eq!(deputy_fault(away, of(2, unit(1), &[Role::Clerk, Role::Officer])), None);
        let both = of(1, unit(1), &[Role::Clerk, Role::Officer]);
        assert_eq!(deputy_fault(both, of(2, unit(1), &[Role::Officer])), Some("deputy_cannot"));
    }

    #[test]
    fn a_common_day_is_an_overlap() {
        let span = |from, to| (date(2026, 9, from), date(2026, 9, to));
        assert!(overlaps(span(1, 3), span(3, 5)) && overlaps(span(2, 2), span(1, 9)));
        assert!(!overlaps(span(1, 3), span(4, 5)) && !overlaps(span(4, 5), span(1, 3)));
    }
}
