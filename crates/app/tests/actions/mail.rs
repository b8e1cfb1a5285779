//! Letters: who is reminded of what, when nothing is sent, what a letter holds.

use std::sync::{Arc, Mutex};

use app::account::{self, NewPerson};
use app::mail::{self, Carrier, MailForm};
use app::press::{self, Assignment, Intake, NewEmergency};
use app::roll_out::{self, NewRollOut};
use app::{ActionError, Actor, absence, jobs};
use domain::access::Role;
use domain::id::UnitId;
use domain::press::emergency::{Class, Moments};
use domain::press::request::{Asked, Delivery, Identity};
use domain::time::at as instant;
use jiff::civil::date;
use post::{Failure, Letter, Server};
use testkit::{Office, for_each_backend};

use crate::press::on_each;
use crate::senders;
use crate::world::{PASSWORD, World, invalid, new_person, refused};

/// A server that takes every letter, or says why not.
#[derive(Default)]
struct Box {
    letters: Mutex<Vec<(Server, Letter)>>,
    failure: Mutex<Option<Failure>>,
}

impl Carrier for Box {
    fn carry(&self, server: &Server, letter: &Letter) -> Result<(), Failure> {
        if let Some(failure) = self.failure.lock().unwrap().clone() {
            return Err(failure);
        }
        self.letters.lock().unwrap().push((server.clone(), letter.clone()));
        Ok(())
    }
}

struct Post {
    world: World,
    carried: Arc<Box>,
    administrator: Actor,
    lead: UnitId,
    other: UnitId,
}

impl Post {
    fn new(office: &Office) -> Post {
        let mut world = World::new(office);
        let carried = Arc::new(Box::default());
        world.app = world.app.with_carrier(carried.clone());
        world.clock.set(instant(date(2020, 6, 1), 9, 0).unwrap());
        let administrator = world.person("quantri", &[Role::Administrator]);
        let units = app::office::units(&world.app, &Actor::command_line(), None).unwrap();
        let mut ids = units.iter().filter(|unit| unit.name.starts_with("Phòng")).map(|unit| unit.id);
        let (lead, other) = (ids.next().unwrap(), ids.next().unwrap());
        Post { world, carried, administrator, lead, other }
    }

    fn turn_on(&self) {
        mail::save_settings(&self.world.app, &self.administrator, &form()).unwrap();
    }

    fn person(&self, account: &str, role: Role, unit: Option<UnitId>) -> Actor {
        let new = NewPerson { unit, ..new_person(account, &[role]) };
        let (id, _) = account::add_person(&self.world.app, &Actor::command_line(), &new).unwrap();
        Actor::person(id, unit, vec![role])
    }

    /// Takes a request for `lead`, due on 15/6/2020.
    fn case(&self, clerk: &Actor) {
        let asked = Asked {
            requester: "Báo Hà Nam".into(),
            requester_kind: "press_agency".into(),
            subject: "Rác thải ở nhà ông Bí Mật".into(),
            questions: "Bao giờ xong?".into(),
            channel: "letter".into(),
            legal_kind: "information".into(),
            identity: Identity::CardSeen,
            ..Asked::default()
        };
        let intake = Intake { asked, reporter: "Nguyễn Thị Phóng".into(), ..Intake::default() };
        let id = press::take(&self.world.app, clerk, &intake).unwrap().0;
        let assignment =
            Assignment { lead: Some(self.lead), legal_kind: "information".into(), ..Assignment::default() };
        let version = press::show(&self.world.app, clerk, id).unwrap().row.version;
        press::assign(&self.world.app, clerk, (id, version), &assignment).unwrap();
    }

    /// Reminds on a day, hands over what waits, and gives the letters by who got them.
    fn letters_of(&self, day: jiff::civil::Date) -> Vec<Letter> {
        self.world.clock.set(instant(day, 6, 30).unwrap());
        jobs::run_now(&self.world.app, &self.administrator, jobs::Kind::Reminders).unwrap();
        jobs::run_due(&self.world.app, "w").unwrap();
        mail::run_due(&self.world.app, "w").unwrap();
        self.taken()
    }

    fn taken(&self) -> Vec<Letter> {
        std::mem::take(&mut *self.carried.letters.lock().unwrap())
            .into_iter()
            .map(|(_, letter)| letter)
            .collect()
    }
}

fn form() -> MailForm {
    MailForm {
        is_on: true,
        host: "mail.hanam.example".into(),
        port: String::new(),
        security: "tls".into(),
        account: "kimbang".into(),
        password: "mật khẩu của hộp thư".into(),
        from: "kimbang@hanam.example".into(),
        authority: String::new(),
    }
}

fn to(letters: &[Letter]) -> Vec<&str> {
    letters.iter().map(|letter| letter.to.split('@').next().unwrap()).collect()
}

#[test]
fn each_is_reminded_once_a_working_day_of_what_is_soon_due_in_the_own_unit() {
    for_each_backend(|office| {
        let post = Post::new(office);
        post.turn_on();
        let clerk = post.person("vanthu", Role::Clerk, None);
        post.person("chuyenvien", Role::Officer, Some(post.lead));
        post.person("nguoikhac", Role::Officer, Some(post.other));
        post.person("captren", Role::Superior, None);
        let away = post.person("vang", Role::Officer, Some(post.lead));
        let app = &post.world.app;
        let new = absence::NewAbsence {
            first: Some(date(2020, 6, 8)),
            last: Some(date(2020, 6, 12)),
            ..Default::default()
        };
        absence::add_absence(app, &away, &new).unwrap();
        post.case(&clerk);
        assert!(post.letters_of(date(2020, 6, 9)).is_empty(), "four working days before");
        let letters = post.letters_of(date(2020, 6, 10));
        let mut names = to(&letters);
        names.sort_unstable();
        assert_eq!(names, ["chuyenvien", "vanthu"]);
        assert!(post.letters_of(date(2020, 6, 10)).is_empty(), "once a day");
        let letter = &letters[0];
        assert_eq!(letter.subject, "[Phát Ngôn] 1 việc đến hạn, tính đến ngày 10/06/2020");
        let body = &letter.text;
        assert!(body.contains("- Yêu cầu của báo chí số YC-0001/2020: đến hạn ngày 15/06/2020"), "{body}");
        assert!(body.contains("http://127.0.0.1:8080/press/"), "{body}");
        for secret in ["Phóng", "Bí Mật", "Báo Hà Nam", "Bao giờ"] {
            assert!(!body.contains(secret) && !letter.subject.contains(secret), "{secret}: {body}");
        }
        assert!(post.letters_of(date(2020, 6, 13)).is_empty(), "a Saturday");
        let late = post.letters_of(date(2020, 6, 16));
        assert_eq!(to(&late).len(), 3, "who was away is back");
        assert!(late[0].subject.contains("trong đó 1 việc quá hạn"), "{}", late[0].subject);
        assert!(late[0].text.contains("quá hạn từ ngày 15/06/2020"));
    });
}

#[test]
fn a_unit_is_reminded_of_a_regulation_it_has_not_acknowledged() {
    for_each_backend(|office| {
        let post = Post::new(office);
        post.turn_on();
        let clerk = post.person("vanthu", Role::Clerk, None);
        post.person("chuyenvien", Role::Officer, Some(post.lead));
        let new = NewRollOut {
            symbol: "12/QĐ-UBND".into(),
            title: "Quy chế phát ngôn".into(),
            body: "Điều 1.".into(),
            due_on: Some(date(2020, 6, 5)),
            audience: vec![post.lead, post.other],
            replaces: None,
            ..NewRollOut::default()
        };
        roll_out::send(&post.world.app, &clerk, &new).unwrap();
        let letters = post.letters_of(date(2020, 6, 3));
        assert_eq!(to(&letters), ["chuyenvien"], "the clerk gets no line for each unit");
        assert!(letters[0].text.contains("Xác nhận quy chế 12/QĐ-UBND: đến hạn ngày 05/06/2020"));
    });
}

#[test]
fn an_extraordinary_case_is_told_at_once_to_those_who_may_approve_what_is_said() {
    for_each_backend(|office| {
        let post = Post::new(office);
        post.turn_on();
        let clerk = post.person("vanthu", Role::Clerk, None);
        post.person("lanhdao", Role::Leader, None);
        post.person("chuyenvien", Role::Officer, Some(post.lead));
        let happened = instant(date(2020, 6, 1), 7, 0).unwrap();
        let new = NewEmergency {
            determined_by: String::new(),
            determined_why: String::new(),
            subject: "Cháy ở nhà ông Bí Mật".into(),
            class: Class::HighImpact,
            moments: Moments {
                happened_at: Some(happened),
                received_at: Some(happened),
                determined_at: None,
            },
        };
        press::open_emergency(&post.world.app, &clerk, &new).unwrap();
        mail::run_due(&post.world.app, "w").unwrap();
        let letters = post.taken();
        assert_eq!(to(&letters), ["lanhdao"]);
        assert!(
            letters[0].text.contains("Hạn phát ngôn, cung cấp thông tin: 07:00 02/06/2020"),
            "{}",
            letters[0].text
        );
        assert!(!letters[0].text.contains("Bí Mật"));
    });
}

#[test]
fn sec_qa_a09_who_sends_a_request_gets_a_receipt_without_a_code_once_an_hour_and_nothing_of_their_words() {
    for_each_backend(|office| {
        let post = Post::new(office);
        let app = &post.world.app;
        let sent = |contact: &str, network: &str| press::Sent {
            network: network.into(),
            subject: format!("Mua hàng tại evil.example {network}"),
            ..senders::sent(contact)
        };
        press::send(app, &sent("la@bao.example", "192.0.2.9")).unwrap();
        post.turn_on();
        let code = press::send(app, &sent("la@bao.example", "192.0.2.1")).unwrap();
        press::send(app, &sent("LA@bao.example", "192.0.2.2")).unwrap();
        press::send(app, &sent("0912 345 678", "192.0.2.3")).unwrap();
        press::send(app, &sent("a@x.example, b@x.example", "192.0.2.4")).unwrap();
        mail::run_due(app, "w").unwrap();
        let letters = post.taken();
        assert_eq!(letters.iter().map(|letter| letter.to.as_str()).collect::<Vec<_>>(), ["la@bao.example"]);
        let letter = &letters[0];
        assert_eq!(letter.subject, "[Phát Ngôn] Đã tiếp nhận yêu cầu số YC-0002/2020");
        for said in ["YC-0002/2020", "15/06/2020", "http://127.0.0.1:8080/yeu-cau-bao-chi/tra-cuu\n"] {
            assert!(letter.text.contains(said), "{said}: {}", letter.text);
        }
        let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
        for hidden in ["evil", "Phóng", "Báo Hà Nam", "Bao giờ", senders::CARD, &code, &plain, "đăng nhập"]
        {
            assert!(
                !letter.text.contains(hidden) && !letter.subject.contains(hidden),
                "{hidden}: {}",
                letter.text
            );
        }
        post.world.clock.advance_minutes(61);
        press::send(app, &sent("la@bao.example", "192.0.2.5")).unwrap();
        mail::run_due(app, "w").unwrap();
        assert_eq!(post.taken().len(), 1, "another hour");
        let seen = mail::overview(app, &post.administrator).unwrap();
        assert_eq!((seen.letters[0].template.as_str(), seen.failed), ("request_received", 0));
        assert!(seen.letters.iter().all(|sent| sent.name.starts_with("YC-")), "a number, no name");
    });
}

#[test]
fn that_the_answer_left_is_told_to_the_confirmed_contact_alone_and_says_nothing_of_it() {
    on_each(|desk| {
        let carried = Arc::new(Box::default());
        let app = desk.app().clone().with_carrier(carried.clone());
        let administrator = desk.person("quantri", Role::Administrator, None);
        mail::save_settings(&app, &administrator, &form()).unwrap();
        let letters = || {
            mail::run_due(&app, "w").unwrap();
            let taken = std::mem::take(&mut *carried.letters.lock().unwrap());
            taken.into_iter().map(|(_, letter)| letter).collect::<Vec<_>>()
        };
        let clerk = desk.person("clerk", Role::Clerk, None);
        press::send(&app, &senders::sent("forger@evil.example")).unwrap();
        let id = senders::newest(&app, &clerk);
        senders::ready(desk, id);
        assert_eq!(letters().len(), 1, "the receipt");
        let known = press::Identification {
            identity: Identity::KnownContact,
            contact: "phong@bao.example".into(),
            note: "Gọi tòa soạn".into(),
        };
        let code = press::identify(&app, &clerk, (id, desk.version(&clerk, id)), &known).unwrap().unwrap();
        let issue = press::Issue { delivery: Some(Delivery::Email), ..senders::issue() };
        press::send_out(&app, &clerk, (id, desk.version(&clerk, id)), &issue).unwrap();
        assert_eq!(press::show(&app, &clerk, id).unwrap().row.delivered_to, "phong@bao.example");
        let letters = letters();
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].to, "phong@bao.example");
        assert_eq!(letters[0].subject, "[Phát Ngôn] Đã trả lời yêu cầu số YC-0001/2020");
        for hidden in ["30/6/2020", "rác", &code] {
            assert!(!letters[0].text.contains(hidden), "{hidden}: {}", letters[0].text);
        }
    });
}

#[test]
fn without_a_server_nothing_is_queued_and_the_work_goes_on() {
    for_each_backend(|office| {
        let post = Post::new(office);
        let clerk = post.person("vanthu", Role::Clerk, None);
        post.case(&clerk);
        assert!(post.letters_of(date(2020, 6, 12)).is_empty());
        let seen = mail::overview(&post.world.app, &post.administrator).unwrap();
        assert_eq!((seen.waiting, seen.letters.len(), seen.settings.is_on), (0, 0, false));
        assert_eq!(refused(mail::try_out(&post.world.app, &post.administrator)), "mail_off");
    });
}

#[test]
fn a_server_that_is_away_loses_nothing_and_a_letter_too_late_is_not_sent() {
    for_each_backend(|office| {
        let post = Post::new(office);
        post.turn_on();
        let clerk = post.person("vanthu", Role::Clerk, None);
        post.person("chuyenvien", Role::Officer, Some(post.lead));
        post.case(&clerk);
        let app = &post.world.app;
        *post.carried.failure.lock().unwrap() = Some(Failure::Unreachable("connection refused".into()));
        assert!(post.letters_of(date(2020, 6, 11)).is_empty());
        let seen = mail::overview(app, &post.administrator).unwrap();
        assert_eq!((seen.waiting, seen.failed), (2, 0));
        post.world.clock.advance_minutes(70);
        let warnings = jobs::warnings(app, &post.administrator).unwrap();
        assert!(warnings.contains(&jobs::Warning::MailStuck), "{warnings:?}");
        *post.carried.failure.lock().unwrap() = None;
        mail::run_due(app, "w").unwrap();
        let ids: Vec<String> = post.taken().into_iter().map(|letter| letter.message_id).collect();
        assert_eq!(ids.len(), 2);
        assert!(ids[0].ends_with("@127.0.0.1") && ids[0] != ids[1], "{ids:?}");
        *post.carried.failure.lock().unwrap() = Some(Failure::Unreachable("connection refused".into()));
        post.letters_of(date(2020, 6, 12));
        *post.carried.failure.lock().unwrap() = None;
        post.world.clock.advance_minutes(21 * 60);
        mail::run_due(app, "w").unwrap();
        assert!(post.taken().is_empty(), "the letter of yesterday");
        assert!(
            mail::overview(app, &post.administrator)
                .unwrap()
                .letters
                .iter()
                .any(|sent| sent.row.state == "expired")
        );
    });
}

#[test]
fn a_refused_letter_is_shown_with_what_the_server_said_and_sent_again_when_asked() {
    for_each_backend(|office| {
        let post = Post::new(office);
        post.turn_on();
        let clerk = post.person("vanthu", Role::Clerk, None);
        post.case(&clerk);
        let app = &post.world.app;
        *post.carried.failure.lock().unwrap() = Some(Failure::Refused("550 no such box".into()));
        post.letters_of(date(2020, 6, 11));
        let seen = mail::overview(app, &post.administrator).unwrap();
        let lost = seen.letters.iter().find(|sent| sent.row.state == "failed").unwrap();
        assert_eq!(
            (lost.template.as_str(), lost.row.last_error.as_deref()),
            ("reminder", Some("550 no such box"))
        );
        *post.carried.failure.lock().unwrap() = None;
        mail::try_again(app, &post.administrator, lost.row.id).unwrap();
        mail::run_due(app, "w").unwrap();
        assert_eq!(post.taken().len(), 1);
        let again = mail::try_again(app, &post.administrator, lost.row.id);
        assert!(matches!(again, Err(ActionError::Stale)), "{again:?}");
    });
}

#[test]
fn a_changed_password_is_told_to_its_owner() {
    for_each_backend(|office| {
        let post = Post::new(office);
        post.turn_on();
        post.world.person_with_password("an", &[Role::Clerk]);
        let session = post.world.session("an");
        account::change_password(&post.world.app, &session, PASSWORD, "mưa rào rồi lại nắng chang chang")
            .unwrap();
        mail::run_due(&post.world.app, "w").unwrap();
        let letters = post.taken();
        assert_eq!(to(&letters), ["an"]);
        assert!(letters[0].subject.contains("Mật khẩu của bạn đã được đổi"));
        assert!(!letters[0].text.contains("chang chang"));
    });
}

#[test]
fn the_password_of_the_server_is_sealed_kept_and_never_given_to_another_server() {
    for_each_backend(|office| {
        let post = Post::new(office);
        post.turn_on();
        let (app, administrator) = (&post.world.app, &post.administrator);
        let kept = MailForm { password: String::new(), from: "khac@hanam.example".into(), ..form() };
        mail::save_settings(app, administrator, &kept).unwrap();
        mail::try_out(app, administrator).unwrap().unwrap();
        let (server, letter) = post.carried.letters.lock().unwrap().remove(0);
        assert_eq!((server.password.as_str(), server.port), ("mật khẩu của hộp thư", 465));
        assert_eq!(
            (letter.from.as_str(), letter.to.as_str()),
            ("khac@hanam.example", "quantri@kimbang.example")
        );
        for other in [
            MailForm { host: "mail.evil.example".into(), ..kept.clone() },
            MailForm { port: "2525".into(), ..kept.clone() },
            MailForm { account: "khac".into(), ..kept.clone() },
        ] {
            let saved = mail::save_settings(app, administrator, &other);
            assert_eq!(invalid(saved), [("password".to_owned(), "password_of_server")]);
        }
        let stored = app.database().read(|r| store::setting::get(r, "mail")).unwrap().unwrap();
        assert!(!stored.contains("hộp thư"), "{stored}");
    });
}

#[test]
fn settings_that_cannot_be_are_named_field_by_field() {
    for_each_backend(|office| {
        let post = Post::new(office);
        let wrong = MailForm {
            is_on: true,
            host: "mail.example\r\nX: y".into(),
            port: "70000".into(),
            security: "none".into(),
            from: "a@x.example, b@x.example".into(),
            authority: "abc".into(),
            ..MailForm::default()
        };
        let saved = mail::save_settings(&post.world.app, &post.administrator, &wrong);
        let fields: Vec<String> = invalid(saved).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["host", "from", "security", "port", "authority"]);
        for email in ["an@", "a@x.example,b@x.example", "an@x.example\r\nBcc: c@x.example x"] {
            let new = NewPerson { email: email.into(), ..new_person("moi", &[Role::Clerk]) };
            let added = account::add_person(&post.world.app, &post.administrator, &new);
            assert_eq!(invalid(added), [("email".to_owned(), "not_an_address")], "{email}");
        }
    });
}
