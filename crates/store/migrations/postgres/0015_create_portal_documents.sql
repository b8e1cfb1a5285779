-- The register `portal_documents`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE portal_documents (
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
    type_name TEXT COLLATE "C",
    issuer TEXT COLLATE "C",
    issued_on TEXT COLLATE "C" NOT NULL,
    effective_on TEXT COLLATE "C",
    summary TEXT COLLATE "C" NOT NULL,
    signer TEXT COLLATE "C",
    posted_on TEXT COLLATE "C",
    url TEXT COLLATE "C",
    withdrawn_on TEXT COLLATE "C",
    post_due_on TEXT COLLATE "C",
    due_basis TEXT COLLATE "C",
    note TEXT COLLATE "C",
    UNIQUE (unit_id, record_key)
);

CREATE INDEX portal_documents_by_day ON portal_documents (unit_id, posted_on, id);
