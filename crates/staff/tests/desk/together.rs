//! Units work together on a request through HTTP: the leading unit asks, they talk, a complaint is answered; who clears
//! a letter sees it whole; the second of two people is told what the first did.

use domain::access::Role;
use domain::press::workflow::Event;
use http::StatusCode;

use crate::press::{act, take};
use crate::site::Site;

async fn led(site: &Site) -> String {
    let path = take(site).await;
    for (role, event) in [(Role::Clerk, Event::Assign), (Role::Officer, Event::Accept)] {
        let done = act(site, role, &path, event).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{event:?}: {}", done.text());
    }
    path
}

/// A unit that is not the one the example's people work in.
async fn another_unit(site: &Site, path: &str) -> String {
    let page = site.get(Role::Officer, &format!("{path}/ask")).await.text();
    let before = page.split(">Phòng Tài chính - Kế hoạch").next().unwrap();
    before.rsplit("value=\"").next().unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_leading_unit_asks_another_and_they_talk_about_the_part() {
    let site = Site::new();
    let path = led(&site).await;
    assert!(site.get(Role::Officer, &path).await.text().contains(&format!("{path}/ask")));
    let unit = another_unit(&site, &path).await;
    let fields = [("unit_0", unit.as_str()), ("question_0", "Khối lượng rác?"), ("due_0", "")];
    let asked = site.post(Role::Officer, &format!("{path}/ask"), &fields).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text());
    let page = site.get(Role::Officer, &path).await.text();
    assert!(page.contains("Trao đổi (0)"), "{page}");
    let start = page.find("/press/parts/").unwrap();
    let part = page[start..start + "/press/parts/".len() + 26].to_owned();

    let empty = site.post(Role::Officer, &part, &[("words", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = "Tính từ tháng nào? <script>alert(1)</script>";
    let sent = site.post(Role::Officer, &part, &[("words", said)]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let shown = site.get(Role::Leader, &part).await.text();
    assert!(shown.contains("Tính từ tháng nào?") && !shown.contains("<script>alert"), "{shown}");
    assert!(site.get(Role::Leader, &path).await.text().contains("Trao đổi (1)"));
    let page = site.get(Role::Radio, &part).await;
    assert!(page.status != StatusCode::OK || !page.text().contains("name=\"words\""));
    let told = site.post(Role::Radio, &part, &[("words", "Tôi nữa")]).await;
    assert!(told.status == StatusCode::FORBIDDEN || told.status == StatusCode::CONFLICT, "{}", told.status);
}

#[tokio::test]
async fn who_clears_a_letter_sees_to_whom_it_goes_and_who_cleared_it_and_who_signs_can_be_another() {
    let site = Site::new();
    let path = led(&site).await;
    for (role, event) in
        [(Role::Officer, Event::Write), (Role::Officer, Event::Submit), (Role::UnitHead, Event::Endorse)]
    {
        let done = act(&site, role, &path, event).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{event:?}: {}", done.text());
    }
    let page = site.get(Role::Spokesperson, &format!("{path}/acts/endorse")).await.text();
    for shown in ["Báo Hà Nam", "Tiến độ thu gom rác thải", "Lãnh đạo đơn vị chủ trì", "/letter/pdf"]
    {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    for (role, event) in [(Role::Spokesperson, Event::Endorse), (Role::Leader, Event::Clear)] {
        let done = act(&site, role, &path, event).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{event:?}: {}", done.text());
    }
    let address = format!("{path}/issue");
    let form = site.get(Role::Clerk, &address).await;
    assert!(form.text().contains("Phạm Hoàng Tùng"), "as the office's documents are signed");
    let version = form.hidden("version");
    let mut fields = vec![
        ("version", version.as_str()),
        ("number", "125"),
        ("gap_reason", "Số 1 đến 124 trong sổ giấy"),
        ("symbol", "UBND-VHTT"),
        ("issued_on", "02/06/2020"),
        ("delivery", "page"),
        ("to", ""),
        ("authority", "by_order"),
        ("collective", ""),
        ("head_title", "Chủ tịch"),
        ("signer_title", "Phó Chủ tịch"),
        ("signer_name", "Đỗ Hoàng Giang"),
    ];
    let wrong = site.post(Role::Clerk, &address, &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "a deputy signs KT., not TL.");
    assert!(wrong.text().contains("Đỗ Hoàng Giang"), "what was typed stays");
    fields[10].1 = "Chánh Văn phòng";
    let sent = site.post(Role::Clerk, &address, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let register = site.get(Role::Clerk, "/registers/outgoing_documents").await.text();
    assert!(register.contains("Đỗ Hoàng Giang"), "{register}");
}

#[tokio::test]
async fn the_second_of_two_people_is_told_who_did_what_and_sees_the_difference() {
    let site = Site::new();
    let path = led(&site).await;
    let form = site.get(Role::Officer, &format!("{path}/write")).await;
    let version = form.hidden("version");
    let done = act(&site, Role::UnitHead, &path, Event::Write).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let fields = [
        ("version", version.as_str()),
        ("text", "Bản của người thứ hai."),
        ("form", "press_release_or_written"),
        ("ground", ""),
        ("speaker", ""),
    ];
    let told = site.post(Role::Officer, &format!("{path}/write"), &fields).await.text();
    for shown in ["Soạn nội dung trả lời, ", "Hoàng Đức Em", "<ins>", "Bản của người thứ hai."]
    {
        assert!(told.contains(shown), "{shown}: {told}");
    }
    let at = [("version", version.as_str()), ("digest", ""), ("reason", "Báo đã rút")];
    let told = site.post(Role::Clerk, &format!("{path}/acts/withdraw"), &at).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    assert!(told.text().contains("Hoàng Đức Em") && told.text().contains("Báo đã rút"), "{}", told.text());
}

#[tokio::test]
async fn the_first_page_after_signing_in_says_what_waits_and_leads_there() {
    let site = Site::new();
    let nothing = site.get(Role::Officer, "/work").await.text();
    assert!(nothing.contains("Không có việc nào đang chờ bạn"), "{nothing}");
    let path = take(&site).await;
    let clerk = site.get(Role::Clerk, "/work").await.text();
    for shown in ["Quá hạn", "Phân công", "Tiến độ thu gom rác thải", path.as_str()] {
        assert!(clerk.contains(shown), "{shown}: {clerk}");
    }
    assert!(!site.get(Role::Officer, "/work").await.text().contains(&path));
    let superior = site.get(Role::Superior, "/work").await;
    assert_eq!(superior.status, StatusCode::OK, "who only reads has an empty page, not a refusal");
}

#[tokio::test]
async fn who_writes_an_answer_is_offered_who_may_speak_that_day() {
    let site = Site::new();
    let path = led(&site).await;
    for (name, from, to) in
        [("Phạm Hoàng Tùng", "16/09/2019", ""), ("Lê Đã Thôi", "01/01/2015", "31/12/2018")]
    {
        let typed = [
            ("full_name", name),
            ("title", "Chủ tịch"),
            ("kind", "Người đứng đầu"),
            ("starts_on", from),
            ("ends_on", to),
        ];
        let typed = typed.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        let register = domain::register::Register::Spokespersons;
        app::register::add(&site.app, &app::Actor::command_line(), register, &typed).unwrap();
    }
    let form = site.get(Role::Officer, &format!("{path}/write")).await.text();
    assert!(form.contains("<option value=\"Phạm Hoàng Tùng\">"), "{form}");
    assert!(!form.contains("Lê Đã Thôi"), "{form}");
}
