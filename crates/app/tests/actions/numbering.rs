//! Numbers of outgoing documents: one series for each year, each number once, each accounted for.

use std::collections::BTreeSet;
use std::sync::Barrier;

use app::press::{self, Issue};
use app::register;
use app::{ActionError, Actor};
use domain::access::Role;
use domain::id::CaseId;
use domain::register::Register;
use jiff::civil::date;

use crate::press::{Desk, on_each};
use crate::senders::{issue, ready};
use crate::world::{invalid, refused, typed};

const OUTGOING: Register = Register::OutgoingDocuments;

fn symbols(desk: &Desk) -> Vec<String> {
    let all = register::list(desk.app(), &Actor::command_line(), &register::Query::all(OUTGOING)).unwrap();
    let mut symbols: Vec<String> =
        all.records.iter().map(|record| record.values.text("symbol").unwrap().to_owned()).collect();
    symbols.sort();
    symbols
}

fn cleared(desk: &Desk, clerk: &Actor, kind: &str) -> CaseId {
    let id = desk.take(clerk, kind);
    ready(desk, id);
    id
}

#[test]
fn sec_doc_a01_many_clerks_at_once_get_different_numbers_one_after_the_other() {
    on_each(|desk| {
        let clerk = desk.person("clerk", Role::Clerk, None);
        let kinds = ["information", "interview", "answer_in_press", "correction"];
        let known: Vec<&str> = domain::register::Register::PressRequests
            .field("legal_kind")
            .map(|field| kinds.into_iter().filter(|kind| field.word(kind).is_some()).collect())
            .unwrap();
        let mut cases = Vec::new();
        for round in 0..2 {
            for kind in &known {
                desk.at(date(2020, 6, 1 + round));
                cases.push(cleared(desk, &clerk, kind));
            }
        }
        let issue = Issue { day: Some(date(2020, 6, 2)), ..issue() };
        let start = Barrier::new(cases.len());
        std::thread::scope(|scope| {
            for id in &cases {
                let (app, clerk, start, issue) = (desk.app(), &clerk, &start, &issue);
                scope.spawn(move || {
                    let version = press::show(app, clerk, *id).unwrap().row.version;
                    start.wait();
                    press::send_out(app, clerk, (*id, version), issue).unwrap();
                });
            }
        });
        let given: BTreeSet<u32> = cases
            .iter()
            .map(|id| press::show(desk.app(), &clerk, *id).unwrap().row.request.issued.unwrap().number)
            .collect();
        let all: BTreeSet<u32> = (1..=u32::try_from(cases.len()).unwrap()).collect();
        assert_eq!(given, all, "unique and consecutive");
        assert_eq!(symbols(desk).len(), cases.len());
    });
}

#[test]
fn sec_doc_a01_two_who_type_the_same_number_at_once_send_it_once_and_the_other_is_told_the_next() {
    on_each(|desk| {
        let clerk = desk.person("clerk", Role::Clerk, None);
        let cases = [cleared(desk, &clerk, "information"), cleared(desk, &clerk, "interview")];
        let start = Barrier::new(2);
        let results: Vec<Result<(), ActionError>> = std::thread::scope(|scope| {
            let work = cases.map(|id| {
                let (app, clerk, start) = (desk.app(), &clerk, &start);
                scope.spawn(move || {
                    let version = press::show(app, clerk, id).unwrap().row.version;
                    start.wait();
                    press::send_out(app, clerk, (id, version), &Issue { number: Some(1), ..issue() })
                })
            });
            work.map(|thread| thread.join().unwrap()).into()
        });
        let told: Vec<ActionError> = results.into_iter().filter_map(Result::err).collect();
        assert_eq!(told.len(), 1, "{told:?}");
        let ActionError::Invalid(wrong) = &told[0] else { panic!("{told:?}") };
        assert_eq!((wrong[0].code, wrong[0].args.clone()), ("number_taken", vec![("next", "2".to_owned())]));
        assert_eq!(symbols(desk), ["01/UBND-VHTT"]);
    });
}

#[test]
fn sec_doc_01_a_typed_number_is_free_and_leaves_none_out_without_a_reason_and_a_voided_one_never_comes_back()
{
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let add = |symbol: &str, day: &str| {
            let fields = [("symbol", symbol), ("issued_on", day), ("summary", "Về việc thử")];
            register::add(app, &clerk, OUTGOING, &typed(&fields))
        };
        add("40/BC-UBND", "02/01/2020").unwrap();
        let of_last_year = add("90/UBND-VP", "02/01/2019").unwrap();
        let next = || press::next_number(app, &clerk, date(2020, 6, 1)).unwrap().0;
        assert_eq!(next(), 41, "of its own year");
        let (first, second) = (cleared(desk, &clerk, "information"), cleared(desk, &clerk, "interview"));
        let send = |id, number, gap_reason: &str| {
            let issue = Issue { number, gap_reason: gap_reason.into(), ..issue() };
            press::send_out(app, &clerk, (id, desk.version(&clerk, id)), &issue)
        };
        assert_eq!(invalid(send(first, Some(40), "")), [("number".into(), "number_taken")], "another symbol");
        assert_eq!(invalid(send(first, Some(0), "")), [("number".into(), "required")]);
        assert_eq!(invalid(send(first, Some(43), " ")), [("gap_reason".into(), "number_gap")]);
        send(first, Some(43), "Số 41, 42 cấp cho văn bản mật").unwrap();
        let document = press::show(app, &clerk, first).unwrap().row.request.issued.unwrap().document;
        let row = app.database().read(|r| store::outgoing_number::of_document(r, document)).unwrap().unwrap();
        assert_eq!((row.gap_from, row.gap_reason.as_str()), (Some(41), "Số 41, 42 cấp cho văn bản mật"));
        // A number that was given stays with its document.
        let amended =
            register::amend(app, &clerk, (OUTGOING, document), 1, &typed(&[("symbol", "44/UBND-VP")]));
        assert_eq!(refused(amended), "number_was_given");
        register::amend(
            app,
            &clerk,
            (OUTGOING, document),
            1,
            &typed(&[("recipients", "Báo Hà Nam, lưu VT")]),
        )
        .unwrap();
        assert_eq!(invalid(add("43/BC-UBND", "03/06/2020")), [("symbol".into(), "number_taken")]);
        assert_eq!(invalid(add("40/bc-ubnd", "04/06/2020")), [("symbol".into(), "number_taken")]);
        // Taken out, it stays voided with the reason, and the next one passes it over.
        register::remove(app, &clerk, (OUTGOING, document), 2, "Phát hành nhầm").unwrap();
        let rows = || {
            let unit = app::office::office(app).unwrap().unit;
            app.database().read(|r| store::outgoing_number::of_year(r, unit, 2020)).unwrap()
        };
        assert_eq!((rows()[0].number, rows()[0].void_reason.as_str()), (43, "Phát hành nhầm"));
        assert_eq!(next(), 41);
        assert_eq!(invalid(send(second, Some(43), "Lấy lại")), [("number".into(), "number_taken")]);
        send(second, None, "").unwrap();
        assert_eq!(symbols(desk), ["40/BC-UBND", "41/UBND-VHTT", "90/UBND-VP"]);
        // A line somebody typed leaves its number voided as well; of another year it is another book.
        register::remove(app, &clerk, (OUTGOING, of_last_year), 1, "Ghi nhầm").unwrap();
        assert_eq!(invalid(add("90/UBND-VP", "05/01/2019")), [("symbol".into(), "number_taken")]);
        assert_eq!(rows().len(), 2);
    });
}

#[test]
fn an_issued_report_has_its_number_and_its_line_in_the_register_of_outgoing_documents() {
    use app::reports::{self, Act};
    use domain::report::Event;
    on_each(|desk| {
        let app = desk.app();
        desk.at(date(2020, 12, 14));
        let people = [
            (Role::Clerk, Event::Freeze),
            (Role::Clerk, Event::Submit),
            (Role::Spokesperson, Event::Clear),
            (Role::Leader, Event::Sign),
            (Role::Clerk, Event::Issue),
        ];
        let clerk = desk.person("clerk", Role::Clerk, None);
        let id = reports::create(app, &clerk, crate::world::year(), "press-speech-five-parts").unwrap();
        for (index, (role, event)) in people.into_iter().enumerate() {
            let actor = desk.person(&format!("p{index}"), role, None);
            let version = reports::list(app, &clerk).unwrap()[0].version;
            let act = Act { issued_on: Some(date(2020, 12, 14)), ..Act::default() };
            reports::act(app, &actor, (id, version), event, &act).unwrap();
        }
        assert_eq!(symbols(desk), ["01/BC-UBND"]);
        assert_eq!(reports::editor(app, &clerk, id).unwrap().number.as_deref(), Some("1"));
        assert_eq!(reports::next_number(app, &clerk, date(2020, 12, 15)).unwrap(), 2);
    });
}
