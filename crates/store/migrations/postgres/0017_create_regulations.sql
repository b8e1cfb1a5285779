-- The register `regulations`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE regulations (
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
    issuer TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    effective_on TEXT COLLATE "C",
    ended_on TEXT COLLATE "C",
    replaces TEXT COLLATE "C",
    note TEXT COLLATE "C",
    UNIQUE (unit_id, record_key)
);

CREATE INDEX regulations_by_day ON regulations (unit_id, issued_on, id);
