//! Vietnamese text in the encodings of before Unicode, as old register files hold it: TCVN3 (ABC) and VNI-Windows.
//! Such text shows as `Sè, ký hiÖu` without its font. It is recognised by evidence (does it become Vietnamese
//! syllables?) and by font names; conversion is offered, never done unasked.

mod syllable;
mod tcvn3;
mod vni;

use serde::Serialize;

pub(crate) use syllable::Tally;

/// An encoding of before Unicode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Legacy {
    /// TCVN 5712:1993, known as ABC; fonts `.VnTime`, `.VnTimeH`.
    Tcvn3,
    /// VNI for Windows; fonts `VNI-Times`.
    Vni,
}

/// What the font of a cell says about its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LegacyFont {
    pub(crate) legacy: Legacy,
    /// The font draws small letters as capitals (`.VnTimeH`).
    capitals: bool,
}

impl LegacyFont {
    /// By the name of a font.
    pub(crate) fn named(font: &str) -> Option<LegacyFont> {
        if font.starts_with(".Vn") {
            Some(LegacyFont { legacy: Legacy::Tcvn3, capitals: font.ends_with('H') })
        } else if font.to_ascii_uppercase().starts_with("VNI") {
            Some(LegacyFont { legacy: Legacy::Vni, capitals: false })
        } else {
            None
        }
    }

    /// The text this font shows.
    pub(crate) fn shown(self, text: &str) -> String {
        let shown = self.legacy.to_unicode(text);
        if self.capitals { shown.to_uppercase() } else { shown }
    }
}

impl Legacy {
    /// Both encodings.
    pub const ALL: [Legacy; 2] = [Legacy::Tcvn3, Legacy::Vni];

    /// The name people know.
    pub const fn name(self) -> &'static str {
        match self {
            Legacy::Tcvn3 => "TCVN3 (ABC)",
            Legacy::Vni => "VNI-Windows",
        }
    }

    /// The text in Unicode (NFC). Signs the encoding does not know stay as they are.
    pub fn to_unicode(self, text: &str) -> String {
        match self {
            Legacy::Tcvn3 => tcvn3::to_unicode(text),
            Legacy::Vni => vni::to_unicode(text),
        }
    }
}

/// Whether text could be of an old encoding at all: some signs of the upper half of Latin-1, none beyond (the
/// bullet U+2219 stands for U+00B7 in some files).
pub(crate) fn possible(text: &str) -> bool {
    let mut upper = false;
    for sign in text.chars() {
        match sign {
            '\u{0}'..='\u{7F}' | '\u{A0}' | '\u{2010}'..='\u{201F}' | '\u{2026}' => {}
            '\u{A1}'..='\u{FF}' | '\u{2219}' => upper = true,
            _ => return false,
        }
    }
    upper
}

/// The encoding in which a single text becomes Vietnamese, and that Vietnamese. `None` for text that is good as it
/// stands or that no encoding makes good.
pub(crate) fn detect_text(text: &str) -> Option<(Legacy, String)> {
    if !possible(text) {
        return None;
    }
    let as_is = Tally::of(text);
    if as_is.bad == 0 {
        return None;
    }
    Legacy::ALL.into_iter().find_map(|legacy| {
        let shown = legacy.to_unicode(text);
        let tally = Tally::of(&shown);
        let better = tally.bad == 0 && tally.good > 0;
        better.then_some((legacy, shown))
    })
}

/// The encoding of a whole sheet or file, by the evidence of its texts.
pub(crate) fn detect<'t>(texts: impl Iterator<Item = &'t str>) -> Option<Legacy> {
    let mut as_is = Tally::default();
    let mut shown = [Tally::default(), Tally::default()];
    for text in texts.filter(|text| possible(text)) {
        as_is.add(&Tally::of(text));
        for (tally, legacy) in shown.iter_mut().zip(Legacy::ALL) {
            tally.add(&Tally::of(&legacy.to_unicode(text)));
        }
    }
    let (tally, legacy) = shown.iter().zip(Legacy::ALL).max_by_key(|(tally, _)| tally.good)?;
    let convincing = tally.good >= 3 && tally.share_good() >= 80 && as_is.share_good() <= 60;
    convincing.then_some(legacy)
}

/// Text of a file whose conversion from `legacy` was asked for. `None` when this text is not of that encoding.
pub(crate) fn convert(legacy: Legacy, text: &str) -> Option<String> {
    if !possible(text) || (legacy == Legacy::Tcvn3 && !tcvn3::knows(text)) {
        return None;
    }
    let shown = legacy.to_unicode(text);
    let (before, after) = (Tally::of(text), Tally::of(&shown));
    let worse = before.bad == 0 && after.bad > 0;
    (shown != text && !worse).then_some(shown)
}

#[cfg(test)]
mod tests;
