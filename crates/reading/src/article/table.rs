//! Tables: rows of cells with what they span; a table of one cell is only a frame and gives its blocks.

use roxmltree::Node;

use super::block::{Block, Reading};
use super::xml::{attribute, child, elements, flag, value};
use crate::limits::Refused;

/// Columns of a table.
const MOST_COLUMNS: usize = 100;

/// A cell.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) columns: usize,
    pub(super) rows: usize,
    pub(super) blocks: Vec<Block>,
}

/// A row.
#[derive(Debug)]
pub(super) struct Row {
    /// Whether the writer marked it as the head, to be repeated on each page.
    pub(super) is_head: bool,
    pub(super) cells: Vec<Cell>,
}

/// A table.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
}

/// A cell that stands in a column and may go on downwards.
type Open = Option<(usize, usize)>;

pub(super) fn read(reading: &mut Reading<'_, '_, '_>, node: Node<'_, '_>) -> Result<Vec<Block>, Refused> {
    let mut rows: Vec<Row> = Vec::new();
    let mut open: Vec<Open> = vec![None; MOST_COLUMNS];
    for row in inside(node, "tr") {
        let own = child(row, "trPr");
        let is_head = own.and_then(|own| flag(own, "tblHeader")).unwrap_or(false);
        let mut made = Row { is_head, cells: Vec::new() };
        let mut column =
            own.and_then(|own| value(own, "gridBefore")).and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
        for cell in inside(row, "tc") {
            let own = child(cell, "tcPr");
            let span = own.and_then(|own| value(own, "gridSpan")).and_then(|n| n.parse::<usize>().ok());
            let columns = span.unwrap_or(1).clamp(1, MOST_COLUMNS);
            if column + columns > MOST_COLUMNS {
                break;
            }
            let merge = own.and_then(|own| child(own, "vMerge"));
            let goes_on = merge.is_some_and(|merge| attribute(merge, "val") != Some("restart"));
            let blocks = reading.blocks(cell)?;
            match open[column].filter(|_| goes_on) {
                Some((row, cell)) => rows[row].cells[cell].rows += 1,
                None => {
                    open[column] = merge.map(|_| (rows.len(), made.cells.len()));
                    made.cells.push(Cell { columns, rows: 1, blocks });
                }
            }
            if merge.is_none() {
                open[column] = None;
            }
            column += columns;
        }
        rows.push(made);
    }
    if rows.len() == 1 && rows[0].cells.len() == 1 {
        return Ok(rows.remove(0).cells.remove(0).blocks);
    }
    rows.retain(|row| !row.cells.is_empty());
    Ok(if rows.is_empty() { Vec::new() } else { vec![Block::Table(Table { rows })] })
}

/// The children of a name, also inside marks of content and of changes.
fn inside<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Vec<Node<'a, 'i>> {
    let mut found = Vec::new();
    for node in elements(node) {
        match node.tag_name().name() {
            own if own == name => found.push(node),
            "sdt" | "sdtContent" | "customXml" | "ins" => found.extend(inside(node, name)),
            _ => {}
        }
    }
    found
}
