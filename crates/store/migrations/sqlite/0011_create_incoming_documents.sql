-- The register `incoming_documents`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE incoming_documents (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    record_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    search_personal TEXT NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    arrived_on TEXT NOT NULL,
    arrival_number TEXT NOT NULL,
    author TEXT NOT NULL,
    symbol TEXT,
    issued_on TEXT,
    summary TEXT NOT NULL,
    handler TEXT,
    forwarded_on TEXT,
    receipt TEXT,
    note TEXT,
    due_on TEXT,
    progress TEXT,
    reply_symbol TEXT,
    UNIQUE (unit_id, record_key)
);

CREATE INDEX incoming_documents_by_day ON incoming_documents (unit_id, arrived_on, id);
