//! The press desk through HTTP: the way of a request through five desks, each refused cell, what a second person is
//! told, the letter.

use domain::access::Role;
use domain::press::workflow::{Event, State, TRANSITIONS};
use domain::register::Register;
use http::StatusCode;

use crate::site::{Answer, Site};

const TAKEN: &[(&str, &str)] = &[
    ("requester", "Báo Hà Nam"),
    ("requester_kind", "press_agency"),
    ("reporter", "Nguyễn Thị Phóng"),
    ("contact", "0912 345 678"),
    ("identity", "card_seen"),
    ("request_symbol", "12/GGT-BHN"),
    ("card", "NB 4711"),
    ("channel", "phone"),
    ("legal_kind", ""),
    ("received_on", "01/06/2020"),
    ("received_time", "09:00"),
    ("subject", "Tiến độ thu gom rác thải"),
    ("questions", "Bao giờ xong? <script>alert(1)</script>"),
];

/// Writes a request down; its page.
pub async fn take(site: &Site) -> String {
    let taken = site.post(Role::Clerk, "/press/new", TAKEN).await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.text());
    let text = taken.text();
    let start = text.find("/press/01").unwrap();
    text[start..start + "/press/".len() + 26].to_owned()
}

/// The department whose people the example has.
async fn department(site: &Site, path: &str) -> String {
    let page = site.get(Role::Clerk, &format!("{path}/assign")).await.text();
    let before = page.split(">Phòng Văn hóa và Thông tin<").next().unwrap();
    let value = before.rsplit("value=\"").next().unwrap();
    value.split('"').next().unwrap().to_owned()
}

fn address(path: &str, event: Event) -> String {
    match event {
        Event::Assign => format!("{path}/assign"),
        Event::Write => format!("{path}/write"),
        Event::Tell => format!("{path}/tell"),
        Event::Issue | Event::IssueRefusal => format!("{path}/issue"),
        other => format!("{path}/acts/{}", other.word()),
    }
}

/// Does an act as its page offers it.
pub async fn act(site: &Site, role: Role, path: &str, event: Event) -> Answer {
    let unit = department(site, path).await;
    let address = address(path, event);
    let page = site.get(role, &address).await;
    let (version, digest) = if page.status == StatusCode::OK {
        let is_bound = page.text().contains("name=\"digest\"");
        (page.hidden("version"), if is_bound { page.hidden("digest") } else { String::new() })
    } else {
        // What the page does not offer is sent all the same.
        assert!([StatusCode::FORBIDDEN, StatusCode::CONFLICT].contains(&page.status), "{}", page.status);
        let id = path.rsplit('/').next().unwrap().parse().unwrap();
        let row = site.office.db.read(|r| store::press::find(r, id)).unwrap().unwrap();
        (row.version.to_string(), row.request.answer.digest())
    };
    let mut fields = vec![("version", version.as_str())];
    match event {
        Event::Assign => {
            fields.extend([("legal_kind", "information"), ("lead", unit.as_str()), ("note", "")]);
        }
        Event::Write => fields.extend([
            ("text", "Dự kiến xong trước 30/6/2020. Liên hệ ông Trần Văn Mẫu, 0987 654 321."),
            ("form", "press_release_or_written"),
            ("ground", ""),
            ("speaker", ""),
        ]),
        Event::Tell => {
            fields.extend([("told_on", "15/12/2020"), ("told_time", "09:00"), ("place", "Tại trụ sở")]);
        }
        Event::Issue | Event::IssueRefusal => {
            fields.extend([
                ("number", "125"),
                ("gap_reason", "Số 1 đến 124 trong sổ giấy"),
                ("symbol", "UBND-VHTT"),
                ("issued_on", "02/06/2020"),
                ("delivery", "post"),
                ("to", "Tòa soạn Báo Hà Nam"),
            ]);
        }
        _ => fields.extend([("digest", digest.as_str()), ("reason", "Lý do"), ("days", "2"), ("step", "0")]),
    }
    site.post(role, &address, &fields).await
}

async fn done(site: &Site, role: Role, path: &str, event: Event) {
    let answer = act(site, role, path, event).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{event:?} as {role:?}: {}", answer.text());
}

/// The way of a request, and who takes each step.
const WAY: [(State, Role, Event); 7] = [
    (State::Received, Role::Clerk, Event::Assign),
    (State::Assigned, Role::Officer, Event::Accept),
    (State::Drafting, Role::Officer, Event::Write),
    (State::Drafting, Role::Officer, Event::Submit),
    (State::InClearance, Role::UnitHead, Event::Endorse),
    (State::InClearance, Role::Spokesperson, Event::Endorse),
    (State::InClearance, Role::Leader, Event::Clear),
];

#[tokio::test]
async fn a_request_travels_over_five_desks_and_leaves_as_a_letter() {
    let site = Site::new();
    let path = take(&site).await;
    for (_, role, event) in WAY {
        done(&site, role, &path, event).await;
    }
    done(&site, Role::Clerk, &path, Event::Issue).await;
    let page = site.get(Role::Clerk, &path).await.text();
    for shown in [
        "125/UBND-VHTT",
        "Đã trả lời",
        "Nguyễn Thị Phóng",
        "NB 4711",
        "Bưu điện: Tòa soạn Báo Hà Nam",
        "Thời điểm ghi vào hệ thống",
        "Hạn này được tính thế nào?",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert!(!page.contains("<script>alert"), "correspondence is shown as text");
    assert!(page.contains("Thời gian ở từng bước") && page.contains("Người phát ngôn"), "{page}");
    let leader = site.get(Role::Leader, &path).await.text();
    for personal in ["Phóng", "0912", "NB 4711", "Tòa soạn"] {
        assert!(!leader.contains(personal), "{personal}: personal data is a right of its own");
    }
    let pdf = site.get(Role::Clerk, &format!("{path}/letter/pdf")).await;
    assert!(pdf.body.starts_with(b"%PDF"), "{}", pdf.kind);
    let docx = site.get(Role::Clerk, &format!("{path}/letter/docx")).await;
    assert!(docx.body.starts_with(b"PK"));
    goes_to_the_portal_without_what_is_covered(&site, &path).await;
}

#[tokio::test]
async fn an_answer_that_was_said_ends_the_request_on_the_page_and_for_the_reporter() {
    let site = Site::new();
    let speaker = [
        ("full_name", "Nguyễn Thành Thăng"),
        ("title", "Chủ tịch"),
        ("kind", "head"),
        ("starts_on", "01/01/2020"),
    ];
    let speaker = speaker.into_iter().map(|(field, value)| (field.to_owned(), value.to_owned())).collect();
    app::register::add(&site.app, &app::Actor::command_line(), Register::Spokespersons, &speaker).unwrap();
    let path = take(&site).await;
    for (_, role, event) in WAY {
        if event == Event::Write {
            let address = format!("{path}/write");
            let version = site.get(role, &address).await.hidden("version");
            let typed = [
                ("version", version.as_str()),
                ("text", "Dự kiến xong trước 30/6/2020."),
                ("form", "direct_or_interview"),
                ("ground", ""),
                ("speaker", "Nguyễn Thành Thăng"),
            ];
            let written = site.post(role, &address, &typed).await;
            assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", written.text());
        } else {
            done(&site, role, &path, event).await;
        }
    }
    let tell = format!("{path}/tell");
    let form = site.get(Role::Spokesperson, &tell).await;
    assert!(
        form.text().contains("Dự kiến xong trước 30/6/2020.") && form.text().contains("Nguyễn Thành Thăng")
    );
    let version = form.hidden("version");
    let typed = |time, place| {
        [("version", version.as_str()), ("told_on", "15/12/2020"), ("told_time", time), ("place", place)]
    };
    let wrong = site.post(Role::Spokesperson, &tell, &typed("chiều", "Qua điện thoại")).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text().contains("Qua điện thoại"));
    assert_eq!(site.get(Role::Officer, &tell).await.status, StatusCode::FORBIDDEN);
    done(&site, Role::Spokesperson, &path, Event::Tell).await;
    let page = site.get(Role::Clerk, &path).await.text();
    for shown in ["Đã trả lời", "Trả lời trực tiếp", "15/12/2020 09:00, Tại trụ sở"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert!(!page.contains("/letter/pdf"), "there is no letter");
}

/// What may be personal data is proposed, ticked; what is ticked and typed is in no byte of the publication.
async fn goes_to_the_portal_without_what_is_covered(site: &Site, path: &str) {
    let portal = format!("{path}/portal");
    let asked = site.get(Role::Clerk, &portal).await.text();
    assert!(asked.contains("Số điện thoại: 0987 654 321") && asked.contains("checked"), "{asked}");
    assert!(asked.contains("Trần Văn Mẫu, [đã che].") && asked.contains("1 chỗ"), "{asked}");
    let typed = [("hide-0", "on"), ("more", "trần văn  mẫu")];
    let look = site.post(Role::Clerk, &portal, &[&typed[..], &[("look", "1")]].concat()).await;
    assert_eq!(look.status, StatusCode::OK);
    assert!(look.text().contains("Liên hệ ông [đã che], [đã che].") && look.text().contains("2 chỗ"));
    assert!(look.text().contains("trần văn  mẫu"), "what was typed stays");
    let made = site.post(Role::Clerk, &portal, &typed).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let draft = site.get(Role::Clerk, &made.location).await.text();
    assert!(draft.contains("Dự kiến xong trước 30/6/2020. Liên hệ ông [đã che], [đã che]."), "{draft}");
    for covered in ["Phóng", "Trần Văn Mẫu", "0987"] {
        assert!(!draft.contains(covered), "{covered}: {draft}");
    }
    let page = site.get(Role::Clerk, path).await.text();
    assert!(
        page.contains("Trần Văn Mẫu, 0987 654 321.") && page.contains("2 chỗ"),
        "the letter stays as it left"
    );
    let again = site.post(Role::Clerk, &portal, &typed).await;
    assert!(again.status.is_client_error(), "once for each request: {}", again.status);
}

#[tokio::test]
async fn a_mark_of_a_template_that_was_not_filled_in_does_not_leave() {
    let site = Site::new();
    let path = take(&site).await;
    for (_, role, event) in WAY.into_iter().take(2) {
        done(&site, role, &path, event).await;
    }
    let address = format!("{path}/write");
    let version = site.get(Role::Officer, &address).await.hidden("version");
    let typed = [
        ("version", version.as_str()),
        ("text", "Kết quả: [KẾT QUẢ KIỂM TRA]."),
        ("form", "press_release_or_written"),
        ("ground", ""),
        ("speaker", ""),
    ];
    assert_eq!(site.post(Role::Officer, &address, &typed).await.status, StatusCode::SEE_OTHER);
    let handed_in = act(&site, Role::Officer, &path, Event::Submit).await;
    assert!(handed_in.status.is_client_error(), "{}", handed_in.status);
    assert!(handed_in.text().contains("ngoặc vuông"), "{}", handed_in.text());
}

#[tokio::test]
async fn each_refused_cell_of_the_machine_is_refused_through_http() {
    let site = Site::new();
    let path = take(&site).await;
    let mut tried = 0;
    let mut last = None;
    let closing = [(State::Cleared, Role::Clerk, Event::Issue), (State::Answered, Role::Clerk, Event::Issue)];
    for (state, role, event) in WAY.into_iter().chain(closing) {
        if last != Some(state) {
            for other in Event::ALL {
                for who in Role::ALL {
                    let row = TRANSITIONS.iter().find(|row| row.from == state && row.event == other);
                    if row.is_some_and(|row| domain::access::may(&[who], row.needs)) {
                        continue;
                    }
                    let answer = act(&site, who, &path, other).await;
                    let refused = [StatusCode::FORBIDDEN, StatusCode::CONFLICT];
                    assert!(
                        refused.contains(&answer.status),
                        "{state:?} {other:?} {who:?}: {}",
                        answer.status
                    );
                    tried += 1;
                }
            }
            last = Some(state);
        }
        if state != State::Answered {
            done(&site, role, &path, event).await;
        }
    }
    assert!(tried > 500, "{tried}");
}

/// Writes a request down from a sender nobody has confirmed, and takes it along the way until it may leave.
async fn cleared_unverified(site: &Site) -> String {
    let typed: Vec<(&str, &str)> = TAKEN
        .iter()
        .map(|(name, value)| match *name {
            "identity" => (*name, "unverified"),
            "questions" => (
                *name,
                "<img src=https://track.example/a.png> https://track.example/b ![x](https://track.example/c)",
            ),
            _ => (*name, *value),
        })
        .collect();
    let taken = site.post(Role::Clerk, "/press/new", &typed).await.text();
    let start = taken.find("/press/01").unwrap();
    let path = taken[start..start + "/press/".len() + 26].to_owned();
    for (_, role, event) in WAY {
        done(site, role, &path, event).await;
    }
    path
}

#[tokio::test]
async fn sec_press_a01_an_answer_to_an_unverified_sender_is_refused_through_http_until_somebody_confirms_the_contact()
 {
    let site = Site::new();
    let path = cleared_unverified(&site).await;
    let asked = act(&site, Role::Clerk, &path, Event::Issue).await;
    assert_eq!(asked.status, StatusCode::CONFLICT, "no form is drawn for what cannot be");
    assert!(asked.text().contains("Chưa xác minh ai yêu cầu"), "{}", asked.text());
    // Somebody who had the form open before sends it.
    let version = site.get(Role::Clerk, &format!("{path}/identify")).await.hidden("version");
    let fields = [
        ("version", version.as_str()),
        ("number", "125"),
        ("gap_reason", "Số 1 đến 124 trong sổ giấy"),
        ("symbol", "UBND-VHTT"),
        ("issued_on", "02/06/2020"),
        ("delivery", "post"),
        ("to", "Tòa soạn Báo Hà Nam"),
    ];
    let refused = site.post(Role::Clerk, &format!("{path}/issue"), &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let page = refused.text();
    assert!(page.contains("Chưa xác minh ai yêu cầu") && page.contains("Tòa soạn Báo Hà Nam"), "{page}");
    assert!(site.get(Role::Clerk, &path).await.text().contains("Đã duyệt, chờ phát hành"), "nothing left");

    let identify = format!("{path}/identify");
    assert_eq!(site.get(Role::Officer, &identify).await.status, StatusCode::FORBIDDEN);
    let version = site.get(Role::Clerk, &identify).await.hidden("version");
    let typed = |contact, note| {
        [("version", version.as_str()), ("identity", "known_contact"), ("contact", contact), ("note", note)]
    };
    let bare = site.post(Role::Clerk, &identify, &typed("024 3825 0000", "")).await;
    assert!(bare.status == StatusCode::UNPROCESSABLE_ENTITY && bare.text().contains("024 3825 0000"));
    let told = site.post(Role::Clerk, &identify, &typed("024 3825 0000", "Gọi tòa soạn")).await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.text());
    assert!(told.text().contains("Mã tra cứu mới"), "shown once: {}", told.text());
    let late = site.post(Role::Clerk, &identify, &typed("024 3825 1111", "Gọi lại")).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text().contains("024 3825 1111"), "what was typed stays");
    done(&site, Role::Clerk, &path, Event::Issue).await;
}

#[tokio::test]
async fn sec_press_a02_pictures_and_links_in_the_questions_stay_text() {
    let site = Site::new();
    let path = cleared_unverified(&site).await;
    let pages = [path.clone(), format!("{path}/write"), format!("{path}/assign"), format!("{path}/issue")];
    for address in pages {
        let page = site.get(Role::Clerk, &address).await.text();
        for loads in ["<img src=https", "src=\"https://track", "href=\"https://track", "url(https://track"] {
            assert!(!page.contains(loads), "{loads} on {address}: {page}");
        }
    }
    let page = site.get(Role::Clerk, &path).await.text();
    assert!(page.contains("&#60;img src=https://track.example/a.png&#62;"), "{page}");
}

#[tokio::test]
async fn the_second_of_two_writers_is_told_and_loses_no_word() {
    let site = Site::new();
    let path = take(&site).await;
    done(&site, Role::Clerk, &path, Event::Assign).await;
    done(&site, Role::Officer, &path, Event::Accept).await;
    let version = site.get(Role::Officer, &format!("{path}/write")).await.hidden("version");
    done(&site, Role::UnitHead, &path, Event::Write).await;
    let fields = [
        ("version", version.as_str()),
        ("text", "Bản của người thứ hai."),
        ("form", "press_release_or_written"),
        ("ground", ""),
        ("speaker", ""),
    ];
    let told = site.post(Role::Officer, &format!("{path}/write"), &fields).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    let page = told.text();
    for shown in ["Người khác vừa cập nhật", "Bản của người thứ hai.", "Dự kiến xong trước 30/6/2020."]
    {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let newer = told.hidden("version");
    assert_ne!(newer, version, "sending again goes over the new version");
    let mut again = fields;
    again[0].1 = &newer;
    let saved = site.post(Role::Officer, &format!("{path}/write"), &again).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let drafts = site.get(Role::Clerk, &format!("{path}/drafts")).await.text();
    assert!(drafts.contains("Bản 2") && drafts.contains("<ins>"), "{drafts}");
    assert!(drafts.contains("Dự kiến xong trước 30/6/2020."), "what it replaced stays readable");
}

#[tokio::test]
async fn a_template_is_kept_found_without_marks_and_put_into_what_was_typed() {
    let site = Site::new();
    let library = "/press/library";
    assert!(site.get(Role::Clerk, library).await.text().contains("Chưa có mẫu nào"));
    let typed = |version, title, body| [("version", version), ("title", title), ("body", body)];
    let text = "Kính gửi [CƠ QUAN BÁO CHÍ], về việc [NỘI DUNG]: [KẾT QUẢ].";
    let told = site.post(Role::Clerk, "/press/library/new", &typed("0", "", text)).await;
    assert!(told.status == StatusCode::UNPROCESSABLE_ENTITY && told.text().contains("[KẾT QUẢ]"));
    let new = typed("0", "Tiến độ dự án", text);
    let added = site.post(Role::Clerk, "/press/library/new", &new).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
    let twice = site.post(Role::Clerk, "/press/library/new", &new).await;
    assert!(twice.text().contains("Đã có trong hệ thống"), "{}", twice.text());
    assert_eq!(site.get(Role::Officer, "/press/library/new").await.status, StatusCode::FORBIDDEN);
    let found = site.get(Role::Officer, "/press/library?q=tien%20do").await.text();
    assert!(found.contains("Tiến độ dự án"), "{found}");
    assert!(site.get(Role::Officer, "/press/library?q=khong%20co").await.text().contains("Không tìm thấy"));

    let path = take(&site).await;
    done(&site, Role::Clerk, &path, Event::Assign).await;
    done(&site, Role::Officer, &path, Event::Accept).await;
    let write = format!("{path}/write");
    let form = site.get(Role::Officer, &write).await;
    let page = form.text();
    let at = page.find("template:").unwrap();
    let source = page[at..at + "template:".len() + 26].to_owned();
    let fields = [
        ("version", form.hidden("version")),
        ("source", source),
        ("text", "Phần đã soạn.".to_owned()),
        ("form", "press_release_or_written".to_owned()),
        ("ground", String::new()),
        ("speaker", String::new()),
        ("insert", "1".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let filled = site.post(Role::Officer, &write, &fields).await;
    let page = filled.text();
    for shown in ["Phần đã soạn.", "Kính gửi Báo Hà Nam, về việc Tiến độ thu gom rác thải: [KẾT QUẢ]."]
    {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let saved = site.get(Role::Officer, &write).await;
    assert!(!saved.text().contains("Phần đã soạn."), "nothing is saved by that");
    let none = [&fields[..1], &[("source", "")], &fields[2..]].concat();
    let told = site.post(Role::Officer, &write, &none).await;
    assert!(told.status == StatusCode::UNPROCESSABLE_ENTITY && told.text().contains("Phần đã soạn."));
}

#[tokio::test]
async fn a_unit_is_asked_and_sends_its_part_and_agencies_are_kept() {
    let site = Site::new();
    let path = take(&site).await;
    let unit = department(&site, &path).await;
    let fields = [("unit_0", unit.as_str()), ("question_0", "Khối lượng rác?"), ("due_0", "")];
    let asked = site.post(Role::Clerk, &format!("{path}/ask"), &fields).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text());
    let page = site.get(Role::Officer, &path).await.text();
    let start = page.find("/press/parts/").unwrap();
    let part = &page[start..start + "/press/parts/".len() + 26];
    for (event, words) in [("accept", ""), ("deliver", "12 tấn một ngày")] {
        let address = format!("{part}/{event}");
        let version = site.get(Role::Officer, &address).await.hidden("version");
        let sent = site.post(Role::Officer, &address, &[("version", &version), ("words", words)]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{event}: {}", sent.text());
    }
    assert!(site.get(Role::Clerk, &path).await.text().contains("12 tấn một ngày"));
    let empty = site.get(Role::Clerk, "/press/agencies").await.text();
    assert!(empty.contains("Chưa có cơ quan báo chí nào"));
    let agency = [
        ("version", "0"),
        ("name", "Báo Hà Nam"),
        ("kind", "press_agency"),
        ("medium", "daily_print"),
        ("cycle_days", ""),
        ("contact", "toasoan@bao.example"),
        ("note", ""),
        ("is_active", "on"),
    ];
    let added = site.post(Role::Clerk, "/press/agencies/new", &agency).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
    let twice = site.post(Role::Clerk, "/press/agencies/new", &agency).await;
    assert!(twice.text().contains("Đã có trong hệ thống"), "{}", twice.text());
    let list = site.get(Role::Leader, "/press/agencies").await.text();
    assert!(list.contains("Báo Hà Nam") && !list.contains("toasoan@"), "{list}");
    a_reporter_is_known(&site).await;
}

/// Adds a reporter to the one agency; a request of theirs begins with what is known.
async fn a_reporter_is_known(site: &Site) {
    let list = site.get(Role::Clerk, "/press/agencies").await.text();
    let at = list.find("/press/agencies/01").unwrap();
    let own = list[at..at + "/press/agencies/".len() + 26].to_owned();
    let add = format!("{own}/reporters/new");
    let typed = |name| {
        let known = [("card", "GGT 12"), ("contact", "viet@bao.example"), ("is_active", "on")];
        [("version", "0"), ("name", name)].into_iter().chain(known).collect::<Vec<_>>()
    };
    let told = site.post(Role::Clerk, &add, &typed("")).await;
    assert!(told.status == StatusCode::UNPROCESSABLE_ENTITY && told.text().contains("GGT 12"));
    let added = site.post(Role::Clerk, &add, &typed("Trần Thị Viết")).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
    let twice = site.post(Role::Clerk, &add, &typed("Trần Thị Viết")).await;
    assert!(twice.text().contains("Đã có trong hệ thống"), "{}", twice.text());
    let page = site.get(Role::Clerk, &own).await.text();
    let at = page.find("/press/new?reporter=").unwrap();
    let take = page[at..at + "/press/new?reporter=".len() + 26].to_owned();
    let form = site.get(Role::Clerk, &take).await.text();
    for known in ["Trần Thị Viết", "viet@bao.example", "Báo Hà Nam"] {
        assert!(form.contains(known), "{known}: {form}");
    }
    let reporter = take.replace("/press/new?reporter=", "/press/reporters/");
    let version = site.get(Role::Clerk, &reporter).await.hidden("version");
    let mut left = typed("Trần Thị Viết");
    left[0].1 = &version;
    left.pop();
    let saved = site.post(Role::Clerk, &reporter, &left).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let late = site.post(Role::Clerk, &reporter, &left).await;
    assert!(late.text().contains("Người khác vừa cập nhật"), "{}", late.text());
    assert!(site.get(Role::Clerk, &own).await.text().contains("Không còn liên hệ"));
}

#[tokio::test]
async fn what_is_missing_is_named_and_what_was_typed_stays() {
    let site = Site::new();
    let mut typed: Vec<(&str, &str)> = TAKEN.to_vec();
    for (name, value) in &mut typed {
        if matches!(*name, "questions" | "received_time") {
            *value = "";
        }
    }
    let told = site.post(Role::Clerk, "/press/new", &typed).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.text().contains("Tiến độ thu gom rác thải"));
    let list = site.get(Role::Clerk, "/press?state=late&q=x").await.text();
    assert!(list.contains("Không có yêu cầu nào khớp"));
    for page in ["/press", "/press/work", "/press/work?all=1"] {
        assert_eq!(site.get(Role::Officer, page).await.status, StatusCode::OK, "{page}");
    }
}

#[tokio::test]
async fn an_extraordinary_case_is_opened_spoken_on_and_ended_and_shows_how_its_clock_was_computed() {
    let site = Site::new();
    let opened = [
        ("subject", "Cháy chợ Quế"),
        ("class", "high_impact"),
        ("happened_on", "29/08/2020"),
        ("happened_time", "20:00"),
        ("received_on", "29/08/2020"),
        ("received_time", "22:30"),
        ("determined_on", ""),
        ("determined_time", ""),
    ];
    let ahead: Vec<(&str, &str)> = opened
        .iter()
        .map(|(name, value)| if *name == "received_on" { (*name, "29/08/2099") } else { (*name, *value) })
        .collect();
    let told = site.post(Role::Clerk, "/press/emergencies/new", &ahead).await;
    assert!(told.text().contains("Thời điểm này ở phía trước") && told.text().contains("Cháy chợ Quế"));
    let made = site.post(Role::Clerk, "/press/emergencies/new", &opened).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let path = made.location.split('?').next().unwrap().to_owned();
    let page = site.get(Role::Clerk, &path).await.text();
    for shown in ["30/08/2020 20:00", "Căn cứ: Nghị định số 09/2017/NĐ-CP", "Từ khi vụ việc xảy ra"]
    {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let refused = site.get(Role::Clerk, &format!("{path}/speak")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let form = site.get(Role::Leader, &format!("{path}/speak")).await;
    let version = form.hidden("version");
    let said = [
        ("version", version.as_str()),
        ("speaker", "Người Không Có Tên"),
        ("spoken_on", "30/08/2020"),
        ("spoken_time", "10:00"),
        ("form", "press_release_or_written"),
        ("text", "Đám cháy đã được khống chế."),
    ];
    let told = site.post(Role::Leader, &format!("{path}/speak"), &said).await;
    assert!(told.text().contains("không có trong danh sách người phát ngôn"), "{}", told.text());
    assert!(told.text().contains("Đám cháy đã được khống chế."), "what was typed stays");
    assert_eq!(site.get(Role::Officer, "/press/emergencies").await.status, StatusCode::OK);
    assert_eq!(site.get(Role::Leader, &format!("{path}/khac")).await.status, StatusCode::NOT_FOUND);
}

/// A unit returns its internal regulation, with a file that is kept while the symbol stays.
async fn own_regulation_is_returned_with_its_file(site: &Site, path: &str, base: &str) {
    let own = format!("{base}/own-regulation");
    let version = site.get(Role::UnitHead, &own).await.hidden("version");
    let typed = |day| [("version", version.as_str()), ("symbol", "12/QĐ-PVHTT"), ("issued_on", day)];
    let none = ("", b"".as_slice());
    let told = site.upload_with(Role::UnitHead, &own, &typed("31/02/2026"), none).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.text().contains("12/QĐ-PVHTT"), "what was typed stays");
    let sound = testkit::recording(1, "a");
    let told = site.upload_with(Role::UnitHead, &own, &typed("01/06/2020"), ("quy-che.mp3", &sound)).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        told.text().contains("Chỉ nhận tệp PDF") && told.text().contains("12/QĐ-PVHTT"),
        "{}",
        told.text()
    );
    let pdf = &testkit::pdf("Lan", 0);
    let done = site.upload_with(Role::UnitHead, &own, &typed("01/06/2020"), ("Quy chế.pdf", pdf)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let page = site.get(Role::Clerk, path).await.text();
    assert!(page.contains("12/QĐ-PVHTT, 01/06/2020") && page.contains(&format!("{own}/file")), "{page}");
    let file = site.get(Role::Leader, &format!("{own}/file")).await;
    assert_eq!((file.status, file.body.as_slice()), (StatusCode::OK, pdf.as_slice()));
    // Told again without a file, the same regulation keeps the one it has; another one has none.
    for (symbol, status) in [("12/QĐ-PVHTT", StatusCode::OK), ("13/QĐ-PVHTT", StatusCode::NOT_FOUND)] {
        let version = site.get(Role::UnitHead, &own).await.hidden("version");
        let again = [("version", version.as_str()), ("symbol", symbol), ("issued_on", "01/06/2020")];
        let done = site.upload_with(Role::UnitHead, &own, &again, none).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        assert_eq!(site.get(Role::Leader, &format!("{own}/file")).await.status, status, "{symbol}");
    }
}

#[tokio::test]
async fn a_regulation_is_sent_acknowledged_by_a_unit_and_who_has_not_is_seen() {
    let site = Site::new();
    let form = site.get(Role::Clerk, "/roll-outs/new").await.text();
    assert!(form.contains("Phòng Văn hóa và Thông tin"));
    let before = form.split(">Phòng Văn hóa và Thông tin<").next().unwrap();
    let at = before.rfind("unit.01").unwrap();
    let unit = before[at..at + "unit.".len() + 26].to_owned();
    let fields = [
        ("symbol", "29/2019/QĐ-UBND"),
        ("title", "Quy chế phát ngôn"),
        ("body", "Điều 1. Phạm vi điều chỉnh."),
        ("due_on", "31/12/2099"),
    ];
    let nobody = site.upload_with(Role::Clerk, "/roll-outs/new", &fields, ("", b"")).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nobody.text().contains("Điều 1. Phạm vi điều chỉnh."), "what was typed stays");
    let mut all = fields.to_vec();
    all.push((unit.as_str(), "on"));
    let sent = site.upload_with(Role::Clerk, "/roll-outs/new", &all, ("", b"")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let path = sent.location.split('?').next().unwrap().to_owned();
    let page = site.get(Role::UnitHead, &path).await.text();
    assert!(page.contains("0/1 đơn vị đã xác nhận"), "{page}");
    let at = page.find("/roll-outs/answers/").unwrap();
    let answer = format!("{}/acknowledge", &page[at..at + "/roll-outs/answers/".len() + 26]);
    let form = site.get(Role::UnitHead, &answer).await;
    assert!(form.text().contains("Điều 1. Phạm vi điều chỉnh."), "what is acknowledged is shown");
    let (version, digest) = (form.hidden("version"), form.hidden("digest"));
    let seen = [("version", version.as_str()), ("digest", digest.as_str())];
    let other = site.post(Role::Clerk, &answer, &seen).await;
    assert_eq!(other.status, StatusCode::CONFLICT, "not for who sent it");
    let done = site.post(Role::UnitHead, &answer, &seen).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let page = site.get(Role::Clerk, &path).await.text();
    assert!(page.contains("1/1 đơn vị đã xác nhận") && page.contains("Mọi đơn vị đã xác nhận"), "{page}");
    assert!(site.get(Role::Leader, "/roll-outs").await.text().contains("Quy chế phát ngôn"));
    let base = answer.trim_end_matches("/acknowledge");
    own_regulation_is_returned_with_its_file(&site, &path, base).await;
    let none = site.get(Role::UnitHead, &format!("{base}/hand-on")).await.text();
    assert!(none.contains("không có đơn vị trực thuộc nào"), "{none}");
    // A new text of the same symbol names what changed, there and where it is acknowledged.
    let mut newer = all.clone();
    newer[2].1 = "Điều 1. Phạm vi, đối tượng.";
    let sent = site.upload_with(Role::Clerk, "/roll-outs/new", &newer, ("", b"")).await;
    let path = sent.location.split('?').next().unwrap().to_owned();
    let page = site.get(Role::UnitHead, &path).await.text();
    let at = page.find("/roll-outs/answers/").unwrap();
    let answer = format!("{}/acknowledge", &page[at..at + "/roll-outs/answers/".len() + 26]);
    for page in [page, site.get(Role::UnitHead, &answer).await.text()] {
        assert!(page.contains("<strong>vi, đối tượng.</strong>") && page.contains("<del>"), "{page}");
    }
}

#[tokio::test]
async fn units_are_ticked_by_group_a_regulation_has_a_file_and_a_paper_is_noted_for_a_unit() {
    let site = Site::new();
    let overview = site.get(Role::Leader, "/press/overview").await.text();
    assert!(overview.contains("Chưa gửi quy chế nào") && !overview.contains("Mọi đơn vị đã xác nhận"));
    let form = site.get(Role::Clerk, "/roll-outs/new").await.text();
    let before = form.split(">Phòng Văn hóa và Thông tin<").next().unwrap();
    let unit = before[before.rfind("unit.01").unwrap()..][.."unit.".len() + 26].to_owned();
    let mut fields = vec![
        ("symbol", "29/2019/QĐ-UBND"),
        ("title", "Quy chế phát ngôn"),
        ("issuer", "UBND tỉnh Hà Nam"),
        ("issued_on", "30/08/2019"),
        ("effective_on", "16/09/2019"),
        ("body", ""),
        ("due_on", "31/12/2099"),
        ("group", "radio_station"),
        ("mark", "1"),
    ];
    let none = ("", b"".as_slice());
    let marked = site.upload_with(Role::Clerk, "/roll-outs/new", &fields, none).await;
    let page = marked.text();
    assert_eq!(marked.status, StatusCode::OK, "{page}");
    assert!(page.contains("UBND tỉnh Hà Nam"), "what was typed stays");
    assert_eq!(page.matches("value=\"on\" checked").count(), 1, "the radio station alone: {page}");
    assert!(page.contains("chưa có tài khoản để xác nhận"), "{page}");
    fields.pop();
    fields.push((unit.as_str(), "on"));
    let empty = site.upload_with(Role::Clerk, "/roll-outs/new", &fields, none).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "neither text nor file");
    let pdf = &testkit::pdf("Lan", 0);
    let sent = site.upload_with(Role::Clerk, "/roll-outs/new", &fields, ("Quy chế.pdf", pdf)).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let path = sent.location.split('?').next().unwrap().to_owned();
    let page = site.get(Role::UnitHead, &path).await.text();
    for shown in ["UBND tỉnh Hà Nam", "30/08/2019", "16/09/2019", &format!("{path}/file")] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert_eq!(site.get(Role::UnitHead, &format!("{path}/file")).await.body, *pdf);
    let due = site.get(Role::UnitHead, "/press/work/due.ics").await.text();
    assert!(due.contains("29/2019/QĐ-UBND") && due.contains("20991231"), "{due}");
    let at = page.find("/roll-outs/answers/").unwrap();
    let base = page[at..at + "/roll-outs/answers/".len() + 26].to_owned();
    let paper = format!("{base}/by_paper");
    assert_eq!(site.get(Role::UnitHead, &paper).await.status, StatusCode::FORBIDDEN);
    let version = site.get(Role::Clerk, &paper).await.hidden("version");
    let today = domain::time::day_in_table(site.app.today());
    let typed = |symbol| [("version", version.as_str()), ("symbol", symbol), ("issued_on", today.as_str())];
    let told = site.upload_with(Role::Clerk, &paper, &typed(""), none).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    let noted = site.upload_with(Role::Clerk, &paper, &typed("12/CV-PVHTT"), ("cv.pdf", pdf)).await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.text());
    let page = site.get(Role::Leader, &path).await.text();
    for shown in ["1/1 đơn vị đã xác nhận", "12/CV-PVHTT", "Ghi thay, có văn bản giấy"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert_eq!(site.get(Role::Leader, &format!("{base}/paper")).await.body, *pdf);
    let again = site.upload_with(Role::Clerk, &paper, &typed("13/CV"), none).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn the_page_of_who_leads_names_what_waits_for_them_and_says_plainly_when_nothing_does() {
    let site = Site::new();
    let empty = site.get(Role::Leader, "/press/overview").await.text();
    for shown in ["Không có yêu cầu nào quá hạn.", "Không có nội dung trả lời nào chờ bạn."]
    {
        assert!(empty.contains(shown), "{shown}: {empty}");
    }
    let path = take(&site).await;
    for (_, role, event) in &WAY[..6] {
        done(&site, *role, &path, *event).await;
    }
    let subject = "Tiến độ thu gom rác thải";
    let leader = site.get(Role::Leader, "/press/overview").await.text();
    assert!(leader.contains(subject) && leader.contains("Lãnh đạo Ủy ban nhân dân"), "{leader}");
    assert!(!leader.contains("Phóng"), "no name of a reporter");
    let head = site.get(Role::UnitHead, "/press/overview").await.text();
    assert!(head.contains("Không có nội dung trả lời nào chờ bạn."), "{head}");
}

#[tokio::test]
async fn a_chain_is_entered_on_screen_and_a_gap_among_its_steps_is_refused_with_everything_kept() {
    let site = Site::new();
    let fields = |second: &'static str| {
        let mut fields = vec![
            ("kind", "interview"),
            ("valid_from", "01/09/2026"),
            ("valid_to", ""),
            ("basis", "QĐ 15/QĐ-UBND"),
            ("role_0", "spokesperson"),
            ("title_0", "Người phát ngôn xem"),
            ("role_2", second),
        ];
        for name in
            ["title_1", "title_2", "role_1", "role_3", "title_3", "role_4", "title_4", "role_5", "title_5"]
        {
            fields.push((name, ""));
        }
        fields
    };
    let path = "/law/chains/new";
    let gap = site.post(Role::Administrator, path, &fields("leader")).await;
    assert_eq!(gap.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(gap.text().contains("không bỏ trống") && gap.text().contains("Người phát ngôn xem"));
    let added = site.post(Role::Administrator, path, &fields("")).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
    let list = site.get(Role::Superior, "/law/chains").await.text();
    assert!(
        list.contains("1. Người phát ngôn xem (Người phát ngôn)") && list.contains("QĐ 15/QĐ-UBND"),
        "{list}"
    );
    assert!(!list.contains(path), "who may not write rules is not offered to");
}

/// Plans a press conference far ahead; gives its page.
async fn conference(site: &Site) -> String {
    let fields = [
        ("version", "0"),
        ("subject", "Kết quả cải cách hành chính"),
        ("occasion", "periodic"),
        ("place", "Hội trường"),
        ("starts_on", "10/09/2099"),
        ("starts_time", "09:00"),
        ("minutes_long", "60"),
        ("chair", "Phạm Hoàng Tùng"),
        ("guests", "Báo Hà Nam"),
        ("is_public", "on"),
    ];
    let mut wrong = fields;
    wrong[5].1 = "chín giờ";
    let told = site.post(Role::Clerk, "/press/conferences/new", &wrong).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.text().contains("chín giờ") && told.text().contains("Báo Hà Nam"), "what was typed stays");
    let made = site.post(Role::Clerk, "/press/conferences/new", &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let path = made.location.split('?').next().unwrap().to_owned();
    // Without its documents no notice leaves (NĐ 237/2026 Đ22 k4).
    let early = site.get(Role::Clerk, &format!("{path}/notify")).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "nothing is attached");
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(1, 1).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let fields = [("version", "1"), ("text", "Số liệu")];
    let file = ("anh.png", bytes.get_ref().as_slice());
    let kept = site.upload_with(Role::Clerk, &format!("{path}/attach"), &fields, file).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
    path
}

/// What each event on a conference may ask for.
const TOLD: [(&str, &str); 10] = [
    ("symbol", "TB-UBND"),
    ("addressee", "Ủy ban nhân dân tỉnh"),
    ("sent_on", "01/06/2020"),
    ("sent_time", "08:00"),
    ("answered_on", "02/06/2020"),
    ("answered_time", "8h"),
    ("ended_on", "10/09/2099"),
    ("ended_time", "10:00"),
    ("minute_taker", "Lê Thị Thư"),
    ("text", "Đã trả lời."),
];

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one walk over the whole machine")]
async fn a_press_conference_is_planned_and_each_refused_cell_of_its_machine_is_refused_through_http() {
    use domain::press::conference::{Event, State, TRANSITIONS};
    let site = Site::new();
    let empty = site.get(Role::Officer, "/press/conferences").await.text();
    assert!(empty.contains("Chưa có cuộc họp báo nào"), "{empty}");
    let ways = [
        (State::Planned, vec![]),
        (State::Notified, vec![Event::Notify]),
        (State::Accepted, vec![Event::Notify, Event::Accept]),
        (State::Objected, vec![Event::Notify, Event::Object]),
        (State::Cancelled, vec![Event::Cancel]),
    ];
    let mut tried = 0;
    for (state, way) in ways {
        let path = conference(&site).await;
        let version = (2 + way.len()).to_string();
        for event in way {
            let address = format!("{path}/{}", event.word());
            let version = site.get(Role::Clerk, &address).await.hidden("version");
            let mut fields = vec![("version", version.as_str())];
            fields.extend(TOLD);
            let done = site.post(Role::Clerk, &address, &fields).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{event:?}: {}", done.text());
        }
        for event in Event::ALL {
            for role in [Role::Clerk, Role::Officer, Role::Spokesperson, Role::Leader, Role::Radio] {
                let row = TRANSITIONS.iter().find(|row| row.from == state && row.event == event);
                let is_open = row.is_some_and(|row| domain::access::may(&[role], row.needs));
                // Its time is far ahead: nothing is held yet.
                if is_open && event != Event::Hold {
                    continue;
                }
                let address = format!("{path}/{}", event.word());
                let shown = site.get(role, &address).await;
                if shown.status == StatusCode::FORBIDDEN {
                    continue;
                }
                // Its form is not shown either; the reason is.
                assert_eq!(shown.status, StatusCode::CONFLICT, "{state:?} {event:?} {role:?}");
                assert!(!shown.text().contains("name=\"version\""), "{}", shown.text());
                let mut fields = vec![("version", version.as_str())];
                if event == Event::Edit {
                    fields.extend([
                        ("subject", "Khác"),
                        ("occasion", "periodic"),
                        ("place", "Khác"),
                        ("starts_on", "11/09/2099"),
                        ("starts_time", "09:00"),
                        ("minutes_long", "60"),
                        ("chair", "Khác"),
                        ("guests", ""),
                    ]);
                } else {
                    fields.extend(TOLD);
                }
                let answer = site.post(role, &address, &fields).await;
                let refused = [StatusCode::FORBIDDEN, StatusCode::CONFLICT];
                assert!(refused.contains(&answer.status), "{state:?} {event:?} {role:?}: {}", answer.status);
                tried += 1;
            }
        }
        let page = site.get(Role::Clerk, &path).await.text();
        assert!(page.contains("Kết quả cải cách hành chính"), "nothing was changed by what was refused");
        let waits = matches!(state, State::Planned | State::Notified | State::Accepted);
        assert_eq!(page.contains("Ghi nhận đã họp: Việc này do người phát ngôn"), waits, "{state:?}");
        let calendar = site.get(Role::Officer, &format!("{path}/calendar.ics")).await;
        assert!(calendar.text().contains("DTSTART:20990910T020000Z"), "{}", calendar.text());
        let standing = match state {
            State::Planned | State::Objected => "STATUS:TENTATIVE",
            State::Cancelled => "STATUS:CANCELLED",
            _ => "STATUS:CONFIRMED",
        };
        assert!(calendar.text().contains(standing), "{}", calendar.text());
    }
    assert!(tried > 80, "{tried}");
}

#[tokio::test]
async fn an_absence_is_written_down_and_ended_and_due_days_are_a_calendar_without_names() {
    let site = Site::new();
    let path = take(&site).await;
    let empty = site.get(Role::Officer, "/press/absences").await.text();
    assert!(empty.contains("Không có ai vắng mặt"), "{empty}");
    let typed = |last| [("first", "01/12/2099"), ("last", last), ("deputy", "")];
    let told = site.post(Role::Officer, "/press/absences/new", &typed("thứ sáu")).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.text().contains("thứ sáu") && told.text().contains("01/12/2099"), "what was typed stays");
    let added = site.post(Role::Officer, "/press/absences/new", &typed("05/12/2099")).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
    let list = site.get(Role::Officer, "/press/absences").await.text();
    assert!(list.contains("01/12/2099 – 05/12/2099") && list.contains("Không có người thay"), "{list}");
    let at = list.find("/press/absences/01").unwrap();
    let end = format!("{}/end", &list[at..at + "/press/absences/".len() + 26]);
    let leader = site.post(Role::Leader, &end, &[("version", "1")]).await;
    assert_eq!(leader.status, StatusCode::FORBIDDEN);
    let ended = site.post(Role::Officer, &end, &[("version", "1")]).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.text());
    assert!(site.get(Role::Clerk, "/press/absences").await.text().contains("Không có ai vắng mặt"));

    let calendar = site.get(Role::Clerk, "/press/work/due.ics").await.text();
    assert!(calendar.contains("SUMMARY:Hạn trả lời YC-0001/") && calendar.contains("DTSTART"), "{calendar}");
    let whole = calendar.replace("\r\n ", "");
    assert!(whole.contains(&path) && !whole.contains("Phóng") && !whole.contains("rác"), "{calendar}");
}
