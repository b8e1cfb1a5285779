//! The second factor: time-based codes (TOTP, RFC 6238) and recovery codes. The clock is the server's, given.

use domain::time::Timestamp;
use sha2::{Digest, Sha256};
use totp_rs::{Algorithm, Builder, Secret, Totp};

/// How many recovery codes a person gets (AUTH-09).
pub const RECOVERY_CODES: usize = 10;

/// The address an authenticator app reads (`otpauth://…`), and the seed in Base32 for typing by hand.
pub fn enrolment(seed: &[u8], account: &str, issuer: &str) -> Option<(String, String)> {
    let totp = totp(seed, account, issuer)?;
    Some((totp.to_url().ok()?, Secret::from(seed).to_base32()))
}

/// The time step that `code` belongs to, when it is right now or one step off. The caller keeps the last step used
/// and refuses one that is not later (a code works once, AUTH-A07).
pub fn step_of(seed: &[u8], code: &str, at: Timestamp) -> Option<i64> {
    let seconds = u64::try_from(at.as_second()).ok()?;
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    let step = totp(seed, "x", "x")?.check(&code, seconds)?;
    i64::try_from(step).ok()
}

fn totp(seed: &[u8], account: &str, issuer: &str) -> Option<Totp> {
    let clean = |text: &str| text.replace(':', " ");
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(30)
        .with_secret(Secret::from(seed))
        .with_account_name(clean(account))
        .with_issuer(Some(clean(issuer)))
        .build()
        .ok()
}

/// New recovery codes: (to show once, to store).
pub fn recovery_codes(random: [[u8; 10]; RECOVERY_CODES]) -> Vec<(String, String)> {
    random
        .into_iter()
        .map(|bytes| {
            let hex = hex::encode(bytes);
            let shown = hex.as_bytes().chunks(5).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-");
            let stored = recovery_hash(&shown);
            (shown, stored)
        })
        .collect()
}

/// The stored form of a recovery code: 80 random bits need no slow hash.
pub fn recovery_hash(code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    hex::encode(Sha256::digest(plain.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_at(seed: &[u8], seconds: u64) -> String {
        totp(seed, "x", "x").unwrap().generate(seconds).to_string()
    }

    #[test]
    fn sec_auth_a07_a_code_is_good_now_and_one_step_off_and_no_further() {
        let seed = [9; 20];
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let step = |seconds: u64| step_of(&seed, &code_at(&seed, seconds), now);
        assert_eq!(step(1_800_000_000), Some(60_000_000));
        assert_eq!(step(1_800_000_000 - 30), Some(59_999_999));
        assert_eq!(step(1_800_000_000 + 30), Some(60_000_001));
        assert_eq!(step(1_800_000_000 - 90), None);
        assert_eq!(step_of(&seed, "000 000x", now), None);
    }

    #[test]
    fn a_recovery_code_is_recognised_however_it_is_spaced() {
        let random = std::array::from_fn(|index| [u8::try_from(index).unwrap(); 10]);
        let codes = recovery_codes(random);
        assert_eq!(codes.len(), RECOVERY_CODES);
        let (shown, stored) = codes.last().unwrap();
        assert_eq!(recovery_hash(&shown.replace('-', " ").to_uppercase()), *stored);
    }
}
