//! Passwords: the rule for a new one, hashing and checking. Hashing is slow on purpose and never runs inside a
//! transaction.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::text;

/// Fewest signs with a second factor, and without (AUTH-02).
pub const LENGTH_WITH_FACTOR: usize = 12;
/// See [`LENGTH_WITH_FACTOR`].
pub const LENGTH_WITHOUT_FACTOR: usize = 15;
/// Most signs taken (AUTH-02).
pub const LENGTH_MAX: usize = 128;

/// Why a new password is not taken. Locale key `password.<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadPassword {
    /// Fewer signs than asked.
    TooShort,
    /// More signs than taken.
    TooLong,
    /// One of the most common ones, or made of the words of the place, the product or the account (AUTH-03).
    Guessable,
}

impl BadPassword {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            BadPassword::TooShort => "too_short",
            BadPassword::TooLong => "too_long",
            BadPassword::Guessable => "guessable",
        }
    }
}

/// Checks a new password. `words` are those of the place, unit, account and telephone.
///
/// # Errors
/// The first rule that it breaks.
pub fn check_new(password: &str, has_factor: bool, words: &[&str]) -> Result<(), BadPassword> {
    let normal = normal(password);
    let length = normal.chars().count();
    let least = if has_factor { LENGTH_WITH_FACTOR } else { LENGTH_WITHOUT_FACTOR };
    if length < least {
        return Err(BadPassword::TooShort);
    }
    if length > LENGTH_MAX {
        return Err(BadPassword::TooLong);
    }
    if is_guessable(&normal, words) { Err(BadPassword::Guessable) } else { Ok(()) }
}

/// Whether what is left after taking away known words, runs and repeats is too little to guess at.
fn is_guessable(password: &str, words: &[&str]) -> bool {
    let mut left: String = text::fold(password).chars().filter(|sign| sign.is_alphanumeric()).collect();
    let known = COMMON.iter().copied().chain(words.iter().copied());
    let mut known: Vec<String> = known
        .map(|word| text::fold(word).chars().filter(|sign| sign.is_alphanumeric()).collect::<String>())
        .filter(|word| word.chars().count() >= 3)
        .collect();
    known.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in &known {
        left = left.replace(word.as_str(), "");
    }
    let mut distinct: Vec<char> = left.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    left.chars().count() < 6 || distinct.len() < 4
}

/// Pieces that the most common and breached passwords are made of, worldwide and in Vietnam.
const COMMON: &[&str] = &[
    "123456789",
    "12345678",
    "1234567",
    "123456",
    "12345",
    "1234",
    "123",
    "987654321",
    "654321",
    "0123456789",
    "qwertyuiop",
    "qwerty",
    "asdfghjkl",
    "asdfgh",
    "zxcvbnm",
    "1qaz2wsx",
    "qazwsx",
    "password",
    "passw0rd",
    "matkhau",
    "anhyeuem",
    "emyeuanh",
    "iloveyou",
    "yeuem",
    "yeuanh",
    "vietnam",
    "hanoi",
    "hanam",
    "ninhbinh",
    "saigon",
    "admin",
    "administrator",
    "quantri",
    "vanthu",
    "chutich",
    "letmein",
    "welcome",
    "dragon",
    "monkey",
    "football",
    "baseball",
    "sunshine",
    "princess",
    "abc123",
    "abcdef",
    "abcd",
    "abc",
    "111111",
    "000000",
    "888888",
    "666666",
    "phatngon",
    "ubnd",
    "uybannhandan",
    "uyban",
    "nhandan",
    "congthongtin",
    "baochi",
    "2018",
    "2019",
    "2020",
    "2021",
    "2022",
    "2023",
    "2024",
    "2025",
    "2026",
    "2027",
];

/// The hash to store: Argon2id, 19 MiB, 2 passes, with its parameters (CRY-05).
///
/// # Errors
/// When the hashing library refuses, which no password causes.
pub fn hash(password: &str, salt: [u8; 16]) -> Result<String, argon2::password_hash::Error> {
    let hash: PasswordHash = hasher()?.hash_password_with_salt(normal(password).as_bytes(), &salt)?;
    Ok(hash.to_string())
}

/// Whether `password` is the one that was hashed. An unreadable hash matches nothing.
pub fn matches(password: &str, hash: &str) -> bool {
    let (Ok(parsed), Ok(hasher)) = (PasswordHash::new(hash), hasher()) else { return false };
    hasher.verify_password(normal(password).as_bytes(), &parsed).is_ok()
}

/// A hash that no password matches, made with today's parameters: checking it takes as long as checking a real
/// one, so an unknown account cannot be told from a known one by time (AUTH-12).
///
/// # Errors
/// When the hashing library refuses.
pub fn decoy(random: [u8; 48]) -> Result<String, argon2::password_hash::Error> {
    let (password, salt) = random.split_at(32);
    let salt = salt.try_into().unwrap_or([0; 16]);
    hash(&hex::encode(password), salt)
}

fn hasher() -> Result<Argon2<'static>, argon2::password_hash::Error> {
    let params = Params::new(19 * 1024, 2, 1, None)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Vietnamese keyboards differ in normal form, so passwords are compared as NFC (AUTH-A05).
fn normal(password: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    password.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sec_auth_02_length_depends_on_the_second_factor() {
        assert_eq!(check_new("rừng thông gió", false, &[]), Err(BadPassword::TooShort));
        assert_eq!(check_new("rừng thông gió", true, &[]), Ok(()));
        assert_eq!(check_new("rừng thông gió lạnh", false, &[]), Ok(()));
        assert_eq!(check_new(&"ab1 cd2 ef3 ".repeat(11), false, &[]), Err(BadPassword::TooLong));
    }

    #[test]
    fn sec_auth_03_common_words_and_words_of_the_place_are_refused() {
        for password in ["matkhau123456789", "Kim Bảng 2020 Kim Bảng", "aaaaaaaaaaaaaaaa", "VanThu@UBND-2026"]
        {
            assert_eq!(check_new(password, false, &["Kim Bảng"]), Err(BadPassword::Guessable), "{password}");
        }
    }

    #[test]
    fn sec_auth_a05_a_password_typed_as_nfc_or_nfd_is_the_same() {
        let stored = hash("mưa rào tháng sáu", [7; 16]).unwrap();
        let decomposed: String =
            unicode_normalization::UnicodeNormalization::nfd("mưa rào tháng sáu").collect();
        assert!(matches("mưa rào tháng sáu", &stored) && matches(&decomposed, &stored));
        assert!(!matches("mưa rào tháng bảy", &stored));
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    }
}
