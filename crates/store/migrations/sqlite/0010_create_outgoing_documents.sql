-- The register `outgoing_documents`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE outgoing_documents (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    record_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    search_personal TEXT NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    symbol TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    summary TEXT NOT NULL,
    signer TEXT,
    recipients TEXT,
    file_copy_holder TEXT,
    copies BIGINT,
    sent_on TEXT,
    receipt TEXT,
    note TEXT,
    drafting_unit TEXT,
    supplied_to TEXT,
    UNIQUE (unit_id, record_key)
);

CREATE INDEX outgoing_documents_by_day ON outgoing_documents (unit_id, issued_on, id);
