//! The document as HTML: readable at 320 px and on paper, headings in order, header cells, no script, nothing loaded.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::document::{Addressed, Document, HeadingStyle, Laid, LaidBlock, ProofLink, Span};
use crate::escape::xml;
use crate::layout::{MOTTO, NATIONAL_NAME, SECRETARY};
use crate::qr;

/// The style of a document. A page that embeds [`fragment`] serves it itself.
pub const STYLE: &str = include_str!("../assets/document.css");

/// How the document is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HtmlOptions {
    /// Where a figure leads: its id is appended, `/reports/2020/figures/`. Without it figures are marked, not linked.
    pub figure_link: Option<String>,
    /// The level of the document's title; 1 on its own page, 2 inside another.
    pub first_level: u8,
}

struct Writer<'a> {
    options: &'a HtmlOptions,
    anchored: BTreeSet<String>,
    out: String,
}

/// A page of its own: `bao-cao.html`.
pub fn page(document: &Document) -> String {
    let options = HtmlOptions { figure_link: None, first_level: 1 };
    format!(
        "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{}</main>\n</body>\n</html>\n",
        xml(&document.title_line()),
        fragment(document, &options)
    )
}

/// The document for another page: an `<article class="official">`.
pub fn fragment(document: &Document, options: &HtmlOptions) -> String {
    let laid = document.laid();
    let mut writer = Writer { options, anchored: BTreeSet::new(), out: String::new() };
    writer.out.push_str("<article class=\"official\" lang=\"vi\">\n");
    writer.header(&laid);
    writer.title(&laid);
    writer.addressed(&laid.addressed);
    for basis in &laid.bases {
        writer.line(&format!("<p class=\"basis\">{}</p>", xml(basis)));
    }
    writer.blocks(&laid.body, 0);
    writer.signature(&laid);
    if let Some(proof) = &document.proof {
        writer.proof(proof);
    }
    for annex in &laid.annexes {
        let tag = writer.heading_tag(1);
        writer.line("<section class=\"annex\">");
        writer.line(&format!(
            "<{tag} class=\"centre\">{}<br>{}</{tag}>",
            xml(&annex.word),
            xml(&annex.title)
        ));
        writer.blocks(&annex.body, 1);
        writer.line("</section>");
    }
    writer.out.push_str("</article>\n");
    writer.out
}

impl Writer<'_> {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn heading_tag(&self, below: u8) -> String {
        format!("h{}", (self.options.first_level.max(1) + below).min(6))
    }

    fn header(&mut self, laid: &Laid) {
        self.line("<header class=\"top\">");
        self.line("<div class=\"issuer\">");
        if let Some(parent) = &laid.header.parent {
            self.line(&format!("<p>{}</p>", xml(parent)));
        }
        let rows: Vec<String> = laid.header.issuer.iter().map(|row| xml(row)).collect();
        self.line(&format!("<p class=\"body ruled\">{}</p>", rows.join("<br>")));
        self.line(&format!("<p class=\"number\">{}</p>", xml(&laid.header.number)));
        if !laid.about.is_empty() {
            let tag = self.heading_tag(0);
            self.line(&format!("<{tag} class=\"about\">{}</{tag}>", xml(&laid.about.join(" "))));
        }
        self.line("</div>");
        self.line("<div class=\"nation\">");
        self.line(&format!("<p class=\"name\">{}</p>", xml(NATIONAL_NAME)));
        self.line(&format!("<p class=\"motto\"><span>{}</span></p>", xml(MOTTO)));
        self.line(&format!("<p class=\"place\">{}</p>", xml(&laid.header.place)));
        self.line("</div>");
        self.line("</header>");
    }

    fn title(&mut self, laid: &Laid) {
        if !laid.about.is_empty() {
            return;
        }
        let tag = self.heading_tag(0);
        let summary = laid.summary.join(" ");
        self.line(&format!(
            "<{tag} class=\"title ruled\">{}<br>{}</{tag}>",
            xml(&laid.type_name),
            xml(&summary)
        ));
    }

    fn addressed(&mut self, addressed: &Addressed) {
        match addressed {
            Addressed::None => {}
            Addressed::One(to) => self.line(&format!("<p class=\"to\">Kính gửi: {}</p>", xml(to))),
            Addressed::Many(lines) => {
                self.line("<div class=\"to many\"><p>Kính gửi:</p>");
                self.line("<ul>");
                for line in lines {
                    self.line(&format!("<li>{}</li>", xml(line)));
                }
                self.line("</ul></div>");
            }
        }
    }

    fn blocks(&mut self, blocks: &[LaidBlock], deeper: u8) {
        let mut in_list = false;
        for block in blocks {
            let is_dash = matches!(block, LaidBlock::Dash { .. });
            match (in_list, is_dash) {
                (false, true) => self.line("<ul class=\"dashes\">"),
                (true, false) => self.line("</ul>"),
                _ => {}
            }
            in_list = is_dash;
            match block {
                LaidBlock::Heading { level, style, marker, text } => {
                    let tag = self.heading_tag(level + deeper);
                    let class = if *style == HeadingStyle::Plain { " class=\"plain\"" } else { "" };
                    let words = self.spans(text);
                    self.line(&format!("<{tag}{class}>{} {words}</{tag}>", xml(marker)));
                }
                LaidBlock::Paragraph { text } => {
                    let words = self.spans(text);
                    self.line(&format!("<p>{words}</p>"));
                }
                LaidBlock::Dash { text } => {
                    let words = self.spans(text);
                    self.line(&format!("<li>{words}</li>"));
                }
                LaidBlock::Table { caption, columns, rows } => self.table(caption, columns, rows),
            }
        }
        if in_list {
            self.line("</ul>");
        }
    }

    fn table(&mut self, caption: &str, columns: &[crate::document::Column], rows: &[Vec<Vec<Span>>]) {
        self.line("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Bảng\"><table>");
        if !caption.is_empty() {
            self.line(&format!("<caption>{}</caption>", xml(caption)));
        }
        let mut heads = String::new();
        for column in columns {
            let _ = write!(heads, "<th scope=\"col\">{}</th>", xml(&column.title));
        }
        self.line(&format!("<thead><tr>{heads}</tr></thead>"));
        self.line("<tbody>");
        for row in rows {
            let mut cells = String::new();
            for (cell, column) in row.iter().zip(columns) {
                let class = if column.centred { " class=\"centre\"" } else { "" };
                let words = self.spans(cell);
                let _ = write!(cells, "<td{class}>{words}</td>");
            }
            self.line(&format!("<tr>{cells}</tr>"));
        }
        self.line("</tbody></table></div>");
    }

    /// Figures carry their id; the first mention is the anchor.
    fn spans(&mut self, spans: &[Span]) -> String {
        let mut out = String::new();
        for span in spans {
            let words = xml(&span.text);
            let Some(id) = &span.figure else {
                out.push_str(&words);
                continue;
            };
            let anchor = if self.anchored.insert(id.clone()) {
                format!(" id=\"figure-{}\"", xml(&id.replace('.', "-")))
            } else {
                String::new()
            };
            let id = xml(id);
            let _ = match &self.options.figure_link {
                Some(base) => write!(
                    out,
                    "<a class=\"figure\"{anchor} data-figure=\"{id}\" href=\"{}{id}\">{words}</a>",
                    xml(base)
                ),
                None => write!(out, "<span class=\"figure\"{anchor} data-figure=\"{id}\">{words}</span>"),
            };
        }
        out
    }

    fn signature(&mut self, laid: &Laid) {
        self.line("<footer class=\"end\">");
        if !laid.secretary.is_empty() {
            let name = xml(&laid.secretary);
            self.line(&format!("<div class=\"signer\"><p>{SECRETARY}</p><p class=\"name\">{name}</p></div>"));
        }
        self.line("<div class=\"recipients\"><p class=\"word\">Nơi nhận:</p>");
        self.line("<ul>");
        for row in &laid.recipients {
            self.line(&format!("<li>{}</li>", xml(row.trim_start_matches("- "))));
        }
        self.line("</ul></div>");
        let rows: Vec<String> = laid.authority.iter().map(|row| xml(row)).collect();
        self.line(&format!(
            "<div class=\"signer\"><p>{}</p><p class=\"name\">{}</p></div>",
            rows.join("<br>"),
            xml(&laid.signer)
        ));
        self.line("</footer>");
    }

    fn proof(&mut self, proof: &ProofLink) {
        self.line("<aside class=\"proof\" aria-label=\"Kiểm chứng số liệu\">");
        if let Some(code) = qr::modules(&proof.url) {
            self.line(&format!(
                "<div class=\"code\" role=\"img\" aria-label=\"Mã QR: {}\">{}</div>",
                xml(&proof.url),
                code.svg()
            ));
        }
        // Only a link of the web is a link; anything else stays text.
        let is_web = proof.url.starts_with("https://") || proof.url.starts_with("http://");
        let url = xml(&proof.url);
        let link = if is_web { format!("<a href=\"{url}\">{url}</a>") } else { url };
        self.line(&format!(
            "<p>Kiểm chứng số liệu của văn bản này tại: {link}<br>Mã kiểm: {}; mốc nhật ký: {}</p>",
            xml(&proof.digest_on_paper()),
            proof.checkpoint
        ));
        self.line("</aside>");
    }
}
