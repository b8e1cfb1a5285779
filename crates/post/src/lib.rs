//! Hands letters to the mail server of the office, one recipient a letter, never in clear. Nothing of ours is known
//! here, nothing is kept.
//!
//! The server is not trusted either (checklist MAIL-01, MAIL-A01, MAIL-A04): addresses are parsed, headers are built from
//! typed values, the certificate is checked against the authorities of the system or the one that was given, there is no
//! way to send without TLS, and one letter has a time and a number of bytes.

mod bounded;
mod client;
mod letter;

use std::fmt;

pub use client::{Client, is_authority};
pub use letter::{Letter, is_address};

/// How the connection is made safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte, usually port 465 (RFC 8314).
    Tls,
    /// TLS after the server was asked for it, usually port 587 (RFC 3207); a server that offers none is refused.
    StartTls,
}

impl Security {
    /// Both.
    pub const ALL: [Security; 2] = [Security::Tls, Security::StartTls];

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            Security::Tls => "tls",
            Security::StartTls => "starttls",
        }
    }

    /// The one with this stored word.
    pub fn from_word(word: &str) -> Option<Security> {
        Security::ALL.into_iter().find(|security| security.word() == word)
    }

    /// The port servers usually have for it.
    pub const fn usual_port(self) -> u16 {
        match self {
            Security::Tls => 465,
            Security::StartTls => 587,
        }
    }
}

/// The mail server of the office.
#[derive(Clone, PartialEq, Eq)]
pub struct Server {
    /// Its name; the certificate must bear it.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is made safe.
    pub security: Security,
    /// The account; empty where the server asks for none.
    pub account: String,
    /// Its password.
    pub password: String,
    /// Certificates (PEM) of a private authority that alone is believed; empty for those of the system.
    pub authority: String,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Server({}:{} {})", self.host, self.port, self.security.word())
    }
}

/// Why a letter was not handed over. What a server said is cut short and holds no line break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// There is no conversation with the server: no such name, no way, no answer, no TLS, wrong certificate, wrong
    /// password. Other letters will not do better now.
    Unreachable(String),
    /// The server does not want this letter now (4xx).
    Later(String),
    /// The server, or this crate, does not want this letter at all.
    Refused(String),
}

impl Failure {
    /// What happened.
    pub fn why(&self) -> &str {
        match self {
            Failure::Unreachable(why) | Failure::Later(why) | Failure::Refused(why) => why,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.why())
    }
}

impl std::error::Error for Failure {}
