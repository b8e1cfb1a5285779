-- The register `regulations`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE regulations (
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
    issuer TEXT NOT NULL,
    title TEXT NOT NULL,
    effective_on TEXT,
    ended_on TEXT,
    replaces TEXT,
    note TEXT,
    UNIQUE (unit_id, record_key)
);

CREATE INDEX regulations_by_day ON regulations (unit_id, issued_on, id);
