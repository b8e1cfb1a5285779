//! How long sessions live and how failed sign-ins slow down. Numbers with their reasons; the tests walk them.

use domain::time::Timestamp;
use jiff::SignedDuration;

/// A session idle this long ends (SESS-03): an office desk is left alone at noon.
pub const IDLE_MINUTES: i64 = 15;
/// A session this old ends (SESS-03): one working day with its evening.
pub const AGE_HOURS: i64 = 12;
/// An act of administration wants a password not older than this (SESS-03).
pub const PROOF_MINUTES: i64 = 5;
/// Sessions a person may have at a time; the oldest ends (SESS-04).
pub const SESSIONS: usize = 5;
/// Failures before an account has to wait (LIM table).
pub const FREE_FAILURES: i64 = 5;
/// Failures a minute from one network (LIM table). Failures are counted, not sign-ins: thirty people behind one
/// address can sign in at 7:30 (LIM-03).
pub const NETWORK_FAILURES_A_MINUTE: i64 = 10;
/// Failures a day of one account from all networks together, before only known networks get in (AUTH-A01).
pub const ACCOUNT_FAILURES_A_DAY: i64 = 90;
/// Days a network from which a person signed in stays known (AUTH-A03).
pub const KNOWN_DAYS: i64 = 30;

const FIRST_WAIT_MINUTES: i64 = 15;
const LONGEST_WAIT_MINUTES: i64 = 12 * 60;

/// How long an account waits after so many failures in a row: 15 minutes from the fifth, doubling to 12 hours.
pub fn wait_after(failures: i64) -> SignedDuration {
    if failures < FREE_FAILURES {
        return SignedDuration::ZERO;
    }
    let doublings = u32::try_from(failures - FREE_FAILURES).unwrap_or(u32::MAX).min(10);
    let minutes = FIRST_WAIT_MINUTES.saturating_mul(1_i64 << doublings).min(LONGEST_WAIT_MINUTES);
    SignedDuration::from_mins(minutes)
}

/// Whether a session made at `created` and last used at `seen` is still good. A clock that went back does not
/// lengthen its life (TIME-A01).
pub fn is_alive(created: Timestamp, seen: Timestamp, now: Timestamp) -> bool {
    let idle = now.duration_since(seen).abs();
    let age = now.duration_since(created).abs();
    idle < SignedDuration::from_mins(IDLE_MINUTES) && age < SignedDuration::from_hours(AGE_HOURS)
}

/// Whether a password given at `proved` still allows acts of administration.
pub fn is_proved(proved: Option<Timestamp>, now: Timestamp) -> bool {
    proved.is_some_and(|at| now.duration_since(at).abs() < SignedDuration::from_mins(PROOF_MINUTES))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + minutes * 60).unwrap()
    }

    #[test]
    fn sec_auth_a01_waiting_doubles_from_15_minutes_to_12_hours() {
        let minutes: Vec<i64> = [4, 5, 6, 7, 10, 11, 50].map(|n| wait_after(n).as_mins()).into();
        assert_eq!(minutes, [0, 15, 30, 60, 480, 720, 720]);
    }

    #[test]
    fn sec_sess_a05_idle_and_old_sessions_end() {
        assert!(is_alive(at(0), at(0), at(14)));
        assert!(!is_alive(at(0), at(0), at(15)));
        assert!(is_alive(at(0), at(710), at(719)));
        assert!(!is_alive(at(0), at(719), at(720)));
    }

    #[test]
    fn sec_time_a01_a_clock_set_back_does_not_lengthen_a_session() {
        assert!(!is_alive(at(0), at(0), at(-60)));
        assert!(!is_proved(Some(at(0)), at(-60)));
        assert!(is_proved(Some(at(0)), at(4)) && !is_proved(Some(at(0)), at(5)) && !is_proved(None, at(0)));
    }
}
