//! Cells 1 to 4: a table of two columns without borders, with drawn rules.

use docx_rs::{
    BorderType, Docx, LineSpacing, LineSpacingType, Paragraph, ParagraphBorder, ParagraphBorderPosition,
    ParagraphBorders, ParagraphProperty, Table, TableAlignmentType, TableCell, TableCellMargins,
    TableLayoutType, TableRow, WidthType,
};

use super::{centred, run, signed, text_width};
use crate::document::Laid;
use crate::layout::{self, Layout};

/// Adds the header.
pub(crate) fn add(file: Docx, layout: &Layout, laid: &Laid) -> Docx {
    let width = text_width(layout);
    let left = width * layout.header_left_percent() / 100;
    let right = width - left;
    let sizes = &laid.sizes;
    let mut issuer = TableCell::new().width(left as usize, WidthType::Dxa);
    if let Some(parent) = &laid.header.parent {
        issuer = issuer.add_paragraph(centred(run(parent, sizes.issuer)));
    }
    for row in &laid.header.issuer {
        issuer = issuer.add_paragraph(centred(run(row, sizes.issuer).bold()));
    }
    let last = laid.header.issuer.last().map_or("", String::as_str);
    let under = layout::bold_width(last, sizes.issuer).min(f64::from(left) / 20.0) * layout::SHORT_RULE;
    issuer = issuer.add_paragraph(rule(left, under));
    let nation = TableCell::new()
        .width(right as usize, WidthType::Dxa)
        .add_paragraph(centred(run(layout::NATIONAL_NAME, sizes.national_name).bold()))
        .add_paragraph(centred(run(layout::MOTTO, sizes.motto).bold()))
        .add_paragraph(rule(right, layout::bold_width(layout::MOTTO, sizes.motto)));
    let mut number = TableCell::new()
        .width(left as usize, WidthType::Dxa)
        .add_paragraph(centred(run(&laid.header.number, sizes.number)));
    for (index, line) in laid.about.iter().enumerate() {
        // Cell 5b stands 6 points below the number.
        let before = if index == 0 { 120 } else { 0 };
        let paragraph = centred(run(line, sizes.about));
        number = number.add_paragraph(paragraph.line_spacing(LineSpacing::new().before(before).after(0)));
    }
    let place = TableCell::new()
        .width(right as usize, WidthType::Dxa)
        .add_paragraph(centred(run(&laid.header.place, sizes.place_date).italic()));
    let rows = vec![TableRow::new(vec![issuer, nation]), TableRow::new(vec![number, place])];
    file.add_table(borderless(rows, &[left, right]))
}

/// A table that only places things.
pub(crate) fn borderless(rows: Vec<TableRow>, columns: &[u32]) -> Table {
    Table::without_borders(rows)
        .set_grid(columns.iter().map(|width| *width as usize).collect())
        .width(columns.iter().sum::<u32>() as usize, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .align(TableAlignmentType::Left)
        .margins(TableCellMargins::new().margin(0, 0, 0, 0))
}

/// A drawn rule of `points` length, centred in `column` (twentieths of a point): the upper border of a low, empty
/// paragraph with indents, which Word and LibreOffice draw alike.
pub(crate) fn rule(column: u32, points: f64) -> Paragraph {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few hundred points")]
    let length = ((points.max(0.0) * 20.0).round() as u32).min(column);
    let side = signed((column - length) / 2);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0.75 points are 6 eighths")]
    let thick = (layout::RULE_POINTS * 8.0).round() as usize;
    let border = ParagraphBorder::new(ParagraphBorderPosition::Top)
        .val(BorderType::Single)
        .size(thick)
        .space(0)
        .color("000000");
    let spacing = LineSpacing::new().line_rule(LineSpacingType::Exact).line(120).before(40).after(0);
    let mut paragraph =
        Paragraph::new().line_spacing(spacing).indent(Some(side), None, Some(side), None).size(4);
    let property: ParagraphProperty = paragraph.property.clone();
    paragraph.property = property.set_borders(ParagraphBorders::with_empty().set(border));
    paragraph
}
