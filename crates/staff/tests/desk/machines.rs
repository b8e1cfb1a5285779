//! The machines of parts and of roll-outs through HTTP: each refused cell, state by state, own unit and other.

use domain::access::Role;
use domain::id::UnitId;
use domain::press::part;
use domain::roll_out;
use http::StatusCode;

use crate::site::{Answer, Site};

/// A unit of the test, as the tables know it: the one of officer and head, and another.
const OWN: u128 = 1;
const OTHER: u128 = 2;

fn unit(number: u128) -> UnitId {
    UnitId::from_parts(0, number)
}

/// Where a person of this role works in the example.
fn works_in(role: Role) -> Option<UnitId> {
    matches!(role, Role::Officer | Role::UnitHead).then(|| unit(OWN))
}

fn is_refusal(answer: &Answer) -> bool {
    let refusals = [
        StatusCode::BAD_REQUEST,
        StatusCode::FORBIDDEN,
        StatusCode::NOT_FOUND,
        StatusCode::CONFLICT,
        StatusCode::UNPROCESSABLE_ENTITY,
    ];
    refusals.contains(&answer.status)
}

/// Opens the form of an event and sends it.
async fn send(site: &Site, role: Role, address: &str) -> Answer {
    let form = site.get(role, address).await;
    if form.status != StatusCode::OK {
        assert!(is_refusal(&form), "{address}: {}", form.status);
        return send_anyway(site, role, address).await;
    }
    let version = form.hidden("version");
    let text = form.text();
    let digest = if text.contains("name=\"digest\"") { form.hidden("digest") } else { String::new() };
    let mut fields = vec![("version", version.as_str())];
    if text.contains("name=\"digest\"") {
        fields.push(("digest", digest.as_str()));
    }
    if text.contains("name=\"words\"") {
        fields.push(("words", "Lý do"));
    }
    if text.contains("multipart/form-data") {
        fields.extend([("symbol", "12/UBND"), ("issued_on", "01/06/2020")]);
        return site.upload_with(role, address, &fields, ("", b"")).await;
    }
    site.post(role, address, &fields).await
}

/// Sends an act whose page is not offered, from the version that stands.
async fn send_anyway(site: &Site, role: Role, address: &str) -> Answer {
    let (path, event) = address.rsplit_once('/').unwrap();
    let id = path.rsplit('/').next().unwrap();
    let (version, digest) = site
        .office
        .db
        .read(|r| {
            if path.starts_with("/press/parts/") {
                let part = store::press::find_part(r, id.parse().unwrap())?.unwrap();
                return Ok::<_, store::StoreError>((part.version, String::new()));
            }
            let answer = store::roll_out::find_answer(r, id.parse().unwrap())?.unwrap();
            let campaign = store::roll_out::find(r, answer.campaign)?.unwrap();
            Ok((answer.version, campaign.digest))
        })
        .unwrap();
    let version = version.to_string();
    if event == "by_paper" {
        let fields = [("version", version.as_str()), ("symbol", "12/UBND"), ("issued_on", "01/06/2020")];
        return site.upload_with(role, address, &fields, ("", b"")).await;
    }
    let mut fields = vec![("version", version.as_str()), ("words", "Lý do")];
    if !digest.is_empty() {
        fields.push(("digest", digest.as_str()));
    }
    site.post(role, address, &fields).await
}

/// The value of the choice of a unit in a form, and of any other unit.
async fn units(site: &Site) -> (String, String) {
    let page = site.get(Role::Clerk, "/press/ask").await.text();
    let (_, list) = page.split_once("name=\"unit_0\"").unwrap();
    let (list, _) = list.split_once("</select>").unwrap();
    let choices: Vec<(String, bool)> = list
        .split("value=\"")
        .skip(1)
        .filter_map(|rest| {
            let (value, rest) = rest.split_once('"')?;
            let is_own = rest.split('<').next()?.ends_with("Phòng Văn hóa và Thông tin");
            (!value.is_empty()).then(|| (value.to_owned(), is_own))
        })
        .collect();
    let find = |own| choices.iter().find(|(_, is_own)| *is_own == own).unwrap().0.clone();
    (find(true), find(false))
}

/// Asks a unit for a part; its address.
async fn part_of(site: &Site, unit: &str) -> String {
    let before = parts(site).await;
    let fields =
        [("subject", "Khối lượng rác thải"), ("unit_0", unit), ("question_0", "Bao nhiêu?"), ("due_0", "")];
    let form = site.get(Role::Clerk, "/press/ask").await.text();
    let known = fields.into_iter().filter(|(name, _)| form.contains(&format!("name=\"{name}\"")));
    let asked = site.post(Role::Clerk, "/press/ask", &known.collect::<Vec<_>>()).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text());
    let after = parts(site).await;
    after.into_iter().find(|part| !before.contains(part)).unwrap()
}

async fn parts(site: &Site) -> Vec<String> {
    let page = site.get(Role::Clerk, "/press/work?all=1").await.text();
    let mut found: Vec<String> = page
        .split("\"/press/parts/")
        .skip(1)
        .map(|rest| format!("/press/parts/{}", rest.split(['/', '"']).next().unwrap()))
        .collect();
    found.dedup();
    found
}

#[tokio::test]
async fn each_refused_cell_of_the_machine_of_parts_is_refused_through_http() {
    let site = Site::new();
    let (own, other) = units(&site).await;
    let theirs = part_of(&site, &other).await;
    let path = part_of(&site, &own).await;
    let mut tried = 0;
    let way = [
        (part::State::Asked, Role::Officer, part::Event::Accept),
        (part::State::Accepted, Role::Officer, part::Event::Deliver),
        (part::State::Delivered, Role::Clerk, part::Event::Return),
        (part::State::Accepted, Role::UnitHead, part::Event::Decline),
        (part::State::Declined, Role::Clerk, part::Event::Waive),
    ];
    let end = (part::State::Waived, Role::Clerk, part::Event::Waive);
    for (state, role, event) in way.into_iter().chain([end]) {
        for other in part::Event::ALL {
            for who in Role::ALL {
                let person = part::Who { roles: &[who], unit: works_in(who), leads: false };
                if part::decide((state, unit(OWN)), other, person, "Lý do").is_ok() {
                    continue;
                }
                let answer = send(&site, who, &format!("{path}/{}", other.word())).await;
                assert!(is_refusal(&answer), "{state:?} {other:?} {who:?}: {}", answer.status);
                tried += 1;
            }
        }
        if state != part::State::Waived {
            let done = send(&site, role, &format!("{path}/{}", event.word())).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{event:?}: {}", done.text());
        }
    }
    for event in part::Event::ALL {
        for who in Role::ALL {
            let person = part::Who { roles: &[who], unit: works_in(who), leads: false };
            if part::decide((part::State::Asked, unit(OTHER)), event, person, "Lý do").is_err() {
                let answer = send(&site, who, &format!("{theirs}/{}", event.word())).await;
                assert!(is_refusal(&answer), "another unit's: {event:?} {who:?}: {}", answer.status);
                tried += 1;
            }
        }
    }
    assert!(tried > 200, "{tried}");
}

/// Sends a regulation to a unit; the address of its answer.
async fn answer_of(site: &Site, unit: &str, symbol: &str) -> String {
    let field = format!("unit.{unit}");
    let fields = [
        ("symbol", symbol),
        ("title", "Quy chế phát ngôn"),
        ("body", "Điều 1. Phạm vi điều chỉnh."),
        ("due_on", "31/12/2099"),
        (field.as_str(), "on"),
    ];
    let sent = site.upload_with(Role::Clerk, "/roll-outs/new", &fields, ("", b"")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let path = sent.location.split('?').next().unwrap().to_owned();
    for role in [Role::Clerk, Role::Officer] {
        let page = site.get(role, &path).await.text();
        if let Some(at) = page.find("/roll-outs/answers/") {
            return page[at..at + "/roll-outs/answers/".len() + 26].to_owned();
        }
    }
    panic!("no answer is shown");
}

#[tokio::test]
async fn each_refused_cell_of_the_machine_of_roll_outs_is_refused_through_http() {
    let site = Site::new();
    let (own, _) = units(&site).await;
    let form = site.get(Role::Clerk, "/roll-outs/new").await.text();
    let offered = form.split("name=\"unit.").skip(1).map(|rest| rest[..26].to_owned());
    let other = offered.into_iter().find(|unit| *unit != own).unwrap();
    let theirs = answer_of(&site, &other, "30/2019/QĐ-UBND").await;
    let exempted = answer_of(&site, &own, "31/2019/QĐ-UBND").await;
    let path = answer_of(&site, &own, "29/2019/QĐ-UBND").await;
    use roll_out::{Event, State};
    let mut tried = 0;
    let way = [
        (&path, State::Sent, Some((Role::Officer, Event::Ask))),
        (&path, State::Asking, Some((Role::Clerk, Event::Reply))),
        (&path, State::Sent, Some((Role::UnitHead, Event::Acknowledge))),
        (&path, State::Acknowledged, None),
        (&exempted, State::Sent, Some((Role::Clerk, Event::Exempt))),
        (&exempted, State::Exempt, None),
        (&theirs, State::Sent, None),
    ];
    for (path, state, next) in way {
        let of = unit(if path == &theirs { OTHER } else { OWN });
        for event in Event::ALL {
            for who in Role::ALL {
                let person = (&[who][..], works_in(who));
                if roll_out::decide((state, of), event, person, "Lý do", (Some("d"), "d")).is_ok() {
                    continue;
                }
                let answer = send(&site, who, &format!("{path}/{}", event.word())).await;
                assert!(is_refusal(&answer), "{state:?} {event:?} {who:?}: {}", answer.status);
                tried += 1;
            }
        }
        if let Some((role, event)) = next {
            let done = send(&site, role, &format!("{path}/{}", event.word())).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{event:?}: {}", done.text());
        }
    }
    assert!(tried > 150, "{tried}");
}
