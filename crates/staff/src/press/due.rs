//! The due days of what waits, as a file for calendars: numbers and days alone, neither names nor questions.

use app::press::{self, CaseRow, PartRow};
use app::roll_out::CampaignRow;
use app::work::{self, Due, Subject, Task};
use app::{ActionError, Actor, App};
use domain::time;
use web_kit::PageResult;
use web_kit::ical::{self, Entry, Standing, When};
use web_kit::page::attachment;

use super::path;
use crate::gate::Staff;
use crate::refusal;

pub(super) async fn calendar(staff: Staff) -> PageResult {
    let only_own = staff.actor().unit.is_some();
    let read = move |app: &App, actor: &Actor| {
        Ok::<_, ActionError>((press::board(app, actor, only_own)?, work::by_the_clock(app, actor)?))
    };
    let (board, tasks) = staff.run(read).await.map_err(refusal::fault)?;
    let mut entries: Vec<Entry> = board.cases.iter().filter_map(|row| of_case(&staff, row)).collect();
    entries.extend(board.parts.iter().map(|(part, number)| of_part(&staff, part, number)));
    entries.extend(board.regulations.iter().map(|campaign| of_regulation(&staff, campaign)));
    let tasks = [tasks, work::second_looks(&board.looks)].concat();
    entries.extend(tasks.iter().filter_map(|task| of_task(&staff, task)));
    let name = staff.t().text("press_board.calendar_name");
    let text = ical::calendar(name, &entries, staff.state.app.now());
    Ok(attachment(text, ical::MEDIA_TYPE, "han-cong-viec.ics"))
}

/// What has to be done by a moment: speaking on an extraordinary case, a second look, the notice of a press conference. It
/// says neither what the matter is nor who asked.
fn of_task(staff: &Staff, task: &Task) -> Option<Entry> {
    let t = staff.t();
    let (id, title, url) = match &task.subject {
        Subject::Emergency(id) => {
            (id.to_string(), t.text("work.emergency").to_owned(), super::emergency_path(*id))
        }
        Subject::SecondLook(id) => {
            let look = t.text("press.event.second_look");
            (format!("look-{id}"), format!("{look} {}", task.number), path(*id))
        }
        Subject::Conference(id, event) => {
            let event = t.text(&format!("conference.event.{}", event.word()));
            let title = t.fill("work.conference", &[("event", &event)]);
            (id.to_string(), title, super::conference_path(*id))
        }
        _ => return None,
    };
    let Due::At(due) = task.due? else { return None };
    Some(Entry {
        uid: format!("{id}@phat-ngon"),
        // The hour before the limit.
        when: When::Between(time::minutes_before(due, 60), due),
        title,
        place: String::new(),
        url: staff.visitor.site.absolute(&url),
        standing: Standing::Confirmed,
        version: 1,
    })
}

/// When an open request is due; nothing for one without a limit.
fn of_case(staff: &Staff, row: &CaseRow) -> Option<Entry> {
    let due = row.due_at?;
    Some(Entry {
        uid: format!("{}@phat-ngon", row.id),
        when: When::On(time::day_of(due)),
        title: staff.t().fill("press_board.due_case", &[("number", &row.number)]),
        place: String::new(),
        url: staff.visitor.site.absolute(&path(row.id)),
        standing: Standing::Confirmed,
        version: row.version,
    })
}

fn of_part(staff: &Staff, part: &PartRow, number: &str) -> Entry {
    Entry {
        uid: format!("{}@phat-ngon", part.id),
        when: When::On(part.due_on),
        title: staff.t().fill("press_board.due_part", &[("number", &number)]).trim_end().to_owned(),
        place: String::new(),
        url: staff.visitor.site.absolute("/press/work"),
        standing: Standing::Confirmed,
        version: part.version,
    }
}

/// Until when the person's unit acknowledges a regulation.
fn of_regulation(staff: &Staff, campaign: &CampaignRow) -> Entry {
    Entry {
        uid: format!("{}@phat-ngon", campaign.id),
        when: When::On(campaign.due_on),
        title: staff.t().fill("press_board.due_regulation", &[("symbol", &campaign.symbol)]),
        place: String::new(),
        url: staff.visitor.site.absolute(&crate::roll_out::path(campaign.id)),
        standing: Standing::Confirmed,
        version: 1,
    }
}
