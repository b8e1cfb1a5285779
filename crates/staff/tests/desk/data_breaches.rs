//! Breaches of personal data on the desk: written down, told, each refused cell refused through HTTP.

use app::{Actor, data_breach};
use domain::access::Role;
use domain::data_breach::{Event, State, TRANSITIONS};
use http::StatusCode;

use crate::site::{Answer, Site};

const KNOWN: [(&str, &str); 8] = [
    ("subject", "Lộ danh sách <b>"),
    ("noticed_on", "01/06/2020"),
    ("noticed_time", "08:00"),
    ("nature", "Tệp sổ bị gửi nhầm."),
    ("data_kinds", "Họ tên"),
    ("consequences", "Có thể bị làm phiền."),
    ("measures", "Đã yêu cầu xóa."),
    ("officer", "Chánh Văn phòng"),
];

const TOLD: [(&str, &str); 6] = [
    ("symbol", "TB-UBND"),
    ("addressee", "Bộ Công an"),
    ("sent_on", "01/06/2020"),
    ("sent_time", "09:00"),
    ("late_reason", "Xác minh"),
    ("note", "Xong"),
];

async fn open(site: &Site) -> String {
    let mut fields = vec![("version", "0"), ("people", "12")];
    fields.extend(KNOWN);
    let opened = site.post(Role::Leader, "/data-breaches/new", &fields).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text());
    opened.location
}

async fn act(site: &Site, role: Role, path: &str, event: Event) -> Answer {
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    let found = data_breach::show(&site.app, &Actor::command_line(), id).unwrap();
    let version = found.row.version.to_string();
    let mut fields = vec![("version", version.as_str())];
    fields.extend(KNOWN);
    fields.extend(TOLD);
    site.post(role, &format!("{path}/{}", event.word()), &fields).await
}

#[tokio::test]
async fn a_breach_is_written_down_drawn_and_told_and_what_was_typed_stays() {
    let site = Site::new();
    let empty = site.get(Role::Administrator, "/data-breaches").await.text();
    assert!(empty.contains("Chưa có vi phạm nào được ghi"), "{empty}");
    let mut wrong = vec![("version", "0"), ("people", "nhiều")];
    wrong.extend(KNOWN);
    let wrong = site.post(Role::Leader, "/data-breaches/new", &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("Lộ danh sách &#60;b&#62;") && wrong.text().contains("nhiều"));
    let path = open(&site).await;
    let list = site.get(Role::Spokesperson, "/data-breaches").await.text();
    assert!(list.contains("Lộ danh sách &#60;b&#62;") && list.contains("Chưa thông báo"), "{list}");
    let draft = site.get(Role::Leader, &format!("{path}/draft/pdf")).await;
    assert!(draft.body.starts_with(b"%PDF"));
    let form = site.get(Role::Leader, &format!("{path}/notify")).await.text();
    assert!(form.contains("Cục An ninh mạng"), "{form}");
    let sent = act(&site, Role::Leader, &path, Event::Notify).await;
    assert_eq!(sent.location, path, "{}", sent.text());
    let page = site.get(Role::Leader, &path).await.text();
    assert!(page.contains("01/TB-UBND") && page.contains("Đã thông báo"), "{page}");
    let kept = site.get(Role::Leader, &format!("{path}/notices/0/docx")).await;
    assert!(kept.body.starts_with(b"PK"));
    assert_eq!(site.get(Role::Leader, &format!("{path}/notices/1/docx")).await.status, StatusCode::NOT_FOUND);
    let ledger = site.get(Role::Administrator, "/ledger").await.text();
    assert!(ledger.contains("Gửi thông báo vi phạm dữ liệu cá nhân"), "{ledger}");
}

#[tokio::test]
async fn each_refused_cell_of_the_machine_is_refused_through_http() {
    let site = Site::new();
    let path = open(&site).await;
    let discarded = open(&site).await;
    let way = [
        (&path, State::Open, Some(Event::Notify)),
        (&path, State::Notified, Some(Event::Close)),
        (&path, State::Closed, None),
        (&discarded, State::Open, Some(Event::Discard)),
        (&discarded, State::Discarded, None),
    ];
    let mut tried = 0;
    for (path, state, next) in way {
        for event in Event::ALL {
            for role in Role::ALL {
                let row = TRANSITIONS.iter().find(|row| row.from == state && row.event == event);
                if row.is_some_and(|row| domain::access::may(&[role], row.needs)) {
                    continue;
                }
                let answer = act(&site, role, path, event).await;
                let refusals = [StatusCode::FORBIDDEN, StatusCode::CONFLICT];
                assert!(refusals.contains(&answer.status), "{state:?} {event:?} {role:?}: {}", answer.status);
                tried += 1;
            }
        }
        if let Some(event) = next {
            let done = act(&site, Role::Leader, path, event).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{event:?}: {}", done.text());
        }
    }
    assert!(tried > 100, "{tried}");
}
