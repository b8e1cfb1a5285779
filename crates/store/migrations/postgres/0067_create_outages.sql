-- The register `outages`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE outages (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    record_key TEXT COLLATE "C" NOT NULL,
    search_text TEXT COLLATE "C" NOT NULL,
    search_personal TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT COLLATE "C" REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    started_on TEXT COLLATE "C" NOT NULL,
    started_at TEXT COLLATE "C",
    ended_on TEXT COLLATE "C",
    ended_at TEXT COLLATE "C",
    subject TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C",
    cause TEXT COLLATE "C",
    noted_by TEXT COLLATE "C",
    note TEXT COLLATE "C",
    UNIQUE (unit_id, record_key)
);

CREATE INDEX outages_by_day ON outages (unit_id, started_on, id);
