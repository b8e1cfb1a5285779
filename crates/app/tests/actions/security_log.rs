//! What the security log says of reading personal data.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use app::register::{self, Query};
use domain::access::Role;
use domain::register::Register;
use testkit::Office;
use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber, span};

use crate::world::World;

/// Keeps the security events as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, "{}={value:?} ", field.name()).unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "security"
    }
    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, event: &Event<'_>) {
        let mut line = Line(String::new());
        event.record(&mut line);
        self.0.lock().unwrap().push(line.0);
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

#[test]
fn sec_az_a05_who_reads_personal_data_stands_in_the_security_log_without_the_data() {
    let office = Office::on_sqlite();
    let world = World::new(&office);
    let (clerk, radio) = (world.person("an", &[Role::Clerk]), world.person("chi", &[Role::Radio]));
    let question =
        [("received_on", "02/03/2020"), ("asker", "Nguyễn Văn Hỏi"), ("subject", "Thời gian tiếp công dân")];
    let id = world.add(Register::Questions, &question);
    world.add(Register::News, &[("posted_on", "05/01/2020"), ("title", "Tin")]);
    let log = Log::default();
    tracing::subscriber::with_default(log.clone(), || {
        let list = |actor, register| register::list(&world.app, actor, &Query::all(register)).unwrap();
        list(&clerk, Register::News);
        list(&radio, Register::Questions);
        register::show(&world.app, &radio, Register::Questions, id).unwrap();
        assert_eq!(log.take(), Vec::<String>::new(), "nothing personal was seen");

        list(&clerk, Register::Questions);
        register::show(&world.app, &clerk, Register::Questions, id).unwrap();
        register::export_csv(&world.app, &clerk, &Query::all(Register::Questions)).unwrap();
        let (exports, lines): (Vec<_>, Vec<_>) =
            log.take().into_iter().partition(|line| line.contains("\"exported\""));
        assert_eq!((exports.len(), lines.len()), (1, 3), "{exports:?} {lines:?}");
        for line in lines {
            assert!(line.contains("personal_data_read") && line.contains("questions"), "{line}");
            assert!(line.contains(&clerk.name) && !line.contains("Nguyễn Văn Hỏi"), "{line}");
        }
    });
}
