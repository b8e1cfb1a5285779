//! Accounts: the own one, and those an administrator looks after.

use domain::access::Role;
use http::StatusCode;

use crate::site::{Answer, Site};

const PASSWORD: &str = "chuồn chuồn bay thấp thì mưa rào";

/// The invitation link shown on a page, without the host.
fn link(answer: &Answer) -> String {
    let page = answer.text();
    let (_, rest) = page.split_once("/invitation/").unwrap_or_else(|| panic!("no link in {page}"));
    format!("/invitation/{}", rest.split('<').next().unwrap())
}

async fn add(site: &Site, account: &str) -> Answer {
    let fields =
        [("account", account), ("full_name", "Trần Thị Mới"), ("title", "Văn thư"), ("role_clerk", "on")];
    site.post(Role::Administrator, "/people/new", &fields).await
}

#[tokio::test]
async fn a_person_is_added_and_sets_a_password_by_a_link_that_works_once() {
    let site = Site::new();
    let added = add(&site, "moi").await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.text());
    assert!(added.text().contains("Trần Thị Mới"));
    let link = link(&added);
    assert!(site.get(Role::Clerk, &link).await.text().contains("Trần Thị Mới"));
    let short = site.post(Role::Clerk, &link, &[("new", "ngắn")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let set = site.post(Role::Clerk, &link, &[("new", PASSWORD)]).await;
    assert_eq!((set.status, set.location.as_str()), (StatusCode::SEE_OTHER, "/sign-in"));
    assert_eq!(site.get(Role::Clerk, &link).await.status, StatusCode::NOT_FOUND);
    let list = site.get(Role::Administrator, "/people").await.text();
    assert!(list.contains("Trần Thị Mới"));
}

#[tokio::test]
async fn every_role_is_offered_and_kept() {
    let site = Site::new();
    let boxes = Role::ALL.map(|role| format!("role_{}", role.word()));
    let mut fields = vec![("account", "tatca"), ("full_name", "Trần Thị Mới")];
    fields.extend(boxes.iter().map(|name| (name.as_str(), "on")));
    assert_eq!(site.post(Role::Administrator, "/people/new", &fields).await.status, StatusCode::OK);
    let list = site.get(Role::Administrator, "/people").await.text();
    let (before, _) = list.split_once("Trần Thị Mới").unwrap();
    let id = before.rsplit("href=\"/people/").next().unwrap().split('"').next().unwrap();
    let form = site.get(Role::Administrator, &format!("/people/{id}")).await.text();
    for name in boxes {
        assert!(form.contains(&format!("name=\"{name}\" value=\"on\" checked")), "{name}: {form}");
    }
}

#[tokio::test]
async fn an_account_that_exists_is_refused_and_what_was_typed_stays() {
    let site = Site::new();
    add(&site, "moi").await;
    let again = add(&site, "moi").await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = again.text();
    assert!(page.contains("value=\"Trần Thị Mới\""));
    assert!(page.contains("name=\"role_clerk\" value=\"on\" checked"), "{page}");
    let without_role =
        site.post(Role::Administrator, "/people/new", &[("account", "khac"), ("full_name", "A")]).await;
    assert_eq!(without_role.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn sec_auth_the_last_administrator_cannot_be_locked() {
    let site = Site::new();
    let people = site.get(Role::Administrator, "/people").await.text();
    let own = people
        .split("href=\"/people/")
        .skip(1)
        .map(|rest| format!("/people/{}", rest.split('"').next().unwrap()))
        .filter(|path| path != "/people/new");
    let mut locked = 0;
    for path in own {
        let form = site.get(Role::Administrator, &path).await;
        if !form.text().contains("name=\"role_administrator\" value=\"on\" checked") {
            continue;
        }
        let (version, account) = (form.hidden("version"), "quantri");
        let fields =
            [("version", version.as_str()), ("account", account), ("full_name", "A"), ("role_clerk", "on")];
        let answer = site.post(Role::Administrator, &path, &fields).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        locked += 1;
    }
    assert_eq!(locked, 1);
}

#[tokio::test]
async fn the_own_password_changes_only_with_the_old_one() {
    let site = Site::new();
    let fields = [("old_password", "sai"), ("new_password", PASSWORD)];
    let answer = site.post(Role::Clerk, "/account/password", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text();
    assert!(page.contains("href=\"#f-old-password\""), "{page}");
    assert!(!page.contains(PASSWORD) && !page.contains("sai\""));
}

#[tokio::test]
async fn the_seed_of_a_second_factor_is_shown_once_and_never_after_a_wrong_code() {
    let site = Site::new();
    let begun = site.post(Role::Leader, "/account/factor", &[]).await;
    assert_eq!(begun.status, StatusCode::OK);
    assert!(begun.text().contains("class=\"qr\""));
    let wrong = site.post(Role::Leader, "/account/factor/confirm", &[("passcode", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!wrong.text().contains("class=\"qr\"") && wrong.text().contains("f-passcode-error"));
    assert!(site.get(Role::Leader, "/account").await.text().contains("action=\"/account/factor\""));
}

#[tokio::test]
async fn sec_sess_only_a_session_of_one_s_own_can_be_ended() {
    let site = Site::new();
    let answer = site.post(Role::Clerk, "/account/sessions/end", &[("session", &"0".repeat(64))]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}
