//! Every column in which a file is named is known: what stands there keeps its file from being removed.

use std::collections::BTreeSet;

use domain::register::Register;
use store::blob::{ABOUT_A_FILE, NAMED_IN};
use store::schema::{self, Kind};
use testkit::Office;

/// Columns of text that name no file. A new column comes here only when nothing written there holds the digest of a
/// file; else it belongs into `store::blob::NAMED_IN`.
const NAMES_NONE: &[(&str, &str)] = &[
    ("absences", "id person_id first_day last_day deputy_id created_by speaker"),
    ("attempts", "bucket"),
    ("blobs", "digest media_type"),
    ("bulletin_batches", "id state created_by"),
    ("calendar_days", "day scope kind name source"),
    ("calendar_years", "state source confirmed_by"),
    ("data_breaches", "id unit_id state subject created_by"),
    (
        "data_requests",
        "id unit_id number code_hash replaced_code_hash state body name contact details confirmed_contact \
         confirmed_how answer created_by",
    ),
    (
        "exchange_packets",
        "id unit_id organ_id organ_name identifier code issued_on subject business record_id file_name person",
    ),
    ("exchange_statuses", "packet_id code description organ_id person"),
    ("imports", "id register unit_id file_name person_id options counts status"),
    ("jobs", "id kind payload unique_key state claimed_by last_error result"),
    ("law_rules", "id valid_from valid_to body"),
    ("ledger", "actor kind subject_kind subject before_digest after_digest previous hash"),
    ("ledger_head", "hash"),
    ("line_looks", "item_id person"),
    ("mails", "id cause person_id case_id content state claimed_by last_error"),
    ("notices", "id item_id address message contact code_hash state answer due_on"),
    ("one_time_keys", "one_time_key person_id result_url"),
    ("outgoing_numbers", "unit_id symbol document_id gap_reason void_reason given_by"),
    ("outside_links", "url answer"),
    ("page_view_days", "day"),
    ("page_views", "day part"),
    ("people", "id account account_key full_name title unit_id password_hash email"),
    ("person_roles", "person_id role"),
    ("press_agencies", "id name name_key kind medium contact note"),
    (
        "press_cases",
        "id unit_id number code_hash state subject search_text reporter contact lead_unit_id created_by card \
         confirmed_contact delivered_to replaced_code_hash",
    ),
    ("press_conferences", "id unit_id state subject created_by"),
    ("press_statements", "id unit_id state subject created_by"),
    ("press_emergencies", "id unit_id subject created_by"),
    ("press_parts", "id case_id unit_id question state person due_on asked_by"),
    ("press_remarks", "part_id person body"),
    ("press_reply_templates", "id title title_key body"),
    ("press_reporters", "id agency_id name name_key card contact"),
    ("press_steps", "case_id event person note digest"),
    ("preview_links", "token_hash publication_id created_by"),
    ("programme_slots", "id unit_id day title publication_id"),
    ("public_counts", "kind section source year"),
    ("public_effects", "item_id first_day until_day status"),
    ("public_files", "item_id name media_type"),
    (
        "public_items",
        "id kind slug title summary section day posted_on fields notes withdrawn_on withdrawal_reason \
         source relations symbol_key",
    ),
    ("public_relations", "item_id target_key"),
    ("publication_steps", "publication_id event person_id note digest"),
    ("publication_versions", "publication_id digest note approved_by published_by writers"),
    (
        "publications",
        "id unit_id kind state title search_text digest writers approved_digest approved_by publish_note \
         review_on first_posted_on created_by",
    ),
    ("register_openings", "register unit_id import_id"),
    ("report_files", "report_id kind"),
    ("report_steps", "report_id event person_id note"),
    ("report_versions", "report_id frozen_set digest ledger_hash reason frozen_by"),
    (
        "reports",
        "id unit_id period_first period_last template title state narrative request_letter recipients \
         signer drafters cleared_digest number issued_on created_by",
    ),
    ("revisions", "content remainder"),
    (
        "roll_out_answers",
        "id campaign_id unit_id state question reply person digest via own_symbol own_issued_on",
    ),
    ("roll_out_campaigns", "id unit_id symbol title digest due_on created_by replaces"),
    ("security_events", "event person address request detail previous hash"),
    ("security_head", "hash removed_hash"),
    ("sessions", "token_hash person_id user_agent"),
    ("settings", "key"),
    ("short_links", "code report_id"),
    ("standstills", "id state note"),
    ("unit_links", "predecessor_id successor_id changed_on basis"),
    ("units", "id name short_name code kind parent_id valid_from valid_to aliases tasks"),
    (
        "uploaded_documents",
        "id file_name media_type state problem reading document_key publication_id created_by",
    ),
];

#[test]
fn every_column_of_text_either_names_files_and_is_looked_at_or_names_none() {
    let mut living = BTreeSet::new();
    for table in schema::living(&Office::on_sqlite().db).unwrap() {
        let is_register = Register::from_word(&table.name).is_some();
        if is_register || ABOUT_A_FILE.contains(&table.name.as_str()) {
            continue;
        }
        let texts = table.columns.into_iter().filter(|column| column.kind == Kind::Text);
        living.extend(texts.map(|column| (table.name.clone(), column.name)));
    }
    let own = |(table, column): (&str, &str)| (table.to_owned(), column.to_owned());
    let named: BTreeSet<_> = NAMED_IN.iter().copied().map(own).collect();
    let none: BTreeSet<_> = NAMES_NONE
        .iter()
        .flat_map(|(table, columns)| columns.split_whitespace().map(|column| own((table, column))))
        .collect();
    assert!(named.is_disjoint(&none));
    let said: BTreeSet<_> = named.union(&none).cloned().collect();
    let unsaid: Vec<_> = living.difference(&said).collect();
    assert!(unsaid.is_empty(), "do these name files? {unsaid:?}");
    let gone: Vec<_> = said.difference(&living).collect();
    assert!(gone.is_empty(), "no such column: {gone:?}");
}

#[test]
fn whatever_the_database_itself_ties_to_a_file_is_in_the_list() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    let mut tied = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for table in text.split("CREATE TABLE ").skip(1) {
            let (name, body) = table.split_once(" (").unwrap();
            let body = body.split_once("\n);").map_or(body, |(body, _)| body);
            for line in body.lines().filter(|line| line.contains("REFERENCES blobs")) {
                tied.insert((name.to_owned(), line.split_whitespace().next().unwrap().to_owned()));
            }
        }
    }
    assert!(tied.len() >= 6, "{tied:?}");
    for (table, column) in tied {
        let is_known = NAMED_IN.contains(&(table.as_str(), column.as_str()))
            || (ABOUT_A_FILE.contains(&table.as_str()) && column == "digest");
        assert!(is_known, "{table}.{column}");
    }
}
