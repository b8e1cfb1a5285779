//! Approvals cannot be gone round by the register.

use app::{public, publication};
use domain::access::Role;
use domain::publication::Kind;
use domain::publication::workflow::Event;
use domain::register::Register;

use crate::publications::{code, draft, on_each, titles, try_act};

#[test]
fn sec_wf_02_the_line_of_a_text_is_neither_amended_nor_removed_in_its_register() {
    on_each(|app, world| {
        let mut document = draft("Kế hoạch");
        document.fields =
            [("symbol", "12/KH-UBND"), ("issued_on", "20/11/2020")].map(|(k, v)| (k.into(), v.into())).into();
        for (kind, register, text) in [
            (Kind::News, Register::News, draft("Tin đã duyệt")),
            (Kind::Document, Register::PortalDocuments, document),
        ] {
            let id = publication::begin(app, &world.person(Role::Clerk), kind, &text).unwrap();
            for (role, event) in
                [(Role::Clerk, Event::Submit), (Role::Leader, Event::Approve), (Role::Clerk, Event::Publish)]
            {
                try_act(app, &world.person(role), id, event, "").unwrap();
            }
            let seen = public::item(app, id).unwrap();
            let record = (register, id.to_string().parse().unwrap());
            for role in [Role::Clerk, Role::Officer, Role::Radio, Role::Spokesperson] {
                let person = world.person(role);
                for (key, value) in [
                    ("title", "Tiêu đề chưa ai duyệt"),
                    ("summary", "Trích yếu chưa ai duyệt"),
                    ("posted_on", "01/01/2020"),
                    ("withdrawn_on", "15/12/2020"),
                ] {
                    let typed = [(key.to_owned(), value.to_owned())].into();
                    let amended = app::register::amend(app, &person, record, 1, &typed);
                    assert_eq!(code(amended), "record_of_publication", "{role:?} {key}");
                }
                let removed = app::register::remove(app, &person, record, 1, "Nhầm");
                assert_eq!(code(removed), "record_of_publication", "{role:?}");
            }
            assert_eq!(public::item(app, id).unwrap(), seen);
        }
    });
}

#[test]
fn a_line_whose_text_is_only_begun_is_kept_by_it_and_a_bare_one_by_its_register() {
    on_each(|app, world| {
        let clerk = world.person(Role::Clerk);
        let line = world.world.add(Register::News, &[("title", "Tin cũ"), ("posted_on", "01/05/2020")]);
        let typed = |title: &str| [("title".to_owned(), title.to_owned())].into();
        app::register::amend(app, &clerk, (Register::News, line), 1, &typed("Tin cũ đã sửa")).unwrap();
        assert_eq!(titles(app), ["Tin cũ đã sửa"]);
        publication::begin_for(app, &clerk, Register::News, line).unwrap();
        let refused = app::register::amend(app, &clerk, (Register::News, line), 2, &typed("Khác"));
        assert_eq!(code(refused), "record_of_publication");
        assert_eq!(titles(app), ["Tin cũ đã sửa"]);
    });
}
