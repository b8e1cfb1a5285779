//! Requests of people about their own data, on the desk: written down, identified, each refused cell refused through HTTP.

use app::Actor;
use app::data_request::{self, Sent};
use domain::access::Role;
use domain::data_request::{Event, Kind, State, TRANSITIONS};
use http::StatusCode;

use crate::site::{Answer, Site};

fn send(site: &Site) -> String {
    let sent = Sent {
        kind: Some(Kind::Delete),
        name: "Trần Thị Riêng".into(),
        contact: "0912 345 678".into(),
        details: "Thư hỏi tôi gửi tháng 3".into(),
        network: "192.0.2.1".into(),
    };
    data_request::send(&site.app, &sent).unwrap()
}

async fn newest(site: &Site) -> String {
    let list = site.get(Role::Clerk, "/data-requests").await.text();
    assert!(!list.contains("Riêng") && !list.contains("0912"), "{list}");
    let (_, rest) = list.split_once("href=\"/data-requests/01").unwrap();
    format!("/data-requests/01{}", rest.split('"').next().unwrap())
}

const WORDS: [(&str, &str); 5] = [
    ("reason", "Lý do"),
    ("answer", "Đã xóa"),
    ("days", "3"),
    ("contact", "0912 345 678"),
    ("how", "Gọi lại"),
];

/// Sends the form of an event with every word it could ask for.
async fn act(site: &Site, role: Role, path: &str, event: Event) -> Answer {
    let address = format!("{path}/{}", event.word());
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    let found = data_request::show(&site.app, &Actor::command_line(), id).unwrap();
    let version = found.row.version.to_string();
    let mut fields = vec![("version", version.as_str())];
    fields.extend(WORDS);
    site.post(role, &address, &fields).await
}

#[tokio::test]
async fn a_request_is_listed_acknowledged_identified_and_fulfilled() {
    let site = Site::new();
    let empty = site.get(Role::Clerk, "/data-requests").await.text();
    assert!(empty.contains("Chưa có yêu cầu về dữ liệu cá nhân"), "{empty}");
    let old = send(&site);
    let path = newest(&site).await;
    let page = site.get(Role::Clerk, &path).await.text();
    for shown in ["Trần Thị Riêng", "0912 345 678", "Xóa dữ liệu", "Thư hỏi tôi gửi tháng 3"]
    {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert_eq!(act(&site, Role::Clerk, &path, Event::Acknowledge).await.location, path);
    let page = site.get(Role::Clerk, &path).await.text();
    assert!(page.contains("Chưa xác nhận danh tính"), "the button says why it is none: {page}");
    let refused = site.get(Role::Clerk, &format!("{path}/fulfil")).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let told = act(&site, Role::Clerk, &path, Event::Identify).await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.text());
    let page = told.text();
    let code = page.split("<strong class=\"code\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_ne!(code, old);
    let silent = {
        let form = site.get(Role::Clerk, &format!("{path}/fulfil")).await;
        let version = form.hidden("version");
        let fields = [("version", version.as_str()), ("answer", " ")];
        site.post(Role::Clerk, &format!("{path}/fulfil"), &fields).await
    };
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(act(&site, Role::Spokesperson, &path, Event::Fulfil).await.location, path);
    let page = site.get(Role::Clerk, &path).await.text();
    assert!(page.contains("Đã thực hiện") && page.contains("Đã xóa"), "{page}");
    let receipt = data_request::by_code(&site.app, &code).unwrap();
    assert_eq!((receipt.state, receipt.answer.as_str()), (State::Fulfilled, "Đã xóa"));
    let ledger = site.get(Role::Administrator, "/ledger").await.text();
    assert!(ledger.contains("Thực hiện yêu cầu về dữ liệu cá nhân") && !ledger.contains("Riêng"), "{ledger}");
}

#[tokio::test]
async fn what_came_by_letter_is_written_down_and_what_was_typed_stays() {
    let site = Site::new();
    let form = site.get(Role::Clerk, "/data-requests/new").await;
    assert_eq!(form.status, StatusCode::OK);
    let fields = |channel| {
        [
            ("kind", "withdraw"),
            ("channel", channel),
            ("name", "Trần Thị Riêng"),
            ("contact", "thôn 3"),
            ("details", "Rút <đồng ý>"),
            ("received_on", "01/06/2020"),
            ("received_time", "08:00"),
        ]
    };
    let wrong = site.post(Role::Clerk, "/data-requests/new", &fields("")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("Rút &#60;đồng ý&#62;"), "{}", wrong.text());
    let taken = site.post(Role::Clerk, "/data-requests/new", &fields("letter")).await;
    assert_eq!(taken.status, StatusCode::OK);
    assert!(taken.text().contains("<strong class=\"code\">"), "{}", taken.text());
    assert!(site.get(Role::Clerk, &newest(&site).await).await.text().contains("thôn 3"));
}

#[tokio::test]
async fn each_refused_cell_of_the_machine_is_refused_through_http() {
    let site = Site::new();
    send(&site);
    let path = newest(&site).await;
    let way = [
        (State::Received, Some(Event::Acknowledge)),
        (State::Acknowledged, Some(Event::Refuse)),
        (State::Refused, None),
    ];
    let mut tried = 0;
    for (state, next) in way {
        for event in Event::ALL {
            for role in Role::ALL {
                let row = TRANSITIONS.iter().find(|row| row.from == state && row.event == event);
                let may = row.is_some_and(|row| domain::access::may(&[role], row.needs));
                if may && event != Event::Fulfil {
                    continue;
                }
                let answer = act(&site, role, &path, event).await;
                let refusals = [StatusCode::FORBIDDEN, StatusCode::CONFLICT];
                assert!(refusals.contains(&answer.status), "{state:?} {event:?} {role:?}: {}", answer.status);
                tried += 1;
            }
        }
        if let Some(event) = next {
            let done = act(&site, Role::Clerk, &path, event).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{event:?}: {}", done.text());
        }
    }
    assert!(tried > 100, "{tried}");
}
