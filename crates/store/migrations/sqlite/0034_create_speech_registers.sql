-- The register `statements`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE statements (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    record_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    search_personal TEXT NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    held_on TEXT NOT NULL,
    form TEXT NOT NULL,
    turn TEXT,
    occasion TEXT,
    subject TEXT NOT NULL,
    unit TEXT,
    speaker TEXT,
    notice_on TEXT,
    minutes_symbol TEXT,
    url TEXT,
    note TEXT,
    UNIQUE (unit_id, record_key)
);

CREATE INDEX statements_by_day ON statements (unit_id, held_on, id);

-- The register `extraordinary_cases`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE extraordinary_cases (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    record_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    search_personal TEXT NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    arose_on TEXT NOT NULL,
    class TEXT NOT NULL,
    subject TEXT NOT NULL,
    trigger_at TEXT,
    due_at TEXT,
    due_basis TEXT,
    spoken_on TEXT,
    spoken_at TEXT,
    on_time BOOLEAN,
    speaker TEXT,
    note TEXT,
    UNIQUE (unit_id, record_key)
);

CREATE INDEX extraordinary_cases_by_day ON extraordinary_cases (unit_id, arose_on, id);

-- The register `internal_requests`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE internal_requests (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    record_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    search_personal TEXT NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    asked_on TEXT NOT NULL,
    unit TEXT NOT NULL,
    subject TEXT NOT NULL,
    request_code TEXT,
    due_on TEXT,
    answered_on TEXT,
    outcome TEXT,
    note TEXT,
    UNIQUE (unit_id, record_key)
);

CREATE INDEX internal_requests_by_day ON internal_requests (unit_id, asked_on, id);

-- The register `trainings`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE trainings (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    record_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    search_personal TEXT NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    held_on TEXT NOT NULL,
    title TEXT NOT NULL,
    people BIGINT,
    audience TEXT,
    document_symbol TEXT,
    note TEXT,
    UNIQUE (unit_id, record_key)
);

CREATE INDEX trainings_by_day ON trainings (unit_id, held_on, id);
