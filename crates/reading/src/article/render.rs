//! Blocks → HTML: lists put together, pictures and tables with the words under them.

use std::fmt::Write as _;

use super::Picture;
use super::block::{Block, Paragraph};
use super::inline::{Piece, escape, html, plain};
use super::numbering::Mark;
use super::style::Role;
use super::table::Table;

/// The longest line that is taken for a title, in signs.
const LONGEST_TITLE: usize = 300;

/// How many paragraphs from the top a centred bold line may be the title.
const TITLE_REACH: usize = 12;

/// Title and text.
pub(super) fn article(mut blocks: Vec<Block>, notes: &[String], pictures: &[Picture]) -> (String, String) {
    let title = take_title(&mut blocks);
    let mut writer = Writer { html: String::new(), pictures, lists: Vec::new() };
    writer.blocks(&blocks, false);
    let mut made = writer.html;
    if !notes.is_empty() {
        made.push_str("<hr><ol>");
        for note in notes {
            let _ = write!(made, "<li>{}</li>", escape(note));
        }
        made.push_str("</ol>");
    }
    (title, made)
}

/// Takes the title out of the blocks: of style Title, else of Heading 1, else a centred bold line near the top, with
/// the lines of the same look that go on with it.
fn take_title(blocks: &mut Vec<Block>) -> String {
    let has_role = |role: Role| move |paragraph: &Paragraph| paragraph.role == role;
    let is_centred = |paragraph: &Paragraph| {
        paragraph.role == Role::Plain && paragraph.centred && paragraph.bold && paragraph.mark.is_none()
    };
    let first = |reach: usize, test: &dyn Fn(&Paragraph) -> bool| {
        blocks.iter().take(reach).position(|block| is_title_line(block, test))
    };
    let (at, goes_on): (usize, &dyn Fn(&Paragraph) -> bool) =
        if let Some(at) = first(usize::MAX, &has_role(Role::Title)) {
            (at, &has_role(Role::Title))
        } else if let Some(at) = first(usize::MAX, &has_role(Role::Heading(1))) {
            (at, &|_| false)
        } else if let Some(at) = first(TITLE_REACH, &is_centred) {
            (at, &is_centred)
        } else {
            return String::new();
        };
    let mut lines = Vec::new();
    while lines.is_empty() || blocks.get(at).is_some_and(|block| is_title_line(block, goes_on)) {
        let Block::Text(paragraph) = blocks.remove(at) else { break };
        lines.push(plain(&paragraph.pieces));
        // A picture in the line of the title stays.
        let pictures: Vec<Piece> =
            paragraph.pieces.into_iter().filter(|piece| matches!(piece, Piece::Picture(_))).collect();
        if !pictures.is_empty() {
            blocks.insert(at, Block::Text(Paragraph { pieces: pictures, ..Paragraph::default() }));
            break;
        }
    }
    let mut title = lines.join(" ");
    if title.chars().count() > LONGEST_TITLE {
        title.clone_from(&lines[0]);
    }
    title
}

/// Whether a block is a line of words of a title's length that passes a test.
fn is_title_line(block: &Block, test: &dyn Fn(&Paragraph) -> bool) -> bool {
    match block {
        Block::Text(paragraph) => {
            let words = plain(&paragraph.pieces);
            test(paragraph) && !words.is_empty() && words.chars().count() <= LONGEST_TITLE
        }
        Block::Table(_) => false,
    }
}

struct Writer<'a> {
    html: String,
    pictures: &'a [Picture],
    /// Open lists: tag and level in Word.
    lists: Vec<(&'static str, usize)>,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block], in_cell: bool) {
        let mut at = 0;
        while let Some(block) = blocks.get(at) {
            at += 1;
            let caption = blocks.get(at).and_then(caption);
            match block {
                Block::Table(table) if in_cell => {
                    // A table in a cell: its cells one after the other.
                    self.close_lists();
                    for cell in table.rows.iter().flat_map(|row| &row.cells) {
                        self.blocks(&cell.blocks, true);
                    }
                }
                Block::Table(table) => {
                    self.close_lists();
                    self.table(table, caption.as_deref());
                    at += usize::from(caption.is_some());
                }
                Block::Text(paragraph) => {
                    let next_is_table = matches!(blocks.get(at), Some(Block::Table(_)));
                    if paragraph.role == Role::Caption && next_is_table && !in_cell {
                        self.close_lists();
                        if let Some(Block::Table(table)) = blocks.get(at) {
                            self.table(table, Some(&html(&paragraph.pieces, false)));
                        }
                        at += 1;
                        continue;
                    }
                    let has_pictures = pictures_of(paragraph).next().is_some();
                    let caption = caption.filter(|_| has_pictures);
                    at += usize::from(caption.is_some());
                    let is_quote = paragraph.role == Role::Quote;
                    let before = at >= 2 && is_quoted(&blocks[at - 2]);
                    self.paragraph(paragraph, caption.as_deref(), is_quote && !before);
                    if is_quote && !blocks.get(at).is_some_and(is_quoted) {
                        self.html.push_str("</blockquote>");
                    }
                }
            }
        }
        self.close_lists();
    }

    fn paragraph(&mut self, paragraph: &Paragraph, caption: Option<&str>, opens_quote: bool) {
        let is_head = matches!(paragraph.role, Role::Heading(_) | Role::Title);
        let text = html(&paragraph.pieces, is_head);
        match &paragraph.mark {
            Some((Mark::Point, level)) if !is_head => self.item("ul", *level, None, &text),
            Some((Mark::Number(number), level)) if !is_head => self.item("ol", *level, Some(*number), &text),
            mark => {
                self.close_lists();
                if opens_quote {
                    self.html.push_str("<blockquote>");
                }
                let label = match mark {
                    Some((Mark::Words(words), _)) => escape(words),
                    Some((Mark::Number(number), _)) => format!("{number}."),
                    _ => String::new(),
                };
                let text = [label, text].join(" ").trim().to_owned();
                let tag = match paragraph.role {
                    Role::Title | Role::Heading(1) => "h2",
                    Role::Heading(2) => "h3",
                    Role::Heading(_) => "h4",
                    _ => "p",
                };
                if !text.is_empty() {
                    let _ = write!(self.html, "<{tag}>{text}</{tag}>");
                }
            }
        }
        let pictures: Vec<usize> = pictures_of(paragraph).collect();
        let last = pictures.len();
        for (at, number) in pictures.into_iter().enumerate() {
            let Some(picture) = self.pictures.get(number) else { continue };
            let image = format!("<img src=\"{}\" alt=\"{}\">", picture.place, escape(&picture.alt));
            // The words under several pictures in one line stand under the last.
            match caption.filter(|_| at + 1 == last) {
                Some(words) => {
                    let _ = write!(self.html, "<figure>{image}<figcaption>{words}</figcaption></figure>");
                }
                None => {
                    let _ = write!(self.html, "<figure>{image}</figure>");
                }
            }
        }
    }

    /// An item of a list; a deeper level opens a list inside the item before it.
    fn item(&mut self, tag: &'static str, level: usize, number: Option<u32>, text: &str) {
        while self.lists.last().is_some_and(|(_, open)| *open > level) {
            self.close_list();
        }
        let fits = |open: &(&str, usize)| *open == (tag, level);
        if self.lists.last().is_some_and(|open| open.1 == level && !fits(open)) {
            self.close_list();
        }
        if self.lists.last().is_some_and(fits) {
            self.html.push_str("</li>");
        } else {
            match number {
                Some(number) if number > 1 => {
                    let _ = write!(self.html, "<{tag} start=\"{number}\">");
                }
                _ => {
                    let _ = write!(self.html, "<{tag}>");
                }
            }
            self.lists.push((tag, level));
        }
        let _ = write!(self.html, "<li>{text}");
    }

    fn close_list(&mut self) {
        if let Some((tag, _)) = self.lists.pop() {
            let _ = write!(self.html, "</li></{tag}>");
        }
    }

    fn close_lists(&mut self) {
        while !self.lists.is_empty() {
            self.close_list();
        }
    }

    fn table(&mut self, table: &Table, caption: Option<&str>) {
        self.html.push_str("<table>");
        if let Some(caption) = caption {
            let _ = write!(self.html, "<caption>{caption}</caption>");
        }
        let mut heads = table.rows.iter().take_while(|row| row.is_head).count();
        let all_bold = |at: usize| {
            table.rows.get(at).is_some_and(|row| {
                row.cells.len() > 1
                    && row.cells.iter().all(|cell| cell.blocks.iter().all(is_bold))
                    && row.cells.iter().any(|cell| !cell.blocks.is_empty())
            })
        };
        if heads == 0 && table.rows.len() > 1 && all_bold(0) {
            heads = 1;
        }
        for (at, row) in table.rows.iter().enumerate() {
            if at == 0 && heads > 0 {
                self.html.push_str("<thead>");
            }
            if at == heads {
                self.html.push_str(if heads > 0 { "</thead><tbody>" } else { "<tbody>" });
            }
            let tag = if at < heads { "th" } else { "td" };
            self.html.push_str("<tr>");
            for cell in &row.cells {
                let _ = write!(self.html, "<{tag}");
                if tag == "th" {
                    self.html.push_str(" scope=\"col\"");
                }
                if cell.columns > 1 {
                    let _ = write!(self.html, " colspan=\"{}\"", cell.columns);
                }
                if cell.rows > 1 {
                    let _ = write!(self.html, " rowspan=\"{}\"", cell.rows);
                }
                self.html.push('>');
                match cell.blocks.as_slice() {
                    // One plain paragraph needs no element of its own.
                    [Block::Text(paragraph)]
                        if paragraph.mark.is_none() && pictures_of(paragraph).next().is_none() =>
                    {
                        self.html.push_str(&html(&paragraph.pieces, tag == "th"));
                    }
                    blocks => self.blocks(blocks, true),
                }
                let _ = write!(self.html, "</{tag}>");
            }
            self.html.push_str("</tr>");
        }
        self.html.push_str(if heads >= table.rows.len() { "</thead></table>" } else { "</tbody></table>" });
    }
}

fn pictures_of(paragraph: &Paragraph) -> impl Iterator<Item = usize> {
    paragraph.pieces.iter().filter_map(|piece| match piece {
        Piece::Picture(number) => Some(*number),
        _ => None,
    })
}

fn is_quoted(block: &Block) -> bool {
    matches!(block, Block::Text(paragraph) if paragraph.role == Role::Quote)
}

fn is_bold(block: &Block) -> bool {
    matches!(block, Block::Text(paragraph) if paragraph.bold)
}

/// Letters of a caption that only looks like one.
const LONGEST_CAPTION: usize = 200;

/// The words of a paragraph that captions what stands before it: by its style, or as people write one by hand, a short
/// line in the middle, all in italics.
fn caption(block: &Block) -> Option<String> {
    let Block::Text(paragraph) = block else { return None };
    let is_by_hand = paragraph.role == Role::Plain
        && paragraph.centred
        && paragraph.italic
        && pictures_of(paragraph).next().is_none()
        && plain(&paragraph.pieces).chars().count() <= LONGEST_CAPTION;
    if paragraph.role != Role::Caption && !is_by_hand {
        return None;
    }
    Some(html(&paragraph.pieces, false)).filter(|words| !words.is_empty())
}
