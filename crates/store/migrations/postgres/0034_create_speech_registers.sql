-- The register `statements`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE statements (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    record_key TEXT COLLATE "C" NOT NULL,
    search_text TEXT COLLATE "C" NOT NULL,
    search_personal TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT COLLATE "C" REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    held_on TEXT COLLATE "C" NOT NULL,
    form TEXT COLLATE "C" NOT NULL,
    turn TEXT COLLATE "C",
    occasion TEXT COLLATE "C",
    subject TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C",
    speaker TEXT COLLATE "C",
    notice_on TEXT COLLATE "C",
    minutes_symbol TEXT COLLATE "C",
    url TEXT COLLATE "C",
    note TEXT COLLATE "C",
    UNIQUE (unit_id, record_key)
);

CREATE INDEX statements_by_day ON statements (unit_id, held_on, id);

-- The register `extraordinary_cases`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE extraordinary_cases (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    record_key TEXT COLLATE "C" NOT NULL,
    search_text TEXT COLLATE "C" NOT NULL,
    search_personal TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT COLLATE "C" REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    arose_on TEXT COLLATE "C" NOT NULL,
    class TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    trigger_at TEXT COLLATE "C",
    due_at TEXT COLLATE "C",
    due_basis TEXT COLLATE "C",
    spoken_on TEXT COLLATE "C",
    spoken_at TEXT COLLATE "C",
    on_time BOOLEAN,
    speaker TEXT COLLATE "C",
    note TEXT COLLATE "C",
    UNIQUE (unit_id, record_key)
);

CREATE INDEX extraordinary_cases_by_day ON extraordinary_cases (unit_id, arose_on, id);

-- The register `internal_requests`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE internal_requests (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    record_key TEXT COLLATE "C" NOT NULL,
    search_text TEXT COLLATE "C" NOT NULL,
    search_personal TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT COLLATE "C" REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    asked_on TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    request_code TEXT COLLATE "C",
    due_on TEXT COLLATE "C",
    answered_on TEXT COLLATE "C",
    outcome TEXT COLLATE "C",
    note TEXT COLLATE "C",
    UNIQUE (unit_id, record_key)
);

CREATE INDEX internal_requests_by_day ON internal_requests (unit_id, asked_on, id);

-- The register `trainings`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE trainings (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    record_key TEXT COLLATE "C" NOT NULL,
    search_text TEXT COLLATE "C" NOT NULL,
    search_personal TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT COLLATE "C" REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    held_on TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    people BIGINT,
    audience TEXT COLLATE "C",
    document_symbol TEXT COLLATE "C",
    note TEXT COLLATE "C",
    UNIQUE (unit_id, record_key)
);

CREATE INDEX trainings_by_day ON trainings (unit_id, held_on, id);
