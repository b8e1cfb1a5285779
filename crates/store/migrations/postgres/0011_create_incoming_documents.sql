-- The register `incoming_documents`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE incoming_documents (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    record_key TEXT COLLATE "C" NOT NULL,
    search_text TEXT COLLATE "C" NOT NULL,
    search_personal TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT COLLATE "C" REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    arrived_on TEXT COLLATE "C" NOT NULL,
    arrival_number TEXT COLLATE "C" NOT NULL,
    author TEXT COLLATE "C" NOT NULL,
    symbol TEXT COLLATE "C",
    issued_on TEXT COLLATE "C",
    summary TEXT COLLATE "C" NOT NULL,
    handler TEXT COLLATE "C",
    forwarded_on TEXT COLLATE "C",
    receipt TEXT COLLATE "C",
    note TEXT COLLATE "C",
    due_on TEXT COLLATE "C",
    progress TEXT COLLATE "C",
    reply_symbol TEXT COLLATE "C",
    UNIQUE (unit_id, record_key)
);

CREATE INDEX incoming_documents_by_day ON incoming_documents (unit_id, arrived_on, id);
