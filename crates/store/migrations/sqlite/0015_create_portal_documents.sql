-- The register `portal_documents`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE portal_documents (
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
    type_name TEXT,
    issuer TEXT,
    issued_on TEXT NOT NULL,
    effective_on TEXT,
    summary TEXT NOT NULL,
    signer TEXT,
    posted_on TEXT,
    url TEXT,
    withdrawn_on TEXT,
    post_due_on TEXT,
    due_basis TEXT,
    note TEXT,
    UNIQUE (unit_id, record_key)
);

CREATE INDEX portal_documents_by_day ON portal_documents (unit_id, posted_on, id);
