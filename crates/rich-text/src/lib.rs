//! The one sanitiser: what articles may contain (checklist NEWS). Everything that becomes HTML on a page of ours and
//! was written by a person, pasted or read from a file goes through [`clean`], on write and again where it is shown.
//!
//! - [`clean`]: a closed list of elements, attributes and schemes; pictures only from our own files;
//! - [`from_typed`]: what a form sent, plain text or HTML;
//! - [`to_text`]: the words alone, for search and descriptions.
//!
//! Knows nothing of publications, files or pages.

mod depth;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

/// Where files of ours are served from; pictures may come from nowhere else.
pub const FILES: &str = "/tep/";

/// The longest text that is taken, in bytes.
pub const LONGEST: usize = 2_000_000;

const TAGS: [&str; 32] = [
    "p",
    "br",
    "h2",
    "h3",
    "h4",
    "strong",
    "b",
    "em",
    "i",
    "u",
    "s",
    "sub",
    "sup",
    "ul",
    "ol",
    "li",
    "blockquote",
    "hr",
    "a",
    "img",
    "figure",
    "figcaption",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "code",
    "pre",
    "abbr",
];

const ATTRIBUTES: [(&str, &[&str]); 6] = [
    ("a", &["href", "title"]),
    ("img", &["src", "alt", "width", "height"]),
    ("th", &["scope", "colspan", "rowspan"]),
    ("td", &["colspan", "rowspan"]),
    ("ol", &["start"]),
    ("abbr", &["title"]),
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    let attributes: HashMap<&str, HashSet<&str>> =
        ATTRIBUTES.into_iter().map(|(tag, names)| (tag, names.iter().copied().collect())).collect();
    builder
        .tags(TAGS.into_iter().collect())
        .tag_attributes(attributes)
        .generic_attributes(HashSet::new())
        .clean_content_tags(
            ["script", "style", "head", "title", "template", "noscript", "svg", "math"].into(),
        )
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer"))
        .attribute_filter(filter);
    builder
});

fn filter<'v>(element: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    match (element, attribute) {
        ("img", "src") if !is_own_file(value) => None,
        ("a", "href") if is_foreign_relative(value) => None,
        ("a", "href") => Some(Cow::Owned(address(value))),
        ("img", "width" | "height") | ("ol", "start") => number(value, 0..=u16::MAX),
        ("th" | "td", "colspan" | "rowspan") => number(value, 1..=1_000),
        ("th", "scope") if !matches!(value, "row" | "col") => None,
        _ => Some(Cow::Borrowed(value)),
    }
}

fn number<'v>(value: &str, range: std::ops::RangeInclusive<u16>) -> Option<Cow<'v, str>> {
    let number = value.parse().ok().filter(|number| range.contains(number))?;
    Some(Cow::Owned(number.to_string()))
}

/// An address with the signs that may not stand in one written as browsers send them. What browsers drop at its ends
/// is dropped; inside, where dropping it could make another scheme of it, it is written too.
fn address(value: &str) -> String {
    let mut made = String::with_capacity(value.len());
    for sign in value.trim_matches([' ', '\t', '\n', '\r', '\u{c}']).chars() {
        if sign.is_ascii_control() || " \"<>\\^`{|}".contains(sign) {
            let halves = [u32::from(sign) >> 4, u32::from(sign) & 15];
            made.push('%');
            made.extend(
                halves
                    .into_iter()
                    .filter_map(|half| char::from_digit(half, 16))
                    .map(|sign| sign.to_ascii_uppercase()),
            );
        } else {
            made.push(sign);
        }
    }
    made
}

/// Browsers read `%2e` as a dot.
fn is_own_file(value: &str) -> bool {
    value.strip_prefix(FILES).is_some_and(|rest| {
        rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_.%".contains(&byte))
            && !rest.to_ascii_lowercase().replace("%2e", ".").contains("..")
    })
}

/// `//host` and `\host` are other sites in the dress of an address of ours; browsers drop breaks and tabs inside.
fn is_foreign_relative(value: &str) -> bool {
    let mut signs = value.chars().filter(|sign| !['\t', '\n', '\r'].contains(sign));
    let first = signs.by_ref().find(|sign| !sign.is_whitespace() && !sign.is_control());
    first == Some('\\') || first == Some('/') && matches!(signs.next(), Some('/' | '\\'))
}

/// The deepest nesting that is taken; no office writes a tenth of it, and parsing deeper is slow.
pub const DEEPEST: usize = 250;

/// Why a text is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Longer than [`LONGEST`].
    TooLong,
    /// Nested deeper than [`DEEPEST`].
    TooDeep,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refused::TooLong => write!(f, "text longer than {LONGEST} bytes"),
            Refused::TooDeep => write!(f, "elements nested deeper than {DEEPEST}"),
        }
    }
}

impl std::error::Error for Refused {}

/// The HTML without anything that is not on the list. Cleaning twice changes nothing more.
///
/// # Errors
/// [`Refused`].
pub fn clean(html: &str) -> Result<String, Refused> {
    if html.len() > LONGEST {
        return Err(Refused::TooLong);
    }
    if depth::exceeds(html, DEEPEST) {
        return Err(Refused::TooDeep);
    }
    let (cleaned, _) = without_empty_pictures(&CLEANER.clean(html).to_string());
    // A carriage return written as a number would become a line break when it is read again.
    let cleaned =
        if cleaned.contains('\r') { cleaned.replace("\r\n", "\n").replace('\r', "\n") } else { cleaned };
    Ok(cleaned.trim().to_owned())
}

/// A picture that is not ours lost its address; what is left of it would be an empty frame. With how many those were.
fn without_empty_pictures(html: &str) -> (String, usize) {
    let mut made = String::with_capacity(html.len());
    let (mut rest, mut lost) = (html, 0);
    while let Some(start) = rest.find("<img") {
        let Some(length) = rest[start..].find('>') else { break };
        let (tag, after) = rest[start..].split_at(length + 1);
        made.push_str(&rest[..start]);
        if tag.contains(" src=\"") {
            made.push_str(tag);
        } else {
            lost += 1;
        }
        rest = after;
    }
    made.push_str(rest);
    (made, lost)
}

/// How many pictures of a text that can be taken cleaning leaves out, because they are not among our own files.
pub fn pictures_left_out(html: &str) -> usize {
    let is_taken = html.len() <= LONGEST && !depth::exceeds(html, DEEPEST);
    if is_taken && html.trim_start().starts_with('<') {
        without_empty_pictures(&CLEANER.clean(html).to_string()).1
    } else {
        0
    }
}

/// What a form sent: HTML of the editor, or plain text, in which an empty line begins a new paragraph.
///
/// # Errors
/// [`Refused`].
pub fn from_typed(typed: &str) -> Result<String, Refused> {
    if typed.trim_start().starts_with('<') { clean(typed) } else { clean(&paragraphs(typed)) }
}

fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut made = String::new();
    for paragraph in text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        let lines: Vec<String> = paragraph.lines().map(escape).collect();
        made.push_str("<p>");
        made.push_str(&lines.join("<br>"));
        made.push_str("</p>\n");
    }
    made
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The words of an HTML text, blocks parted by spaces.
pub fn to_text(html: &str) -> String {
    static BARE: LazyLock<Builder<'static>> = LazyLock::new(|| {
        let mut builder = Builder::empty();
        builder.clean_content_tags(["script", "style", "head", "title", "template"].into());
        builder
    });
    // Words of neighbouring blocks must not run together.
    let parted = html.replace("</", " </").replace("<br", " <br").replace("<p", " <p").replace("<li", " <li");
    let bare = BARE.clean(&parted).to_string();
    let plain = bare.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    plain.replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cleaned HTML as lines of text, one for each block, to be compared with another: behind the words of a line stand what
/// its pictures show and where its links and pictures lead.
pub fn to_lines(clean: &str) -> String {
    const ENDS: [&str; 9] =
        ["</p>", "</h2>", "</h3>", "</h4>", "</li>", "</tr>", "</figcaption>", "</figure>", "<br>"];
    let one = clean.replace('\n', " ");
    let parted = ENDS.iter().fold(one, |html, end| html.replace(end, &format!("{end}\n")));
    let mut lines = String::with_capacity(parted.len());
    for block in parted.lines() {
        let words = std::iter::once(to_text(block));
        let addresses = links(block).into_iter().map(|link| format!("[{link}]"));
        let shown = values(block, " alt=\"").into_iter().map(|(_, alt)| to_text(&alt));
        let line: Vec<String> = words.chain(shown).chain(addresses).filter(|part| !part.is_empty()).collect();
        if !line.is_empty() {
            lines.push_str(&line.join(" "));
            lines.push('\n');
        }
    }
    lines
}

/// The values of an attribute in cleaned HTML, with their places; `mark` is its name as it stands there, ` href="`.
fn values(clean: &str, mark: &str) -> Vec<(usize, String)> {
    let value = |(at, _): (usize, &str)| {
        let value = clean.get(at + mark.len()..)?.split('"').next()?;
        Some((at, value.replace("&amp;", "&")))
    };
    clean.match_indices(mark).filter_map(value).collect()
}

/// The name below [`FILES`] under which an address of ours has its file: the first part of what follows.
pub fn file_of(address: &str) -> Option<&str> {
    address.strip_prefix(FILES)?.split('/').next()
}

/// Pictures of cleaned HTML, which writes every `>` of a value as `&gt;`, as pages show them: with their sides in pixels, so that their place is kept free while they
/// are loaded, and loaded when they come into sight, but the first where `first_is_seen`. `size` knows a file by its
/// name ([`file_of`]); a side that the writer set stays, and the other follows it.
pub fn with_sizes(clean: &str, first_is_seen: bool, size: impl Fn(&str) -> Option<(u32, u32)>) -> String {
    let mut made = String::with_capacity(clean.len());
    let (mut rest, mut is_first) = (clean, first_is_seen);
    while let Some(start) = rest.find("<img") {
        let Some(length) = rest[start..].find('>') else { break };
        let (tag, after) = rest[start..].split_at(length + 1);
        made.push_str(&rest[..start]);
        let src = values(tag, " src=\"").into_iter().next().map_or(String::new(), |(_, src)| src);
        match file_of(&src).and_then(&size).filter(|(width, height)| *width > 0 && *height > 0) {
            Some(size) => made.push_str(&sized(tag, size)),
            None => made.push_str(tag.trim_end_matches('>')),
        }
        if !std::mem::take(&mut is_first) {
            made.push_str(" loading=\"lazy\" decoding=\"async\"");
        }
        made.push('>');
        rest = after;
    }
    made.push_str(rest);
    made
}

/// The tag of a picture of this size, its end left open.
fn sized(tag: &str, (width, height): (u32, u32)) -> String {
    let mut bare = tag.trim_end_matches('>').to_owned();
    let mut take = |mark: &str| {
        let (at, value) = values(&bare, mark).into_iter().next()?;
        bare.replace_range(at..=at + mark.len() + value.len(), "");
        value.parse::<u32>().ok().filter(|side| *side > 0)
    };
    let told = (take(" width=\""), take(" height=\""));
    let along = |side: u32, of: u32, other: u32| {
        let long = (u64::from(side) * u64::from(other) + u64::from(of) / 2) / u64::from(of);
        u32::try_from(long).unwrap_or(other).max(1)
    };
    let (width, height) = match told {
        (Some(told), _) => (told, along(told, width, height)),
        (None, Some(told)) => (along(told, height, width), told),
        (None, None) => (width, height),
    };
    format!("{bare} width=\"{width}\" height=\"{height}\"")
}

/// Where the links and pictures of cleaned HTML lead, in their order. Cleaning writes every attribute in double quotes
/// and every `&` of an address as `&amp;`, so nothing else has to be understood here.
pub fn links(clean: &str) -> Vec<String> {
    let mut found = values(clean, " href=\"");
    found.extend(values(clean, " src=\""));
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, link)| link).collect()
}
