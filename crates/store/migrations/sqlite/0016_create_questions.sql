-- The register `questions`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE questions (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    record_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    search_personal TEXT NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    code TEXT,
    received_on TEXT NOT NULL,
    asker TEXT,
    contact TEXT,
    topic TEXT,
    subject TEXT NOT NULL,
    unit TEXT,
    track TEXT,
    due_on TEXT,
    due_basis TEXT,
    notice_on TEXT,
    promised_on TEXT,
    answered_on TEXT,
    published_on TEXT,
    outcome TEXT,
    note TEXT,
    UNIQUE (unit_id, record_key)
);

CREATE INDEX questions_by_day ON questions (unit_id, received_on, id);
