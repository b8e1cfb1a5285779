-- The register `questions`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE questions (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    record_key TEXT COLLATE "C" NOT NULL,
    search_text TEXT COLLATE "C" NOT NULL,
    search_personal TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT COLLATE "C" REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    code TEXT COLLATE "C",
    received_on TEXT COLLATE "C" NOT NULL,
    asker TEXT COLLATE "C",
    contact TEXT COLLATE "C",
    topic TEXT COLLATE "C",
    subject TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C",
    track TEXT COLLATE "C",
    due_on TEXT COLLATE "C",
    due_basis TEXT COLLATE "C",
    notice_on TEXT COLLATE "C",
    promised_on TEXT COLLATE "C",
    answered_on TEXT COLLATE "C",
    published_on TEXT COLLATE "C",
    outcome TEXT COLLATE "C",
    note TEXT COLLATE "C",
    UNIQUE (unit_id, record_key)
);

CREATE INDEX questions_by_day ON questions (unit_id, received_on, id);
