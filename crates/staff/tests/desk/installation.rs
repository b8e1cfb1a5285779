//! The office, its units, the ledger, backups.

use domain::access::Role;
use http::StatusCode;

use crate::site::{Answer, Site};

/// The value a form shows in each of these fields.
fn shown(form: &Answer, name: &str) -> String {
    let page = form.text();
    let Some((_, rest)) = page.split_once(&format!("name=\"{name}\"")) else { panic!("no {name} in {page}") };
    match rest.split_once('>') {
        Some((_, text)) if text.starts_with('\n') && rest.contains("</textarea>") => {
            text[1..].split("</textarea>").next().unwrap().to_owned()
        }
        _ => String::new(),
    }
}

async fn save_office(site: &Site, seen: &str, place: &str) -> Answer {
    let form = site.get(Role::Administrator, "/office").await;
    let (header, addressees) = (shown(&form, "header"), shown(&form, "addressees"));
    let fields = [
        ("seen", seen),
        ("name", "Ủy ban nhân dân xã Mẫu"),
        ("place", place),
        ("symbol", "UBND"),
        ("header", header.as_str()),
        ("addressees", addressees.as_str()),
    ];
    site.post(Role::Administrator, "/office", &fields).await
}

#[tokio::test]
async fn the_name_of_the_office_changes_on_every_page_and_a_stale_form_is_shown_again() {
    let site = Site::new();
    let seen = site.get(Role::Administrator, "/office").await.hidden("seen");
    let saved = save_office(&site, &seen, "Mẫu").await;
    assert_eq!(saved.location, "/office", "{}", saved.text());
    assert!(site.get(Role::Clerk, "/desk").await.text().contains("Ủy ban nhân dân xã Mẫu"));
    let stale = save_office(&site, &seen, "Nơi khác").await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text().contains("value=\"Nơi khác\""));
    assert_ne!(stale.hidden("seen"), seen);
    let empty = save_office(&site, &stale.hidden("seen"), "").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_unit_ends_with_its_successor_and_stays_among_all_units() {
    let site = Site::new();
    for name in ["Trạm Cũ", "Trạm Mới"] {
        let fields = [("name", name), ("kind", "other"), ("valid_from", "01/01/2010")];
        let added = site.post(Role::Administrator, "/units/new", &fields).await;
        assert_eq!(added.location, "/units", "{}", added.text());
    }
    let list = site.get(Role::Administrator, "/units").await.text();
    let path = |name: &str| {
        let (before, _) =
            list.split_once(&format!(": {name}\"")).unwrap_or_else(|| panic!("no {name} in {list}"));
        let (_, path) = before.rsplit_once("href=\"").unwrap();
        path.split('"').next().unwrap().to_owned()
    };
    let (old, new) = (path("Trạm Cũ"), path("Trạm Mới"));
    let form = site.get(Role::Administrator, &old).await;
    let version = form.hidden("version");
    let successor = new.trim_start_matches("/units/").trim_end_matches("/end");
    let fields = [
        ("version", version.as_str()),
        ("last", "31/03/2020"),
        ("successor_1", successor),
        ("successor_2", ""),
        ("basis", "Quyết định mẫu"),
    ];
    let ended = site.post(Role::Administrator, &old, &fields).await;
    assert_eq!(ended.location, "/units", "{}", ended.text());
    assert!(site.get(Role::Clerk, "/units?on=31/03/2020").await.text().contains("Trạm Cũ"));
    assert!(!site.get(Role::Clerk, "/units?on=01/04/2020").await.text().contains("Trạm Cũ"));
    let all = site.get(Role::Clerk, "/units?all=1").await.text();
    assert!(all.contains("Trạm Mới, từ 01/04/2020"), "{all}");
    let again = site.post(Role::Administrator, &old, &fields).await;
    assert_ne!(again.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_ledger_is_read_in_words_and_found_whole() {
    let site = Site::new();
    let page = site.get(Role::Administrator, "/ledger").await.text();
    assert!(page.contains("Thêm người dùng") && page.contains("Lệnh trên máy chủ"), "{page}");
    let oldest = site.get(Role::Administrator, "/ledger?before=2").await.text();
    assert!(!oldest.contains("rel=\"next\""));
    let verified = site.post(Role::Administrator, "/ledger/verify", &[]).await.text();
    assert!(verified.contains("banner-done"), "{verified}");
}

#[tokio::test]
async fn a_backup_is_made_once_for_each_form_and_listed() {
    let site = Site::new();
    let page = site.get(Role::Administrator, "/administration").await;
    let key = page.hidden("form_key");
    for _ in 0..2 {
        let made = site.post(Role::Administrator, "/administration/backup", &[("form_key", &key)]).await;
        assert_eq!(made.location, "/administration");
    }
    let listed = site.get(Role::Administrator, "/administration").await.text();
    assert_eq!(listed.matches("phatngon-2").count(), 1, "{listed}");
}
