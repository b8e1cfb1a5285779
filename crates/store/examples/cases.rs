//! Writes many requests of the press into an installation, to measure the desk over them:
//! `cargo run --release -p store --example cases -- DATA/phatngon.db 100000`.

use std::error::Error;

use domain::id::UnitId;
use domain::press::request::{Asked, Request};
use domain::press::workflow::State;
use domain::time::{self, Day};
use store::press::{self, CaseRow};
use store::{Actor, Database, Sources, StoreError, Target};

const AT_ONCE: usize = 2_000;
const SUBJECTS: [&str; 5] =
    ["thu gom rác thải", "đường liên xã", "giá đất", "tuyển sinh lớp 10", "nước sạch"];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("give the database file")?;
    let count: usize = arguments.next().ok_or("give how many")?.parse()?;
    let db = Database::open(&Target::Sqlite(file.into()), Sources::system())?;
    let unit = db.read(|r| Ok::<_, StoreError>(store::unit::all(r)?.first().map(|unit| unit.id)))?;
    let unit = unit.ok_or("the installation has no unit")?;
    let actor = Actor { name: "command_line".to_owned() };
    for start in (0..count).step_by(AT_ONCE) {
        db.write(&actor, |tx| {
            for number in start..count.min(start + AT_ONCE) {
                let row = case(tx.new_id()?, unit, number);
                press::insert(tx, &row)?;
            }
            Ok::<_, StoreError>(())
        })?;
    }
    Ok(())
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
        state: if is_open { State::Drafting } else { State::Answered },
        request: Request {
            asked: Asked {
                requester: format!("Báo số {}", number % 40),
                subject: format!("Tiến độ {subject} {number}"),
                questions: "Bao giờ xong? ".repeat(20),
                ..Asked::default()
            },
            lead: Some(unit),
            ..Request::default()
        },
        reporter: String::new(),
        contact: String::new(),
        due_at,
        received_at,
        closed_at: (!is_open).then_some(received_at),
        created_by: String::new(),
        updated_at: received_at,
        version: 1,
    }
}
