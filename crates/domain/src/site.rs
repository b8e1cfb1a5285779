//! How the public site presents itself: its name, who answers for it, its menu, its colour. What an administrator
//! writes is checked here, and the colours that follow from one are worked out here, so that no choice makes a page
//! hard to read (WCAG 2.2, 1.4.3).

use std::fmt;

use serde::{Deserialize, Serialize};

/// Entries of the menu.
pub const MOST_ENTRIES: usize = 10;
/// Signs of one line.
pub const LONGEST_LINE: usize = 200;
/// Signs of a text of paragraphs.
pub const LONGEST_TEXT: usize = 20_000;
/// Signs of a label of the menu.
pub const LONGEST_LABEL: usize = 40;
/// Least contrast of text and ground (WCAG 2.2, 1.4.3, level AA).
pub const LEAST_CONTRAST: f64 = 4.5;

/// Text on the colour of the menu, as the style sheet of the site has it.
const ON_MENU: Color = Color([0xff, 0xfa, 0xf2]);
/// The darkest ground that text in the colour stands on in light pages, as the style sheet has it.
const LIGHT_GROUND: Color = Color([0xf6, 0xf3, 0xee]);
/// The lightest ground that text in the colour stands on in dark pages, as the style sheet has it.
const DARK_GROUND: Color = Color([0x27, 0x24, 0x22]);

/// What the footer and head of every public page say (TT 32/2017/TT-BTTTT, TT 22/2023/TT-BTTTT: the unit, who is
/// responsible, address, telephone, e-mail). Empty lines are not shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// *Tên cổng, trang*; empty for the name of the office.
    pub name: String,
    /// A line below it.
    pub slogan: String,
    /// *Địa chỉ.*
    pub address: String,
    /// *Điện thoại.*
    pub phone: String,
    /// *Thư điện tử.*
    pub email: String,
    /// *Chịu trách nhiệm chính*: name and title.
    pub responsible: String,
    /// *Giấy phép*: number, day, who gave it.
    pub license: String,
    /// What whoever uses the content again must say; empty for the usual line.
    pub reuse: String,
    /// The name on English pages; empty for the Vietnamese one.
    pub name_en: String,
    /// *Giới thiệu*: paragraphs with empty lines between; empty for no such page.
    pub about: String,
    /// What the office says of privacy beside what the program does.
    pub privacy: String,
    /// The colour.
    pub accent: Accent,
    /// The menu; empty for the one by kinds of items.
    pub menu: Vec<Entry>,
    /// *Biểu trưng*; the digest of a picture drawn anew.
    pub logo: Option<Logo>,
}

/// An entry of the menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The text.
    pub label: String,
    /// The text on English pages; empty for the Vietnamese one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label_en: String,
    /// A path of the site, or an `https` address elsewhere.
    pub href: String,
}

/// The picture in the head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    /// SHA-256 of its bytes.
    pub digest: String,
    /// `png` or `jpg`.
    pub ending: String,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// The colour of head, menu and marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Accent {
    /// Deep red, the one of the style sheet.
    #[default]
    Red,
    /// Blue.
    Blue,
    /// Green.
    Green,
    /// Brown.
    Brown,
    /// Violet.
    Violet,
    /// One of the office's own.
    Own(Color),
}

impl Accent {
    /// Those that need no checking; a test does it.
    pub const READY: [Accent; 5] = [Accent::Red, Accent::Blue, Accent::Green, Accent::Brown, Accent::Violet];

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            Accent::Red => "red",
            Accent::Blue => "blue",
            Accent::Green => "green",
            Accent::Brown => "brown",
            Accent::Violet => "violet",
            Accent::Own(_) => "own",
        }
    }

    /// The colour.
    pub const fn color(self) -> Color {
        match self {
            Accent::Red => Color([0x9c, 0x1c, 0x1f]),
            Accent::Blue => Color([0x17, 0x45, 0x7f]),
            Accent::Green => Color([0x1a, 0x5a, 0x3a]),
            Accent::Brown => Color([0x6e, 0x3f, 0x1a]),
            Accent::Violet => Color([0x5a, 0x2d, 0x6f]),
            Accent::Own(color) => color,
        }
    }
}

/// A colour of sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Color([u8; 3]);

impl Color {
    /// Reads `#9c1c1f`, with or without the sign.
    pub fn parse(text: &str) -> Option<Color> {
        let digits = text.trim().trim_start_matches('#');
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Color([part(0)?, part(2)?, part(4)?]))
    }

    /// Relative luminance (WCAG 2.2), 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let share = f64::from(part) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast of two colours (WCAG 2.2), 1 to 21.
    pub fn contrast(self, other: Color) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// So many hundredths of the way to `other`.
    fn toward(self, other: Color, hundredths: u16) -> Color {
        let mix = |from: u8, to: u8| {
            let mixed = (u16::from(from) * (100 - hundredths) + u16::from(to) * hundredths) / 100;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        let ([r, g, b], [to_r, to_g, to_b]) = (self.0, other.0);
        Color([mix(r, to_r), mix(g, to_g), mix(b, to_b)])
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl TryFrom<String> for Color {
    type Error = String;

    fn try_from(text: String) -> Result<Color, String> {
        Color::parse(&text).ok_or_else(|| format!("not a colour: {text}"))
    }
}

impl From<Color> for String {
    fn from(color: Color) -> String {
        color.to_string()
    }
}

/// The colours of the style sheet that follow from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shades {
    /// Ground of the menu; text on light pages.
    pub base: Color,
    /// The same, under the pointer.
    pub deep: Color,
    /// Text on dark pages.
    pub light: Color,
}

impl Shades {
    /// The shades of a colour.
    pub fn of(base: Color) -> Shades {
        const BLACK: Color = Color([0; 3]);
        const WHITE: Color = Color([0xff; 3]);
        let steps = (40..=100).map(|step| base.toward(WHITE, step));
        let light = steps.into_iter().find(|color| color.contrast(DARK_GROUND) >= LEAST_CONTRAST + 1.5);
        Shades { base, deep: base.toward(BLACK, 20), light: light.unwrap_or(WHITE) }
    }

    /// The worst contrast of any text and ground these colours make, rounded down to tenths.
    pub fn worst(self) -> f64 {
        let pairs = [
            (self.base, ON_MENU),
            (self.deep, ON_MENU),
            (self.base, LIGHT_GROUND),
            (self.light, DARK_GROUND),
        ];
        let worst = pairs.into_iter().map(|(a, b)| a.contrast(b)).fold(f64::INFINITY, f64::min);
        (worst * 10.0).floor() / 10.0
    }
}

/// Whether a link may stand in the menu: a path of the site, or `https` elsewhere; nothing browsers repair into
/// something else.
pub fn is_link(href: &str) -> bool {
    let odd = |sign: char| {
        sign == '\\' || sign == '"' || sign == '<' || sign == '>' || sign.is_control() || sign.is_whitespace()
    };
    if href.len() > 500 || href.contains(odd) {
        return false;
    }
    if let Some(rest) = href.strip_prefix("https://") {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let fits = |sign: char| sign.is_alphanumeric() || ".-:".contains(sign);
        return host.contains('.') && !host.starts_with('.') && host.chars().all(fits);
    }
    href.starts_with('/') && !href.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ready_colour_can_be_read_on_every_ground() {
        for accent in Accent::READY {
            let shades = Shades::of(accent.color());
            assert!(shades.worst() >= LEAST_CONTRAST, "{accent:?}: {}", shades.worst());
        }
    }

    #[test]
    fn contrast_is_counted_as_wcag_does() {
        let (black, white) = (Color([0; 3]), Color([255; 3]));
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        let grey = Color::parse("#767676").unwrap();
        assert!((grey.contrast(white) - 4.54).abs() < 0.01);
        assert!(Shades::of(Color::parse("#f4cf63").unwrap()).worst() < LEAST_CONTRAST);
    }

    #[test]
    fn a_colour_is_six_digits() {
        assert_eq!(Color::parse(" 9C1c1F ").map(|color| color.to_string()).as_deref(), Some("#9c1c1f"));
        for text in ["", "#12345", "#1234567", "red", "#12345g", "#éééé"] {
            assert_eq!(Color::parse(text), None, "{text}");
        }
    }

    #[test]
    fn only_paths_and_https_stand_in_the_menu() {
        for href in ["/", "/tin-tuc?muc=a", "https://dichvucong.gov.vn/p/home", "https://xã.vn"] {
            assert!(is_link(href), "{href}");
        }
        for href in
            ["", "tin-tuc", "//evil.vn", "/\\evil", "http://a.vn", "javascript:alert(1)", "https://a", "/a b"]
        {
            assert!(!is_link(href), "{href}");
        }
    }

    #[test]
    fn a_look_stored_before_a_field_was_known_is_read() {
        let look: Look = serde_json::from_str(r##"{"name":"A","accent":{"own":"#102030"}}"##).unwrap();
        assert_eq!(look.accent, Accent::Own(Color([0x10, 0x20, 0x30])));
        assert!(serde_json::from_str::<Look>(r#"{"accent":{"own":"x"}}"#).is_err());
    }
}
