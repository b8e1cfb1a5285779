//! The first rows of a sheet, in an old encoding or not.

use crate::legacy::{self, Legacy, LegacyFont};
use crate::source::{Raw, Row};

/// The first rows, as written and as shown.
pub(crate) struct Head {
    pub(crate) raw: Vec<Row>,
    /// In Unicode, for recognition only.
    pub(crate) shown: Vec<Row>,
    /// The old encoding of the sheet.
    pub(crate) legacy: Option<Legacy>,
}

/// Looks for an old encoding in the first rows, by fonts and by the evidence of the texts.
pub(crate) fn prepare(raw: Vec<Row>, asked: Option<Legacy>) -> Head {
    let cells = || raw.iter().flat_map(|row| &row.cells);
    let fonts = cells().filter_map(|cell| cell.font);
    let by_font = fonts.map(|font| font.legacy).next();
    let texts = cells().filter_map(|cell| match &cell.raw {
        Raw::Text(text) => Some(text.as_str()),
        Raw::Number(_) | Raw::Day(_) | Raw::Flag(_) | Raw::Error(_) => None,
    });
    let by_text = legacy::detect(texts);
    // A font alone proves nothing: people type Unicode into old templates.
    let some_text = |legacy: &Legacy| {
        cells().any(|cell| matches!(&cell.raw, Raw::Text(text) if legacy::convert(*legacy, text).is_some()))
    };
    let legacy = by_text.or(by_font.filter(some_text)).or(asked.filter(some_text));
    let mut shown = raw.clone();
    for cell in shown.iter_mut().flat_map(|row| &mut row.cells) {
        if let Raw::Text(text) = &cell.raw
            && let Some((_, unicode)) = in_unicode(text, cell.font, legacy)
        {
            cell.raw = Raw::Text(unicode);
        }
    }
    Head { raw, shown, legacy }
}

/// Text of an old encoding in Unicode: by its font, by that of the sheet, or by itself. `None` for Unicode text.
pub(crate) fn in_unicode(
    text: &str,
    font: Option<LegacyFont>,
    sheet: Option<Legacy>,
) -> Option<(Legacy, String)> {
    if !legacy::possible(text) {
        return None;
    }
    if let Some(font) = font
        && legacy::convert(font.legacy, text).is_some()
    {
        return Some((font.legacy, font.shown(text)));
    }
    if let Some(legacy) = sheet {
        return legacy::convert(legacy, text).map(|shown| (legacy, shown));
    }
    legacy::detect_text(text)
}
