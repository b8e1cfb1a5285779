//! Finding a serif font with every Vietnamese letter, opened by path and tested glyph by glyph.
//!
//! The family name is no proof: Debian 12 installs a "Liberation Serif" 1.07 without 92 Vietnamese letters beside the
//! complete version 2. So a file counts only after its glyphs were looked at.

use std::fmt;
use std::path::{Path, PathBuf};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontStyle, FontWeight};
use typst::utils::LazyHash;

/// The line every font is tested with at start.
pub const SELF_TEST: &str = "Ủy ban nhân dân – Đường Ơn Ước ậ ễ ỡ ự";

/// Where Debian and others keep the fonts that are looked for, in this order, after the configured paths.
pub const STANDARD_FOLDERS: &[&str] = &[
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/truetype/croscore",
    "/usr/share/fonts/liberation-serif",
    "/usr/share/fonts/liberation-serif-fonts",
    "/usr/share/fonts/TTF",
    "/usr/local/share/fonts",
];

/// Times New Roman is what the decree names (NĐ 30/2020, PL I.I.4); the others have its widths.
const FAMILIES: &[&str] = &["Times New Roman", "Liberation Serif", "Tinos"];
/// Carried inside the program; complete for Vietnamese, but not of Times widths. (Libertinus Serif, carried too, lacks
/// Ơ.)
const BUILT_IN: &str = "New Computer Modern";
const MAX_FONT_BYTES: u64 = 32 * 1024 * 1024;
const MAX_FILES: usize = 2_000;

/// Where the font in use came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FontOrigin {
    /// Files in this folder (or this file's folder).
    Files(PathBuf),
    /// Carried inside the program: line breaks differ from a document in Times New Roman.
    BuiltIn,
}

/// The four styles of one serif family, every Vietnamese letter present.
pub struct Fonts {
    book: LazyHash<FontBook>,
    faces: Vec<Font>,
    family: String,
    origin: FontOrigin,
    passed_over: Vec<String>,
}

/// Why there is no usable font.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FontError {
    /// A path named in the settings holds no complete family.
    #[error(
        "{path} holds no complete serif family: {reason}; give a folder with the four styles of Times New Roman, Liberation Serif 2 or Tinos"
    )]
    Configured {
        /// The path.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Nothing was found and the built-in font failed its test.
    #[error(
        "no serif font with all Vietnamese letters; install the package fonts-liberation2 or fonts-liberation ({0})"
    )]
    None(String),
}

impl Fonts {
    /// Looks in `configured` (files or folders), then in [`STANDARD_FOLDERS`], then inside the program.
    ///
    /// # Errors
    /// When a configured path holds no complete family, or nothing at all was found.
    pub fn find(configured: &[PathBuf]) -> Result<Fonts, FontError> {
        let mut first_fault = None;
        for path in configured {
            match complete_family(&faces_in(path), FAMILIES) {
                Ok((family, faces)) => {
                    return Ok(Fonts::of(family, faces, FontOrigin::Files(path.clone()), vec![]));
                }
                Err(reason) => {
                    first_fault.get_or_insert(FontError::Configured { path: path.clone(), reason });
                }
            }
        }
        // A path that somebody set is meant: falling back in silence would hide the mistake.
        if let Some(fault) = first_fault {
            return Err(fault);
        }
        let mut passed_over = Vec::new();
        for folder in STANDARD_FOLDERS.iter().map(Path::new).filter(|folder| folder.is_dir()) {
            match complete_family(&faces_in(folder), FAMILIES) {
                Ok((family, faces)) => {
                    return Ok(Fonts::of(family, faces, FontOrigin::Files(folder.to_owned()), passed_over));
                }
                Err(reason) => passed_over.push(format!("{}: {reason}", folder.display())),
            }
        }
        Fonts::built_in(passed_over)
    }

    /// The font carried inside the program; `passed_over` says which places had nothing usable.
    ///
    /// # Errors
    /// When it lacks a letter.
    pub fn built_in(passed_over: Vec<String>) -> Result<Fonts, FontError> {
        let carried: Vec<Font> =
            typst_assets::fonts().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect();
        let (family, faces) = complete_family(&carried, &[BUILT_IN]).map_err(FontError::None)?;
        Ok(Fonts::of(family, faces, FontOrigin::BuiltIn, passed_over))
    }

    fn of(family: String, faces: Vec<Font>, origin: FontOrigin, passed_over: Vec<String>) -> Fonts {
        Fonts { book: LazyHash::new(FontBook::from_fonts(&faces)), faces, family, origin, passed_over }
    }

    /// The family to name in a source.
    pub fn family(&self) -> &str {
        &self.family
    }

    /// Where it came from.
    pub fn origin(&self) -> &FontOrigin {
        &self.origin
    }

    /// Whether its letters are as wide as those of Times New Roman, so that pages break as in the DOCX.
    pub fn has_times_widths(&self) -> bool {
        FAMILIES.contains(&self.family.as_str())
    }

    /// Places that were looked at and had nothing usable, with the reason.
    pub fn passed_over(&self) -> &[String] {
        &self.passed_over
    }

    /// Whether every style of the family can show the sign. A sign that it cannot show breaks PDF/A.
    pub fn shows(&self, sign: char) -> bool {
        self.faces.iter().all(|font| font.info().coverage.contains(u32::from(sign)))
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        self.faces.get(index).cloned()
    }
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fonts")
            .field("family", &self.family)
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

fn faces_in(path: &Path) -> Vec<Font> {
    let mut files: Vec<PathBuf> = if path.is_file() {
        // The other styles lie beside the named one.
        path.parent().map(list).unwrap_or_default()
    } else {
        list(path)
    };
    files.sort();
    files.iter().filter_map(|file| std::fs::read(file).ok()).flat_map(|b| Font::iter(Bytes::new(b))).collect()
}

fn list(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    entries
        .filter_map(Result::ok)
        .take(MAX_FILES)
        .filter(|entry| entry.metadata().is_ok_and(|data| data.is_file() && data.len() <= MAX_FONT_BYTES))
        .map(|entry| entry.path())
        .filter(|path| {
            let ending = path.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
            let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("").to_ascii_lowercase();
            // Names by which Windows and Debian keep the families that count; the test follows.
            matches!(ending.as_str(), "ttf" | "otf" | "ttc")
                && ["times", "liberationserif", "liberation-serif", "tinos"]
                    .iter()
                    .any(|n| name.starts_with(n))
        })
        .collect()
}

/// The first family of `names` whose four styles have every letter.
fn complete_family(faces: &[Font], names: &[&str]) -> Result<(String, Vec<Font>), String> {
    let mut reason = "no such family".to_owned();
    for name in names {
        let of_family: Vec<&Font> = faces.iter().filter(|face| face.info().family == *name).collect();
        if of_family.is_empty() {
            continue;
        }
        let mut four = Vec::new();
        for (bold, italic) in [(false, false), (true, false), (false, true), (true, true)] {
            let style = if italic { FontStyle::Italic } else { FontStyle::Normal };
            let weight = if bold { FontWeight::BOLD } else { FontWeight::REGULAR };
            let right = |face: &&&Font| {
                let variant = face.info().variant;
                variant.style == style && variant.weight == weight
            };
            match of_family.iter().find(right) {
                None => {
                    reason = format!(
                        "{name} has no {}{} style",
                        if bold { "bold " } else { "" },
                        if italic { "italic" } else { "upright" }
                    );
                }
                Some(face) => match missing_letter(face) {
                    Some(letter) => reason = format!("{name} lacks the letter {letter:?}"),
                    None => four.push((**face).clone()),
                },
            }
        }
        if four.len() == 4 {
            return Ok(((*name).to_owned(), four));
        }
    }
    Err(reason)
}

/// The first letter of Vietnamese text that the font cannot show.
fn missing_letter(font: &Font) -> Option<char> {
    let vietnamese =
        ('\u{1EA0}'..='\u{1EF9}').chain("ĂăÂâĐđÊêÔôƠơƯưÀÁÃÈÉÌÍÒÓÕÙÚÝàáãèéìíòóõùúýĨĩŨũ…–“”".chars());
    let plain = ' '..='~';
    vietnamese
        .chain(plain)
        .chain(SELF_TEST.chars())
        .find(|letter| !font.info().coverage.contains(u32::from(*letter)))
}
