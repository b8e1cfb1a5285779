-- The register `outages`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE outages (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    record_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    search_personal TEXT NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    started_on TEXT NOT NULL,
    started_at TEXT,
    ended_on TEXT,
    ended_at TEXT,
    subject TEXT NOT NULL,
    kind TEXT,
    cause TEXT,
    noted_by TEXT,
    note TEXT,
    UNIQUE (unit_id, record_key)
);

CREATE INDEX outages_by_day ON outages (unit_id, started_on, id);
