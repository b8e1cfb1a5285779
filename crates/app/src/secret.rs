//! Secrets at rest (CRY-08): second-factor seeds are sealed with a key kept in a file outside the database.
//!
//! Form: one byte algorithm tag (1 = XChaCha20-Poly1305), 24 bytes nonce, ciphertext. The context (what the secret
//! is and whose) is authenticated, so a sealed value moved to another row does not open.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use store::{Random, StoreError};

const TAG: u8 = 1;
/// Bytes of a nonce.
pub(crate) const NONCE: usize = 24;

/// The key of an installation.
#[derive(Clone)]
pub struct SecretKey([u8; 32]);

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

impl SecretKey {
    /// A key of these bytes, for tests.
    pub fn from_bytes(bytes: [u8; 32]) -> SecretKey {
        SecretKey(bytes)
    }

    /// Reads the key file, or makes it (0600) when there is none.
    ///
    /// # Errors
    /// When the file cannot be read or made, is readable by others, or is not a key.
    pub fn open(path: &Path, random: &dyn Random) -> Result<SecretKey, StoreError> {
        if !path.exists() {
            let mut key = [0; 32];
            random.fill(&mut key)?;
            let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
            file.write_all(hex::encode(key).as_bytes())?;
            file.sync_all()?;
            return Ok(SecretKey(key));
        }
        if fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
            let message = format!("{} is readable by others: chmod 600 it", path.display());
            return Err(std::io::Error::new(std::io::ErrorKind::PermissionDenied, message).into());
        }
        let text = fs::read_to_string(path)?;
        let bytes = hex::decode(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(SecretKey).ok_or_else(|| {
            std::io::Error::new(std::io::ErrorKind::InvalidData, format!("{} is no key", path.display()))
                .into()
        })
    }

    /// Seals `secret` for `context`, with a nonce never used before.
    pub fn seal(&self, secret: &[u8], context: &str, nonce: [u8; NONCE]) -> Option<Vec<u8>> {
        let payload = Payload { msg: secret, aad: context.as_bytes() };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).ok()?;
        Some([&[TAG][..], &nonce, &sealed].concat())
    }

    /// Opens what [`SecretKey::seal`] sealed for the same context.
    pub fn open_sealed(&self, sealed: &[u8], context: &str) -> Option<Vec<u8>> {
        let (tag, rest) = sealed.split_first()?;
        let (nonce, ciphertext) = rest.split_at_checked(NONCE)?;
        if *tag != TAG {
            return None;
        }
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        let payload = Payload { msg: ciphertext, aad: context.as_bytes() };
        self.cipher().decrypt(&XNonce::from(nonce), payload).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_secret_opens_only_with_its_key_and_context_and_unchanged() {
        let key = SecretKey::from_bytes([1; 32]);
        let sealed = key.seal(b"seed", "totp:an", [3; NONCE]).unwrap();
        assert_eq!(key.open_sealed(&sealed, "totp:an").as_deref(), Some(&b"seed"[..]));
        assert_eq!(key.open_sealed(&sealed, "totp:binh"), None);
        assert_eq!(SecretKey::from_bytes([2; 32]).open_sealed(&sealed, "totp:an"), None);
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 1;
            assert_eq!(key.open_sealed(&changed, "totp:an"), None, "byte {index}");
        }
        assert_eq!(key.open_sealed(&[], "totp:an"), None);
    }
}
