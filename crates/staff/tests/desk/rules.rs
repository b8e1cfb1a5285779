//! Calendar, rules and calculator work together.

use domain::access::Role;
use http::StatusCode;

use crate::site::Site;

const QUESTION: &str = "/deadline?rule=PT-QA-4&from=24/12/2020";

#[tokio::test]
async fn a_day_the_office_closes_moves_the_limits_that_cross_it() {
    let site = Site::new();
    let before = site.get(Role::Clerk, QUESTION).await.text();
    assert!(before.contains("<strong>15/01/2021</strong>"), "{before}");
    let fields = [("day", "2021-01-15"), ("kind", "local_closure"), ("source", "Bão số 1")];
    let set = site.post(Role::Administrator, "/calendar/day", &fields).await;
    assert_eq!(set.location, "/calendar?year=2021");
    let after = site.get(Role::Clerk, QUESTION).await.text();
    assert!(after.contains("<strong>18/01/2021</strong>") && after.contains("Bão số 1"), "{after}");
    let calendar = site.get(Role::Clerk, "/calendar?year=2021").await.text();
    assert!(calendar.contains("day-local-closure") && calendar.contains("Bão số 1"));
    assert!(!calendar.contains("/calendar/day?"));
}

#[tokio::test]
async fn a_day_without_its_source_is_refused() {
    let site = Site::new();
    let fields = [("day", "2021-01-15"), ("kind", "local_closure"), ("source", " ")];
    let answer = site.post(Role::Administrator, "/calendar/day", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("href=\"#f-source\""));
}

#[tokio::test]
async fn a_year_is_provisional_until_it_is_confirmed() {
    let site = Site::new();
    let year = "/calendar?year=2031";
    assert!(site.get(Role::Administrator, year).await.text().contains("action=\"/calendar/confirm\""));
    assert!(!site.get(Role::Clerk, year).await.text().contains("action=\"/calendar/confirm\""));
    let answer = site.post(Role::Administrator, "/calendar/confirm", &[("year", "2031")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(!site.get(Role::Administrator, year).await.text().contains("action=\"/calendar/confirm\""));
}

#[tokio::test]
async fn a_new_row_ends_the_one_before_and_rules_from_its_day_on() {
    let site = Site::new();
    let form = site.get(Role::Administrator, "/law/new?rule=PT-QA-4").await.text();
    assert!(form.contains("value=\"PT-QA-4\""));
    let fields = [
        ("id", "PT-QA-4"),
        ("title", "Trả lời câu hỏi"),
        ("limit_unit", "working_days"),
        ("limit_value", "5"),
        ("who", "UBND"),
        ("trigger", "Nhận được câu hỏi"),
        ("valid_from", "01/01/2028"),
        ("valid_to", ""),
        ("basis", "Quyết định mẫu"),
        ("source", "Bản giấy"),
        ("confidence", "read_in_text"),
        ("origin", "local_regulation"),
    ];
    let added = site.post(Role::Administrator, "/law/new", &fields).await;
    assert_eq!(added.location, "/law", "{}", added.text());
    let later = site.get(Role::Clerk, "/law?on=02/01/2028").await.text();
    assert!(later.contains("Quyết định mẫu"));
    assert!(!site.get(Role::Clerk, "/law?on=31/12/2027").await.text().contains("Quyết định mẫu"));
    let twice = site.post(Role::Administrator, "/law/new", &fields).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_ground_of_refusal_gets_a_new_row_with_its_source_and_doubt() {
    let site = Site::new();
    let form = site.get(Role::Administrator, "/law/grounds/new?ground=case_pending").await.text();
    assert!(form.contains("value=\"case_pending\"") && form.contains("value=\"press\" selected"), "{form}");
    let mut fields = vec![
        ("code", "case_pending"),
        ("title", "Vụ án đang điều tra"),
        ("refuses", "press"),
        ("valid_from", "01/01/2028"),
        ("valid_to", ""),
        ("basis", "Luật mẫu, Điều 3"),
        ("source", "Công báo số mẫu"),
        ("confidence", "doubtful"),
    ];
    let added = site.post(Role::Administrator, "/law/grounds/new", &fields).await;
    assert_eq!(added.location, "/law", "{}", added.text());
    let later = site.get(Role::Clerk, "/law?on=02/01/2028").await.text();
    assert!(later.contains("Luật mẫu, Điều 3") && later.contains("Công báo số mẫu"), "{later}");
    assert!(!later.contains("/law/grounds/new?"), "a clerk only reads");
    assert!(!site.get(Role::Clerk, "/law?on=31/12/2027").await.text().contains("Luật mẫu, Điều 3"));
    fields[6] = ("source", "");
    let refused = site.post(Role::Administrator, "/law/grounds/new", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("href=\"#f-source\"") && refused.text().contains("Luật mẫu, Điều 3"));
}

#[tokio::test]
async fn closing_dates_get_a_new_row_and_keep_what_was_typed_when_refused() {
    let site = Site::new();
    let form = site.get(Role::Administrator, "/law/closings/new?closing=RP-Y").await.text();
    assert!(form.contains("value=\"RP-Y\"") && form.contains("value=\"15\""), "{form}");
    let mut fields = vec![
        ("id", "RP-Y"),
        ("title", "Báo cáo năm"),
        ("months", "12"),
        ("last_month", "11"),
        ("first_day", "1"),
        ("last_day", "31"),
        ("valid_from", "01/01/2028"),
        ("valid_to", ""),
        ("basis", "Luật mẫu, Điều 4"),
        ("source", "Công báo số mẫu"),
        ("confidence", "read_in_text"),
    ];
    let refused = site.post(Role::Administrator, "/law/closings/new", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let shown = refused.text();
    assert!(shown.contains("href=\"#f-last-day\"") && shown.contains("Luật mẫu, Điều 4"), "{shown}");
    fields[2] = ("months", "13");
    let refused = site.post(Role::Administrator, "/law/closings/new", &fields).await;
    assert!(refused.text().contains("href=\"#f-months\"") && refused.text().contains("từ 1 đến 12"));
    (fields[2], fields[5]) = (("months", "12"), ("last_day", "30"));
    let added = site.post(Role::Administrator, "/law/closings/new", &fields).await;
    assert_eq!(added.location, "/law", "{}", added.text());
    let later = site.get(Role::Clerk, "/law?on=02/01/2028").await.text();
    assert!(later.contains("Luật mẫu, Điều 4") && later.contains("đến ngày 30 tháng 11"), "{later}");
    assert!(!later.contains("/law/closings/new"), "a clerk only reads");
    let reports = site.get(Role::Clerk, "/reports?year=2028").await.text();
    assert!(reports.contains("Báo cáo năm: 01/11/2027 – 30/11/2028"), "{reports}");
}

#[tokio::test]
async fn a_report_template_is_read_begun_from_another_and_kept_as_typed_when_refused() {
    let site = Site::new();
    let law = site.get(Role::Clerk, "/law?all=1").await.text();
    assert!(law.contains("href=\"/law/templates/press-speech-five-parts\""), "{law}");
    let shown = site.get(Role::Clerk, "/law/templates/press-speech-five-parts").await.text();
    assert!(shown.contains("UBND huyện, UBND xã") && shown.contains("Công tác triển khai"));
    assert!(!shown.contains("/law/templates/new"), "a clerk only reads");
    assert_eq!(site.get(Role::Clerk, "/law/templates/none").await.status, StatusCode::NOT_FOUND);
    let form = site.get(Role::Administrator, "/law/templates/new?from=nd-244-2026").await.text();
    assert!(
        form.contains("id = &quot;nd-244-2026&quot;") || form.contains("id = &#34;nd-244-2026&#34;"),
        "{form}"
    );
    let shipped = include_str!("../../../../data/report/nd-244-2026.toml");
    let broken =
        shipped.replace("nd-244-2026\"", "mau-tinh\"").replace("pattern = \"roman\"", "pattern = \"greek\"");
    let fields = [("replaces", "nd-244-2026"), ("text", broken.as_str())];
    let refused = site.post(Role::Administrator, "/law/templates/new", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("href=\"#f-text\"") && refused.text().contains("greek"));
    let whole = broken.replace("greek", "roman").replace("2026-07-01", "2027-01-01");
    let fields = [("replaces", "nd-244-2026"), ("text", whole.as_str())];
    let added = site.post(Role::Administrator, "/law/templates/new", &fields).await;
    assert_eq!(added.location, "/law", "{}", added.text());
    let later = site.get(Role::Clerk, "/law?on=02/01/2027").await.text();
    assert!(later.contains("/law/templates/mau-tinh") && !later.contains("/law/templates/nd-244-2026"));
}

#[tokio::test]
async fn rows_that_are_not_certain_are_marked_so() {
    let site = Site::new();
    let page = site.get(Role::Clerk, "/law?all=1").await.text();
    assert!(page.contains("Còn có cách hiểu khác") && page.contains("badge-warning"));
    assert!(page.contains("id=\"s-grounds-press\""));
}

#[tokio::test]
async fn the_calculator_says_what_it_could_not_read_and_keeps_the_choice() {
    let site = Site::new();
    let answer = site.get(Role::Clerk, "/deadline?rule=PT-QA-4&from=hom+qua").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text();
    assert!(page.contains("value=\"PT-QA-4\" selected") && page.contains("value=\"hom qua\""));
    assert!(page.contains("href=\"#f-from\""));
    let unknown = site.get(Role::Clerk, "/deadline?rule=XX&from=24/12/2020").await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unknown.text().contains("f-rule-error"));
}
