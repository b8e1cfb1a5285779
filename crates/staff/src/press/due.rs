//! The due days of what waits, as a file for calendars: numbers and days alone, neither names nor questions.

use app::press::{self, CaseRow, PartRow};
use app::roll_out::CampaignRow;
use domain::time;
use web_kit::PageResult;
use web_kit::ical::{self, Entry, When};
use web_kit::page::attachment;

use super::path;
use crate::gate::Staff;
use crate::refusal;

pub(super) async fn calendar(staff: Staff) -> PageResult {
    let only_own = staff.actor().unit.is_some();
    let board =
        staff.run(move |app, actor| press::board(app, actor, only_own)).await.map_err(refusal::fault)?;
    let mut entries: Vec<Entry> = board.cases.iter().filter_map(|row| of_case(&staff, row)).collect();
    entries.extend(board.parts.iter().map(|(part, number)| of_part(&staff, part, number)));
    entries.extend(board.regulations.iter().map(|campaign| of_regulation(&staff, campaign)));
    let name = staff.t().text("press_board.calendar_name");
    let text = ical::calendar(name, &entries, staff.state.app.now());
    Ok(attachment(text, ical::MEDIA_TYPE, "han-cong-viec.ics"))
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
        is_cancelled: false,
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
        is_cancelled: false,
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
        is_cancelled: false,
        version: 1,
    }
}
