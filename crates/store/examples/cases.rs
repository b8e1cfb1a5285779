//! Writes many requests of the press into an installation, each with its steps and every third with a part of another
//! unit, to measure the desk over them (`scripts/bench-desk`):
//! `cargo run --release -p store --example cases -- DATA/phatngon.db 100000`, or the address of a PostgreSQL database.

use std::error::Error;

use domain::id::UnitId;
use domain::press::part;
use domain::press::request::{Answer, Asked, Request};
use domain::press::workflow::State;
use domain::time::{self, Day};
use store::press::{self, CaseRow, PartRow};
use store::{Actor, Database, Sources, StoreError, Target};

const AT_ONCE: usize = 2_000;
const SUBJECTS: [&str; 5] =
    ["thu gom rác thải", "đường liên xã", "giá đất", "tuyển sinh lớp 10", "nước sạch"];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let target = arguments.next().ok_or("give the database file, or the address of the database")?;
    let count: usize = arguments.next().ok_or("give how many")?.parse()?;
    let db = Database::open(&Target::parse(&target)?, Sources::system())?;
    let units: Vec<UnitId> = db.read(|r| {
        Ok::<_, StoreError>(store::unit::all(r)?.into_iter().map(|unit| unit.id).collect::<Vec<_>>())
    })?;
    let unit = *units.first().ok_or("the installation has no unit")?;
    let actor = Actor { name: "command_line".to_owned() };
    for start in (0..count).step_by(AT_ONCE) {
        db.write(&actor, |tx| {
            for number in start..count.min(start + AT_ONCE) {
                let row = case(tx.new_id()?, unit, number);
                press::insert(tx, &row)?;
                let last = if row.closed_at.is_some() { STEPS.len() } else { 3 };
                for step in STEPS.iter().take(last) {
                    press::add_step(tx, row.id, step, "", "")?;
                }
                if number.is_multiple_of(3) {
                    let helper = units.get(1 + number % (units.len() - 1).max(1)).copied().unwrap_or(unit);
                    let id = tx.new_id()?;
                    press::insert_part(tx, &part(id, &row, helper))?;
                }
            }
            Ok::<_, StoreError>(())
        })?;
    }
    Ok(())
}

const STEPS: [&str; 6] = ["assign", "accept", "write", "submit", "clear", "issue"];

fn part(id: domain::id::PartId, case: &CaseRow, unit: UnitId) -> PartRow {
    let is_open = case.closed_at.is_none();
    PartRow {
        id,
        case: Some(case.id),
        unit,
        question: "Đề nghị cung cấp số liệu.".to_owned(),
        state: if is_open { part::State::Asked } else { part::State::Delivered },
        answer: if is_open { String::new() } else { "Số liệu kèm theo. ".repeat(10) },
        person: None,
        due_on: time::days_later(time::day_of(case.received_at), 3),
        asked_by: String::new(),
        asked_at: case.received_at,
        done_at: case.closed_at,
        version: 1,
    }
}

/// One request in ten is open, one in fifty late.
fn case(id: domain::id::CaseId, unit: UnitId, number: usize) -> CaseRow {
    let back = i64::try_from(number % 2_000).unwrap_or(0);
    let day = time::days_later(Day::constant(2026, 11, 20), -back);
    let received_at = time::at(day, 9, 0).unwrap_or_default();
    let due_at = time::at(time::days_later(day, 14), 23, 59);
    let is_open = number.is_multiple_of(10);
    let subject = SUBJECTS.get(number % SUBJECTS.len()).copied().unwrap_or_default();
    CaseRow {
        id,
        unit,
        number: format!("DO-{number:06}/2000"),
        code_hash: format!("measure-{number}"),
        replaced_code_hash: None,
        state: if is_open { State::Drafting } else { State::Answered },
        request: Request {
            asked: Asked {
                requester: format!("Báo số {}", number % 40),
                subject: format!("Tiến độ {subject} {number}"),
                questions: "Bao giờ xong? ".repeat(20),
                ..Asked::default()
            },
            lead: Some(unit),
            answer: Answer { text: "Nội dung trả lời. ".repeat(60), ..Answer::default() },
            ..Request::default()
        },
        reporter: String::new(),
        contact: String::new(),
        card: String::new(),
        confirmed_contact: String::new(),
        delivered_to: String::new(),
        due_at,
        received_at,
        closed_at: (!is_open).then_some(received_at),
        created_by: String::new(),
        updated_at: received_at,
        version: 1,
    }
}
