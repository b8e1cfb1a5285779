//! Press releases, interviews and briefings: approved by a second person, numbered once, counted apart.

use app::press::{self, File, Release, StatementEdit};
use app::register::Query;
use app::{ActionError, Actor, App};
use domain::access::Role;
use domain::id::StatementId;
use domain::press::statement::{Event, Form, State};
use domain::register::Register;
use domain::time::at as instant;
use jiff::civil::date;

use crate::press::{Desk, name_head, on_each};
use crate::world::{invalid, refused, typed};

fn release() -> StatementEdit {
    StatementEdit {
        subject: "Kết quả thu gom rác thải".into(),
        text: "Đến ngày 01/6, huyện đã thu gom 12 tấn.".into(),
        occasion: "own_initiative".into(),
        ..StatementEdit::default()
    }
}

fn version(app: &App, actor: &Actor, id: StatementId) -> i64 {
    press::statement(app, actor, id).unwrap().row.version
}

fn act(app: &App, actor: &Actor, id: StatementId, event: Event) -> Result<(), ActionError> {
    let shown = press::statement(app, actor, id).unwrap();
    let given = ("Lý do", Some(shown.digest.as_str()));
    press::act_on_statement(app, actor, (id, shown.row.version), event, given)
}

fn state(desk: &Desk, actor: &Actor, id: StatementId) -> State {
    press::statement(desk.app(), actor, id).unwrap().row.state
}

#[test]
fn a_release_is_approved_by_a_second_person_numbered_counted_and_put_on_the_portal_once() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let officer = desk.person("officer", Role::Officer, Some(desk.lead));
        let speaker = desk.person("speaker", Role::Spokesperson, None);
        let leader = desk.person("leader", Role::Leader, None);
        let empty = press::begin_statement(app, &officer, (Form::Release, &StatementEdit::default()));
        assert_eq!(invalid(empty), [("subject".into(), "required"), ("occasion".into(), "required")]);
        let edit = StatementEdit { unit: Some(desk.lead), ..release() };
        let id = press::begin_statement(app, &officer, (Form::Release, &edit)).unwrap();
        assert_eq!(refused(act(app, &leader, id, Event::Approve)), "statement_not_now");
        act(app, &officer, id, Event::Submit).unwrap();
        assert_eq!(refused(act(app, &officer, id, Event::Approve)), "statement_not_yours");
        // Who changes the text writes it, and it is submitted anew.
        let at = (id, version(app, &speaker, id));
        press::edit_statement(
            app,
            &speaker,
            at,
            &StatementEdit { text: "Văn bản mới.".into(), ..edit.clone() },
        )
        .unwrap();
        assert_eq!(state(desk, &clerk, id), State::Draft);
        act(app, &officer, id, Event::Submit).unwrap();
        assert_eq!(refused(act(app, &speaker, id, Event::Approve)), "statement_own_text");
        let at = (id, version(app, &leader, id));
        let unseen = press::act_on_statement(app, &leader, at, Event::Approve, ("", Some("khác")));
        assert_eq!(refused(unseen), "statement_other_text");
        act(app, &leader, id, Event::Approve).unwrap();
        let left = Release { symbol: "TC-UBND".into(), ..Release::default() };
        let wrong = Release { symbol: "1/TC".into(), day: Some(date(2020, 6, 2)), ..left.clone() };
        let issue = |who: &Actor, release: &Release| {
            press::issue_statement(app, who, (id, version(app, who, id)), release)
        };
        assert_eq!(
            invalid(issue(&clerk, &wrong)),
            [("symbol".into(), "not_a_symbol"), ("issued_on".into(), "in_future")]
        );
        let draft = press::statement_file(app, &clerk, id, File::Docx).unwrap();
        issue(&clerk, &left).unwrap();
        assert_eq!(refused(issue(&clerk, &left)), "statement_not_now", "it leaves once");
        assert_ne!(press::statement_file(app, &clerk, id, File::Docx).unwrap(), draft, "it bears its number");
        assert!(press::statement_file(app, &clerk, id, File::Pdf).unwrap().starts_with(b"%PDF"));
        let row = press::statement(app, &clerk, id).unwrap().row;
        assert_eq!(row.statement.issued.unwrap().symbol, "01/TC-UBND");
        let line = app::register::show(app, &clerk, Register::Statements, id.to_string().parse().unwrap());
        let values = line.unwrap().record.values;
        assert_eq!(
            (values.word("form"), values.word("turn")),
            (Some("press_release_or_written"), Some("information"))
        );
        let unit = app::office::tree(app).unwrap().get(desk.lead).unwrap().name.clone();
        assert_eq!(values.text("unit"), Some(unit.as_str()));
        let publication = press::statement_to_portal(app, &clerk, id).unwrap();
        let shown = app::publication::show(app, &clerk, publication).unwrap().row;
        assert_eq!(shown.content.title, "Kết quả thu gom rác thải");
        assert!(shown.writers.contains(&officer.name), "who wrote it does not approve it on the portal");
        assert_eq!(refused(press::statement_to_portal(app, &clerk, id)), "press_on_portal");
    });
}

#[test]
fn an_interview_is_written_down_without_a_number_by_who_may_speak_and_counts_until_it_is_discarded() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let officer = desk.person("officer", Role::Officer, Some(desk.lead));
        let said = StatementEdit {
            subject: "Tiến độ cải tạo chợ Quế".into(),
            text: "Xong trong quý III.".into(),
            occasion: "on_request".into(),
            is_speech: true,
            speaker: "Phạm Hoàng Tùng".into(),
            with: "Báo Hà Nam".into(),
            at: instant(date(2020, 6, 1), 8, 0),
            ..StatementEdit::default()
        };
        let begin = |who: &Actor, form, edit: &StatementEdit| press::begin_statement(app, who, (form, edit));
        assert!(matches!(begin(&officer, Form::Interview, &said), Err(ActionError::Forbidden(_))));
        let bare = StatementEdit { speaker: String::new(), at: None, ..said.clone() };
        assert_eq!(
            invalid(begin(&clerk, Form::Interview, &bare)),
            [("speaker".into(), "required"), ("held_on".into(), "required")]
        );
        assert_eq!(refused(begin(&clerk, Form::Interview, &said)), "speaker_not_named");
        name_head(desk, "Phạm Hoàng Tùng", "01/01/2020", "");
        let id = begin(&clerk, Form::Interview, &said).unwrap();
        let briefing =
            StatementEdit { is_speech: false, subject: "Giao ban tháng 6".into(), ..said.clone() };
        begin(&clerk, Form::Briefing, &briefing).unwrap();
        let post = StatementEdit { url: "kimbang.example/tin".into(), ..release() };
        let post = StatementEdit { at: said.at, ..post };
        assert_eq!(invalid(begin(&clerk, Form::Post, &post)), [("url".into(), "not_a_url")]);
        begin(&clerk, Form::Post, &StatementEdit { url: "https://kimbang.example/tin".into(), ..post })
            .unwrap();
        let turns = || {
            let lines = app::register::list(app, &clerk, &Query::all(Register::Statements)).unwrap().records;
            let of = |turn| lines.iter().filter(|line| line.values.word("turn") == Some(turn)).count();
            (of("speech"), of("information"))
        };
        assert_eq!(turns(), (1, 2), "counted apart");
        let outgoing = app::register::list(app, &clerk, &Query::all(Register::OutgoingDocuments)).unwrap();
        assert_eq!(outgoing.total, 0, "nothing took a number");
        // What it keeps is changed through it.
        let record = (Register::Statements, id.to_string().parse().unwrap());
        let amended = app::register::amend(app, &clerk, record, 1, &typed(&[("subject", "Khác")]));
        assert_eq!(refused(amended), "record_of_case");
        let mended = StatementEdit { is_speech: false, ..said };
        press::edit_statement(app, &clerk, (id, 1), &mended).unwrap();
        assert_eq!(turns(), (0, 3));
        let silent = press::act_on_statement(app, &clerk, (id, 2), Event::Discard, (" ", None));
        assert_eq!(refused(silent), "statement_no_reason");
        act(app, &clerk, id, Event::Discard).unwrap();
        assert_eq!(turns(), (0, 2), "what was written down by mistake counts no more");
    });
}

#[test]
fn what_was_said_elsewhere_on_the_subject_is_shown_before_an_answer_or_a_release_is_approved() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        name_head(desk, "Phạm Hoàng Tùng", "01/01/2020", "");
        desk.world.add(
            Register::Statements,
            &[
                ("held_on", "02/03/2020"),
                ("form", "direct_or_interview"),
                ("turn", "information"),
                ("subject", "Kết quả thu gom rác thải quý I"),
            ],
        );
        let post = StatementEdit {
            at: instant(date(2020, 6, 1), 8, 0),
            url: "https://kimbang.example/tin".into(),
            ..release()
        };
        let posted = press::begin_statement(app, &clerk, (Form::Post, &post)).unwrap();
        let other = StatementEdit { subject: "Lịch tiếp công dân".into(), ..post };
        press::begin_statement(app, &clerk, (Form::Post, &other)).unwrap();
        let draft = press::begin_statement(app, &clerk, (Form::Release, &release())).unwrap();
        let said = press::statement(app, &clerk, draft).unwrap().said_before;
        let at: Vec<_> = said.iter().map(|said| said.at).collect();
        assert_eq!(at.len(), 2, "{said:?}");
        assert!(at.contains(&press::SaidAt::Statement(posted)), "{said:?}");
        assert!(at.iter().any(|at| matches!(at, press::SaidAt::Register(_))), "{said:?}");
        assert!(said.iter().any(|said| said.text.contains("12 tấn")), "{said:?}");
        let own = press::statement(app, &clerk, posted).unwrap().said_before;
        assert!(own.iter().all(|said| said.at != press::SaidAt::Statement(posted)), "not itself");
        let case = desk.take(&clerk, "answer_in_press");
        let shown = press::show(app, &clerk, case).unwrap();
        assert_eq!(shown.said_elsewhere.len(), 2, "{:?}", shown.said_elsewhere);
    });
}

#[test]
fn an_authorisation_names_matter_end_and_document_and_who_is_not_published_waits_on_the_board() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let officer = desk.person("officer", Role::Officer, Some(desk.lead));
        let mut fields = vec![
            ("full_name", "Lê Thị Ủy"),
            ("title", "Trưởng phòng"),
            ("kind", "authorised"),
            ("starts_on", "01/06/2020"),
        ];
        let bare = app::register::add(app, &clerk, Register::Spokespersons, &typed(&fields));
        let needed = ["matter", "ends_on", "decision_symbol"];
        let mut needed = needed.map(|field| (field.to_owned(), "authorisation_needs")).to_vec();
        needed.push(("authorised_by".to_owned(), "authoriser_needed"));
        assert_eq!(invalid(bare), needed);
        fields.extend([
            ("matter", "Vụ cháy chợ Quế"),
            ("ends_on", "30/06/2020"),
            ("decision_symbol", "5/GUQ-UBND"),
            ("authorised_by", "Phạm Hoàng Tùng, Chủ tịch"),
        ]);
        app::register::add(app, &clerk, Register::Spokespersons, &typed(&fields)).unwrap();
        let board = |who: &Actor| press::board(app, who, false).unwrap().unpublished;
        let waiting = board(&clerk);
        assert_eq!(waiting.len(), 1, "{waiting:?}");
        assert_eq!(
            (waiting[0].who.as_str(), waiting[0].due_on),
            ("Lê Thị Ủy, Trưởng phòng", Some(date(2020, 6, 2)))
        );
        assert_eq!(board(&officer), [], "for who keeps the desk or speaks");
        // From 1/7/2026 a regular spokesperson is published with telephone and e-mail.
        let mut regular = vec![
            ("full_name", "Lê Thị Thường"),
            ("title", "Chánh Văn phòng"),
            ("kind", "regular"),
            ("starts_on", "02/07/2026"),
        ];
        let id = app::register::add(app, &clerk, Register::Spokespersons, &typed(&regular)).unwrap();
        regular.push(("published_on", "02/07/2026"));
        let amend = |fields: &[(&str, &str)]| {
            app::register::amend(app, &clerk, (Register::Spokespersons, id), 1, &typed(fields))
        };
        let needed = ["phone", "email"].map(|field| (field.to_owned(), "publication_needs"));
        assert_eq!(invalid(amend(&regular)), needed);
        regular.extend([("phone", "0226 3820 000"), ("email", "lt.thuong@hanam.gov.vn")]);
        amend(&regular).unwrap();
    });
}
