//! How the public site presents itself (`domain::site`): one setting, read by every public page.

use domain::access::Capability;
use domain::site::{
    self, Accent, Color, Entry, LEAST_CONTRAST, LONGEST_LABEL, LONGEST_LINE, LONGEST_TEXT, Logo, Look,
    MOST_ENTRIES, Shades,
};
use domain::text;
use store::Digest;
use store::blob::{self, BlobRow};

use crate::publication::picture_within;
use crate::{ActionError, Actor, App, Invalid};

const SETTING: &str = "site";
/// The longest side of the picture in the head, in pixels.
const LOGO_SIDE: u32 = 320;

/// What an administrator types. The menu stands as `label | address | English label`, one entry a line; the last may be
/// left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// As in [`Look`], in the order of [`LINES`].
    pub lines: [String; 9],
    /// As in [`Look`], in the order of [`TEXTS`].
    pub texts: [String; 2],
    /// The word of the colour; `own` for the next field.
    pub palette: String,
    /// A colour of the office's own, `#9c1c1f`.
    pub own: String,
    /// The menu; empty for the usual one.
    pub menu: String,
}

/// The names of [`Typed::lines`].
pub const LINES: [&str; 9] =
    ["name", "slogan", "address", "phone", "email", "responsible", "license", "reuse", "name_en"];
/// The names of [`Typed::texts`].
pub const TEXTS: [&str; 2] = ["about", "privacy"];

/// How the site presents itself.
///
/// # Errors
/// When the stored setting cannot be read.
pub fn look(app: &App) -> Result<Look, ActionError> {
    app.read(load)
}

fn load(r: &mut store::Reader<'_>) -> Result<Look, ActionError> {
    let stored = store::setting::get(r, SETTING)?.unwrap_or_else(|| "{}".to_owned());
    serde_json::from_str(&stored).map_err(|error| ActionError::Internal(anyhow::Error::new(error)))
}

fn save(tx: &mut store::Tx<'_>, look: &Look) -> Result<(), ActionError> {
    store::setting::set(tx, SETTING, &serde_json::to_string(look).map_err(anyhow::Error::new)?)?;
    Ok(())
}

/// Changes everything but the picture.
///
/// # Errors
/// Without the right; for each line that cannot be taken: too long, no e-mail address, a colour that cannot be read
/// on its ground, a menu entry without label or with an address that is none.
pub fn change(app: &App, actor: &Actor, typed: &Typed) -> Result<(), ActionError> {
    actor.require(Capability::Administer)?;
    let look = checked(typed).map_err(ActionError::Invalid)?;
    app.write(actor, |tx| {
        let logo = load(tx)?.logo;
        save(tx, &Look { logo, ..look })
    })
}

fn checked(typed: &Typed) -> Result<Look, Vec<Invalid>> {
    let mut invalid = Vec::new();
    let lines = typed.lines.clone().map(|line| text::clean_line(&line));
    for (name, line) in LINES.iter().zip(&lines) {
        if line.chars().count() > LONGEST_LINE {
            invalid.push(Invalid::new(*name, "too_long").with("limit", LONGEST_LINE));
        }
    }
    let texts = typed.texts.clone().map(|text| text::clean_text(&text));
    for (name, text) in TEXTS.iter().zip(&texts) {
        if text.chars().count() > LONGEST_TEXT {
            invalid.push(Invalid::new(*name, "too_long").with("limit", LONGEST_TEXT));
        }
    }
    let ([name, slogan, address, phone, email, responsible, license, reuse, name_en], [about, privacy]) =
        (lines, texts);
    if !email.is_empty() && !is_mail(&email) {
        invalid.push(Invalid::new("email", "not_a_mail").with("value", &email));
    }
    if phone.chars().any(|sign| !(sign.is_ascii_digit() || " .()+-/;".contains(sign))) {
        invalid.push(Invalid::new("phone", "not_a_phone").with("value", &phone));
    }
    let accent = accent(typed).unwrap_or_else(|error| {
        invalid.push(error);
        Accent::default()
    });
    let menu = menu(&typed.menu, &mut invalid);
    let look = Look {
        name,
        slogan,
        address,
        phone,
        email,
        responsible,
        license,
        reuse,
        name_en,
        about,
        privacy,
        accent,
        menu,
        logo: None,
    };
    if invalid.is_empty() { Ok(look) } else { Err(invalid) }
}

fn is_mail(text: &str) -> bool {
    let Some((who, host)) = text.split_once('@') else { return false };
    let fits = |sign: char| sign.is_ascii_alphanumeric() || "._-+".contains(sign);
    !who.is_empty()
        && host.contains('.')
        && !host.ends_with('.')
        && text.replacen('@', "", 1).chars().all(fits)
}

fn accent(typed: &Typed) -> Result<Accent, Invalid> {
    if let Some(ready) = Accent::READY.into_iter().find(|ready| ready.word() == typed.palette) {
        return Ok(ready);
    }
    if typed.palette != "own" {
        return Err(Invalid::new("palette", "required"));
    }
    let color = Color::parse(&typed.own)
        .ok_or_else(|| Invalid::new("own", "not_a_color").with("value", &typed.own))?;
    let worst = Shades::of(color).worst();
    if worst < LEAST_CONTRAST {
        let worst = format!("{worst:.1}").replace('.', ",");
        return Err(Invalid::new("own", "low_contrast").with("value", color).with("contrast", worst));
    }
    Ok(Accent::Own(color))
}

fn menu(typed: &str, invalid: &mut Vec<Invalid>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let lines = typed.lines().map(text::clean_line).enumerate().filter(|(_, line)| !line.is_empty());
    for (at, line) in lines {
        let wrong = |code| Invalid::new("menu", code).with("line", at + 1).with("value", &line);
        let mut parts = line.splitn(3, '|').map(str::trim);
        let mut part = || parts.next().unwrap_or_default();
        let (label, href, label_en) = (part(), part(), part());
        if label.is_empty() || [label, label_en].iter().any(|label| label.chars().count() > LONGEST_LABEL) {
            invalid.push(wrong("menu_label").with("limit", LONGEST_LABEL));
        } else if !site::is_link(href) {
            invalid.push(wrong("menu_address"));
        } else {
            let [label, label_en, href] = [label, label_en, href].map(str::to_owned);
            entries.push(Entry { label, label_en, href });
        }
    }
    if entries.len() > MOST_ENTRIES {
        invalid.push(Invalid::new("menu", "menu_long").with("most", MOST_ENTRIES));
    }
    entries
}

/// Sets the picture in the head, drawn anew from `bytes`; takes it away when there are none.
///
/// # Errors
/// Without the right, or when the bytes are no picture.
pub fn set_logo(app: &App, actor: &Actor, bytes: &[u8]) -> Result<(), ActionError> {
    actor.require(Capability::Administer)?;
    if bytes.is_empty() {
        return app.write(actor, |tx| {
            let look = load(tx)?;
            save(tx, &Look { logo: None, ..look })
        });
    }
    crate::uploads::spend(app, actor, bytes.len())?;
    let drawn =
        picture_within(bytes, LOGO_SIDE).ok_or_else(|| ActionError::invalid("file", "picture_unreadable"))?;
    let size_bytes = i64::try_from(drawn.bytes.len()).unwrap_or(i64::MAX);
    let digest = app.blobs().put(drawn.bytes)?;
    let logo = Logo {
        digest: digest.to_string(),
        ending: drawn.ending.to_owned(),
        width: drawn.width,
        height: drawn.height,
    };
    let row = BlobRow { digest, size_bytes, media_type: drawn.media_type.to_owned() };
    app.write(actor, |tx| {
        blob::register(tx, &row)?;
        let look = load(tx)?;
        save(tx, &Look { logo: Some(logo), ..look })
    })
}

/// The bytes of the picture in the head: of the present one only.
///
/// # Errors
/// [`ActionError::NotFound`] for any other.
pub fn logo(app: &App, digest: &str) -> Result<(Logo, Vec<u8>), ActionError> {
    let logo = look(app)?.logo.filter(|logo| logo.digest == digest).ok_or(ActionError::NotFound)?;
    let stored = Digest::parse(&logo.digest).ok_or(ActionError::NotFound)?;
    let bytes = app.blobs().get(&stored)?;
    Ok((logo, bytes))
}
