//! Packets of the exchange: made of a line of the register, taken into the other register, and what is reported.

use app::exchange::{self, Received, Sending, Taken};
use app::publication::Uploaded;
use app::register::{self, Query};
use app::{ActionError, Actor, App, office};
use domain::access::Role;
use domain::id::{PacketId, RecordId};
use domain::register::Register;
use domain::time::at as instant;
use edxml::StatusCode;
use jiff::civil::date;
use testkit::for_each_backend;

use crate::world::{World, invalid, refused};

fn with_code(app: &App, code: &str) {
    let changed = office::Office { organ_id: code.into(), ..office::office(app).unwrap() };
    office::change_office(app, &Actor::command_line(), &changed).unwrap();
}

fn outgoing(app: &App, clerk: &Actor) -> RecordId {
    let typed = [
        ("symbol", "125/UBND-VP"),
        ("issued_on", "01/06/2020"),
        ("summary", "V/v báo cáo tiến độ"),
        ("signer", "Phạm Hoàng Tùng"),
        ("recipients", "Sở Thí Dụ; Lưu: VT"),
    ];
    let typed = typed.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    register::add(app, clerk, Register::OutgoingDocuments, &typed).unwrap()
}

fn sending() -> Sending {
    Sending {
        receivers: "h42.10 Sở Thí Dụ\n000.00.11.H42: Sở Minh Họa".into(),
        type_name: "Công văn".into(),
        priority: 1,
        file: Some(Uploaded {
            name: "125.pdf".into(), bytes: b"%PDF-1.7".to_vec(), text: "Toàn văn".into()
        }),
        ..Sending::default()
    }
}

fn received(bytes: &[u8]) -> Received {
    Received {
        file_name: "goi.edxml".into(),
        bytes: bytes.to_vec(),
        arrival_number: "7".into(),
        arrived_on: Some(date(2020, 6, 2)),
        handler: "Phòng Văn hóa và Thông tin".into(),
    }
}

fn count(app: &App, actor: &Actor, of: Register) -> usize {
    register::list(app, actor, &Query::all(of)).unwrap().records.len()
}

fn document(taken: Taken) -> PacketId {
    match taken {
        Taken::Document(id) => id,
        Taken::Status(id) => panic!("a status of {id}"),
    }
}

fn world(office: &testkit::Office) -> (World, Actor) {
    let world = World::new(office);
    world.clock.set(instant(date(2020, 6, 2), 9, 0).unwrap());
    let clerk = world.person("van.thu", &[Role::Clerk]);
    (world, clerk)
}

#[test]
fn a_document_leaves_as_a_packet_comes_in_elsewhere_and_its_status_comes_back() {
    for_each_backend(|office| {
        let (world, clerk) = world(office);
        let app = &world.app;
        let line = outgoing(app, &clerk);
        assert_eq!(refused(exchange::send(app, &clerk, line, &sending())), "exchange_no_code");
        with_code(app, "H42.15");
        let sent = exchange::send(app, &clerk, line, &sending()).unwrap();
        let shown = exchange::show(app, &clerk, sent).unwrap();
        assert_eq!(shown.row.identifier, "H42.15,2020/06/01,125/UBND-VP");
        assert_eq!((shown.row.record, shown.row.is_incoming), (Some(line), false));
        assert_eq!((shown.packet.to.len(), shown.packet.to[0].id.as_str()), (2, "H42.10"));
        assert_eq!(shown.packet.places, ["Sở Thí Dụ", "Lưu: VT"]);
        assert_eq!(shown.packet.signer.position, "Phó Chủ tịch", "known from the signature of the office");
        assert_eq!((shown.sizes.as_slice(), shown.packet.files[0].bytes.len()), (&[8][..], 0));
        assert_eq!(exchange::file(app, &clerk, sent, 0).unwrap(), ("125.pdf".into(), b"%PDF-1.7".to_vec()));
        assert!(matches!(exchange::file(app, &clerk, sent, 1), Err(ActionError::NotFound)));
        let (name, bytes) = exchange::packet_file(app, &clerk, sent).unwrap();
        assert_eq!(name, "125-ubnd-vp.edxml");

        // The same installation stands for the receiver.
        let came = document(exchange::receive(app, &clerk, &received(&bytes)).unwrap());
        let shown = exchange::show(app, &clerk, came).unwrap();
        assert!(shown.row.is_incoming);
        let lines = register::list(app, &clerk, &Query::all(Register::IncomingDocuments)).unwrap().records;
        let values = &lines[0].values;
        assert_eq!((lines[0].id, lines.len()), (shown.row.record.unwrap(), 1));
        assert_eq!(values.text("summary"), Some("Công văn V/v báo cáo tiến độ"));
        assert_eq!(values.text("author"), Some("Ủy ban nhân dân huyện Kim Bảng"));
        assert_eq!(
            (values.text("symbol"), values.day("issued_on")),
            (Some("125/UBND-VP"), Some(date(2020, 6, 1)))
        );
        assert_eq!(exchange::next_arrival(app, &clerk).unwrap(), 8);
        assert_eq!(refused(exchange::receive(app, &clerk, &received(&bytes))), "packet_again");
        assert_eq!(count(app, &clerk, Register::IncomingDocuments), 1, "nothing is counted twice");

        let status = |code, words: &str| exchange::report(app, &clerk, came, (code, words));
        assert_eq!(invalid(status(StatusCode::Refused, " "))[0].0, "description");
        assert_eq!(refused(exchange::report(app, &clerk, sent, (StatusCode::Accepted, ""))), "packet_is_own");
        let (name, bytes) = status(StatusCode::Accepted, "").unwrap();
        assert_eq!(name, "125-ubnd-vp-03.edxml");
        let noted = exchange::receive(app, &clerk, &received(&bytes)).unwrap();
        assert_eq!(noted, Taken::Status(sent));
        assert_eq!(refused(exchange::receive(app, &clerk, &received(&bytes))), "packet_again");
        let statuses = exchange::show(app, &clerk, sent).unwrap().statuses;
        assert_eq!((statuses.len(), statuses[0].0.code.as_str()), (1, "03"));
        assert_eq!(exchange::list(app, &clerk, 1).unwrap().1, 2);
    });
}

#[test]
fn what_cannot_be_taken_or_made_is_said_and_nothing_is_kept() {
    for_each_backend(|office| {
        let (world, clerk) = world(office);
        let app = &world.app;
        let line = outgoing(app, &clerk);
        with_code(app, "H42.15");
        let wrong = |sending: Sending| invalid(exchange::send(app, &clerk, line, &sending))[0].clone();
        assert_eq!(wrong(Sending { receivers: " ".into(), ..sending() }), ("receivers".into(), "required"));
        assert_eq!(wrong(Sending { receivers: "Sở Thí Dụ".into(), ..sending() }).1, "not_an_organ_id");
        assert_eq!(wrong(Sending { file: None, ..sending() }), ("file".into(), "required"));
        assert_eq!(wrong(Sending { type_name: String::new(), ..sending() }).0, "type_name");
        assert_eq!(wrong(Sending { priority: 5, ..sending() }).0, "priority");
        let sent = exchange::send(app, &clerk, line, &sending()).unwrap();
        let (_, bytes) = exchange::packet_file(app, &clerk, sent).unwrap();

        for (bytes, code) in [
            (&b"<edXML>"[..], "packet_not_xml"),
            (b"<html/>", "packet_not_packet"),
            (b"<edXML><MessageHeader><From/></MessageHeader></edXML>", "packet_not_packet"),
        ] {
            assert_eq!(refused(exchange::receive(app, &clerk, &received(bytes))), code);
        }
        let no = |received: Received| invalid(exchange::receive(app, &clerk, &received))[0].clone();
        assert_eq!(no(received(b"")).0, "file");
        assert_eq!(no(Received { arrival_number: String::new(), ..received(&bytes) }).0, "arrival_number");
        let ahead = Received { arrived_on: Some(date(2020, 6, 3)), ..received(&bytes) };
        assert_eq!(no(ahead), ("arrived_on".into(), "in_future"));
        assert_eq!(count(app, &clerk, Register::IncomingDocuments), 0);

        let unknown = edxml::Status {
            from: edxml::Organ { id: "H42.10".into(), ..edxml::Organ::default() },
            to: "H42.15".into(),
            document: "H42.15,2020/06/01,999/UBND".into(),
            code: "999/UBND".into(),
            day: None,
            status: StatusCode::Accepted,
            description: String::new(),
            at: None,
            staff: String::new(),
        };
        let unknown = edxml::write_status(&unknown).unwrap();
        assert_eq!(refused(exchange::receive(app, &clerk, &received(&unknown))), "packet_unknown");
        let admin = office::Office { organ_id: "h42 15".into(), ..office::office(app).unwrap() };
        let changed = office::change_office(app, &Actor::command_line(), &admin);
        assert_eq!(invalid(changed), [("organ_id".to_owned(), "not_an_organ_id")]);
    });
}
