//! Everything the database holds, table by table, as rows that belong to no database: the one walk behind
//! backup, restore and transfer.

mod backup;
mod rows;
mod shelf;
mod transfer;
mod zip_file;

pub use backup::{Manifest, TableSum, create, restore, verify};
pub use shelf::{Kept, on_shelf, thin_out};
pub use transfer::{copy, copy_blobs};

/// A table in the order in which rows may be loaded: what is referred to comes first.
pub(crate) struct Walked {
    /// Its name.
    pub(crate) name: &'static str,
    /// Whether it lives only as long as the installation: not in backups, so that a restore ends all sessions.
    pub(crate) is_transient: bool,
}

const fn kept(name: &'static str) -> Walked {
    Walked { name, is_transient: false }
}

const fn transient(name: &'static str) -> Walked {
    Walked { name, is_transient: true }
}

/// All tables. A test compares it with the living schema.
pub(crate) const TABLES: &[Walked] = &[
    kept("ledger"),
    kept("revisions"),
    kept("ledger_head"),
    kept("units"),
    kept("unit_links"),
    kept("people"),
    kept("person_roles"),
    transient("sessions"),
    transient("attempts"),
    transient("one_time_keys"),
    kept("settings"),
    kept("law_rules"),
    kept("calendar_days"),
    kept("calendar_years"),
    kept("blobs"),
    kept("imports"),
    kept("import_files"),
    kept("register_openings"),
    kept("outgoing_documents"),
    kept("incoming_documents"),
    kept("press_requests"),
    kept("press_items"),
    kept("news"),
    kept("portal_documents"),
    kept("questions"),
    kept("regulations"),
    kept("roll_outs"),
    kept("spokespersons"),
    kept("statements"),
    kept("extraordinary_cases"),
    kept("internal_requests"),
    kept("trainings"),
    kept("outages"),
    transient("signs_of_life"),
    kept("standstills"),
    kept("reports"),
    kept("report_versions"),
    kept("report_steps"),
    kept("report_files"),
    kept("short_links"),
    kept("jobs"),
    kept("security_events"),
    kept("security_head"),
    kept("publications"),
    kept("publication_versions"),
    kept("publication_steps"),
    transient("preview_links"),
    kept("uploaded_documents"),
    kept("file_texts"),
    kept("file_checks"),
    kept("recordings"),
    kept("picture_sizes"),
    kept("bulletin_batches"),
    kept("public_items"),
    kept("public_files"),
    kept("public_relations"),
    kept("public_effects"),
    kept("public_counts"),
    kept("line_looks"),
    kept("notices"),
    kept("data_requests"),
    kept("data_breaches"),
    kept("programme_slots"),
    kept("page_view_days"),
    kept("page_views"),
    transient("outside_links"),
    kept("press_cases"),
    kept("press_parts"),
    kept("press_steps"),
    kept("press_remarks"),
    kept("press_agencies"),
    kept("press_reporters"),
    kept("press_emergencies"),
    kept("press_conferences"),
    kept("press_statements"),
    kept("absences"),
    transient("mails"),
    kept("press_reply_templates"),
    kept("outgoing_numbers"),
    kept("roll_out_campaigns"),
    kept("roll_out_answers"),
    kept("exchange_packets"),
    kept("exchange_statuses"),
];
