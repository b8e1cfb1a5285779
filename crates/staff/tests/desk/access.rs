//! Every route by every role: who may, may; nobody else does.

use domain::access::{Role, may};
use http::{Method, StatusCode};
use staff::routes::{self, Verb};
use staff::{Gate, Route};

use crate::site::Site;

/// The path of a route with something in each variable place.
fn path(route: &Route) -> String {
    let parts = route.path.split('/').map(|part| match part {
        "{register}" => "news",
        part if part.starts_with('{') => "01ARZ3NDEKTSV4RRFFQ69G5FAV",
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn each_role_enters_exactly_the_pages_its_capabilities_open() {
    let site = Site::new();
    for route in routes::all().filter(|route| route.path != "/sign-out") {
        let path = path(route);
        for role in Role::ALL {
            let answer = match route.verb {
                Verb::Get => site.get(role, &path).await,
                Verb::Post => site.post(role, &path, &[]).await,
            };
            let expected = route.gate.capability().is_none_or(|capability| may(&[role], capability));
            let entered = answer.status != StatusCode::FORBIDDEN;
            assert_eq!(entered, expected, "{route:?} as {}: {}", role.word(), answer.status);
            assert_ne!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{route:?} as {}", role.word());
        }
    }
}

#[tokio::test]
async fn nobody_enters_without_a_session_and_comes_back_after_signing_in() {
    let site = Site::new();
    for route in routes::all().filter(|route| route.gate != Gate::Anyone) {
        let path = path(route);
        let answer = site.stranger(route.verb.method(), &path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{route:?}");
        assert!(answer.location.starts_with("/sign-in"), "{route:?}: {}", answer.location);
        if route.verb == Verb::Get && path != "/work" {
            assert_eq!(answer.location, format!("/sign-in?next={}", staff::link::encode(&path)));
        }
    }
}

#[tokio::test]
async fn sec_sess_a04_no_form_is_taken_without_the_token_of_the_page() {
    let site = Site::new();
    for route in routes::all().filter(|route| route.verb == Verb::Post) {
        let may_enter = |role: &Role| route.gate.capability().is_none_or(|of| may(&[*role], of));
        let role = Role::ALL.into_iter().find(may_enter).unwrap();
        let path = path(route);
        let forged = site.post_bare(role, &path, &[("csrf", "0")]).await;
        let takes_files = forged.status == StatusCode::UNSUPPORTED_MEDIA_TYPE;
        assert!(forged.status == StatusCode::FORBIDDEN || takes_files, "{route:?}: {}", forged.status);
    }
    let answer = site.stranger(Method::POST, "/import").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn sec_pub_a04_no_tail_makes_a_page_of_the_desk_one_that_caches_keep() {
    let site = Site::new();
    for route in routes::all().filter(|route| route.verb == Verb::Get && route.gate != Gate::Anyone) {
        let path = path(route);
        for tail in ["/x.css", ";.js", "%2ecss", "?x.css"] {
            let answer = site.get(Role::Clerk, &format!("{path}{tail}")).await;
            assert_eq!(answer.cache, "no-store", "{path}{tail}: {}", answer.status);
            let is_page = answer.status == StatusCode::OK;
            // What stands in a place that varies is looked for, and not found.
            assert!(!is_page || tail.starts_with('?'), "{path}{tail} is a page");
        }
    }
}

#[tokio::test]
async fn the_menu_shows_only_what_the_roles_allow() {
    let site = Site::new();
    let superior = site.get(Role::Superior, "/desk").await.text();
    assert!(!superior.contains("href=\"/import\"") && !superior.contains("href=\"/registers\""));
    let clerk = site.get(Role::Clerk, "/desk").await.text();
    assert!(clerk.contains("href=\"/import\"") && !clerk.contains("href=\"/people\""));
}
