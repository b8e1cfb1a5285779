//! The mail server of the office, as the administrator sets it on screen. The password is sealed.

use domain::access::Capability;
use domain::text;
use post::{Security, Server};
use serde::{Deserialize, Serialize};
use store::Reader;

use crate::secret::NONCE;
use crate::{ActionError, Actor, App, Invalid, SecretKey};

const SETTING: &str = "mail";
/// What the sealed password belongs to.
const CONTEXT: &str = "mail.password";

/// The settings, without the password.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailSettings {
    /// Whether letters are sent at all.
    pub is_on: bool,
    /// The name of the server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is made safe: [`Security::word`].
    pub security: String,
    /// The account; empty where the server asks for none.
    pub account: String,
    /// The address letters come from.
    pub from: String,
    /// The certificates of a private authority; empty for those of the system.
    pub authority: String,
    /// The sealed password, in hex.
    #[serde(default)]
    password: String,
}

impl MailSettings {
    /// Whether a password is kept.
    pub fn has_password(&self) -> bool {
        !self.password.is_empty()
    }
}

/// The settings as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailForm {
    /// Whether letters are sent.
    pub is_on: bool,
    /// The name of the server.
    pub host: String,
    /// Its port; empty for the usual one.
    pub port: String,
    /// How the connection is made safe.
    pub security: String,
    /// The account.
    pub account: String,
    /// The password; empty for the one that is kept.
    pub password: String,
    /// The address letters come from.
    pub from: String,
    /// Certificates of a private authority.
    pub authority: String,
}

/// Who sends: server and address.
pub(super) struct Sender {
    pub(super) server: Server,
    pub(super) from: String,
}

pub(super) fn read(r: &mut Reader<'_>) -> Result<MailSettings, ActionError> {
    let stored = store::setting::get(r, SETTING)?;
    Ok(stored.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

pub(super) fn is_on(r: &mut Reader<'_>) -> Result<bool, ActionError> {
    Ok(read(r)?.is_on)
}

/// Who sends; nobody when that is switched off, or the password was sealed by another installation.
pub(super) fn sender(r: &mut Reader<'_>, key: &SecretKey) -> Result<Option<Sender>, ActionError> {
    let settings = read(r)?;
    let Some(security) = Security::from_word(&settings.security).filter(|_| settings.is_on) else {
        return Ok(None);
    };
    let opened = if settings.has_password() {
        let sealed = hex::decode(&settings.password).ok();
        let opened = sealed.and_then(|sealed| key.open_sealed(&sealed, CONTEXT));
        opened.and_then(|bytes| String::from_utf8(bytes).ok())
    } else {
        Some(String::new())
    };
    Ok(opened.map(|password| Sender {
        server: Server {
            host: settings.host,
            port: settings.port,
            security,
            account: settings.account,
            password,
            authority: settings.authority,
        },
        from: settings.from,
    }))
}

/// Whether a text can be the name of a server.
fn is_host(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 253
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte))
}

fn check(form: &MailForm) -> Result<MailSettings, ActionError> {
    let (host, from) = (text::clean_line(&form.host).to_lowercase(), text::clean_line(&form.from));
    let security = Security::from_word(&form.security);
    let port = match form.port.trim() {
        "" => security.map(Security::usual_port),
        typed => typed.parse().ok().filter(|port| *port > 0),
    };
    let authority = form.authority.trim().to_owned();
    let mut invalid = Vec::new();
    if form.is_on || !host.is_empty() {
        if !is_host(&host) {
            invalid.push(Invalid::new("host", "not_a_host"));
        }
        if !post::is_address(&from) {
            invalid.push(Invalid::new("from", "not_an_address"));
        }
        if security.is_none() {
            invalid.push(Invalid::new("security", "required"));
        }
        if port.is_none() {
            invalid.push(Invalid::new("port", "number_between").with("least", 1).with("most", 65_535));
        }
    }
    if !authority.is_empty() && !post::is_authority(&authority) {
        invalid.push(Invalid::new("authority", "not_certificates"));
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    Ok(MailSettings {
        is_on: form.is_on,
        host,
        port: port.unwrap_or_default(),
        security: security.map(Security::word).unwrap_or_default().to_owned(),
        account: text::clean_line(&form.account),
        from,
        authority,
        password: String::new(),
    })
}

/// Saves the settings; letters that wait are tried at once. A kept password goes to no other server or account: it must
/// be typed again when one of them changes.
///
/// # Errors
/// Without the right to administer, or for fields that cannot be taken.
pub fn save_settings(app: &App, actor: &Actor, form: &MailForm) -> Result<(), ActionError> {
    actor.require(Capability::Administer)?;
    let new = check(form)?;
    let nonce: [u8; NONCE] = app.random()?;
    let sealed = app.key().seal(form.password.as_bytes(), CONTEXT, nonce);
    let sealed = sealed.ok_or_else(|| anyhow::anyhow!("sealing failed"))?;
    app.write(actor, |tx| {
        let old = read(tx)?;
        let is_same = (&old.host, old.port, &old.account) == (&new.host, new.port, &new.account);
        let password = match (form.password.as_str(), new.account.is_empty()) {
            (_, true) => String::new(),
            ("", false) if old.has_password() && is_same => old.password,
            ("", false) => return Err(ActionError::invalid("password", "password_of_server")),
            (_, false) => hex::encode(&sealed),
        };
        let stored = serde_json::to_string(&MailSettings { password, ..new.clone() });
        store::setting::set(tx, SETTING, &stored.map_err(anyhow::Error::new)?)?;
        store::mail::hasten(tx)?;
        Ok(())
    })
}
