//! The menu of the desk. What a person may not do is left out by the frame.

use domain::access::Capability as C;
use web_kit::chrome::NavPlan;
use words::key;

/// The menu, group by group.
pub const MENU: &[NavPlan] = &[
    NavPlan {
        key: "",
        items: &[
            (key!("nav.work"), crate::work::HOME, "check", C::ReadReports),
            (key!("nav.home"), crate::desk::HOME, "home", C::ReadReports),
        ],
    },
    NavPlan {
        key: key!("nav.group.registers"),
        items: &[
            (key!("nav.registers"), "/registers", "book", C::ReadRegisters),
            (key!("nav.import"), "/import", "upload", C::ImportRegisters),
            (key!("exchange.title"), "/exchange", "download", C::ReadRegisters),
        ],
    },
    NavPlan {
        key: key!("nav.group.press"),
        items: &[
            (key!("press_overview.title"), "/press/overview", "home", C::ReadPress),
            (key!("nav.press"), "/press", "doc", C::ReadPress),
            (key!("nav.press_work"), "/press/work", "clock", C::ReadPress),
            (key!("nav.roll_outs"), "/roll-outs", "law", C::ReadPress),
            (key!("nav.emergencies"), "/press/emergencies", "edit", C::ReadPress),
        ],
    },
    NavPlan {
        key: key!("nav.group.portal"),
        items: &[
            (key!("nav.publications"), "/publications", "doc", C::ReadPublications),
            (key!("nav.radio"), "/radio", "clock", C::ReadPublications),
            (key!("nav.duties"), "/duties", "law", C::ReadPublications),
            (key!("nav.notices"), "/notices", "edit", C::ReadPublications),
        ],
    },
    NavPlan {
        key: key!("nav.group.reports"),
        items: &[(key!("nav.reports"), "/reports", "doc", C::ReadReports)],
    },
    NavPlan {
        key: key!("nav.group.rules"),
        items: &[
            (key!("nav.calendar"), "/calendar", "calendar", C::ReadReports),
            (key!("nav.law"), "/law", "law", C::ReadReports),
            (key!("nav.deadline"), "/deadline", "clock", C::ReadReports),
        ],
    },
    NavPlan {
        key: key!("nav.group.office"),
        items: &[
            (key!("nav.units"), "/units", "unit", C::ReadRegisters),
            (key!("nav.people"), "/people", "people", C::WritePeople),
            (key!("nav.data_requests"), "/data-requests", "people", C::HandleDataRequests),
            (key!("nav.data_breaches"), "/data-breaches", "edit", C::ReportBreaches),
            (key!("nav.ledger"), "/ledger", "ledger", C::ReadLedger),
            (key!("nav.office"), "/office", "edit", C::Administer),
            (key!("nav.administration"), "/administration", "gear", C::Administer),
        ],
    },
];
