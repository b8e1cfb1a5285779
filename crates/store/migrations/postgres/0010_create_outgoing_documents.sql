-- The register `outgoing_documents`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE outgoing_documents (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    record_key TEXT COLLATE "C" NOT NULL,
    search_text TEXT COLLATE "C" NOT NULL,
    search_personal TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT COLLATE "C" REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    symbol TEXT COLLATE "C" NOT NULL,
    issued_on TEXT COLLATE "C" NOT NULL,
    summary TEXT COLLATE "C" NOT NULL,
    signer TEXT COLLATE "C",
    recipients TEXT COLLATE "C",
    file_copy_holder TEXT COLLATE "C",
    copies BIGINT,
    sent_on TEXT COLLATE "C",
    receipt TEXT COLLATE "C",
    note TEXT COLLATE "C",
    drafting_unit TEXT COLLATE "C",
    supplied_to TEXT COLLATE "C",
    UNIQUE (unit_id, record_key)
);

CREATE INDEX outgoing_documents_by_day ON outgoing_documents (unit_id, issued_on, id);
