-- The register `roll_outs`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE roll_outs (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    record_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    search_personal TEXT NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    regulation TEXT NOT NULL,
    recipient TEXT NOT NULL,
    sent_on TEXT NOT NULL,
    sent_symbol TEXT,
    acknowledged_on TEXT,
    own_regulation_symbol TEXT,
    own_regulation_on TEXT,
    own_regulation_due_on TEXT,
    due_basis TEXT,
    note TEXT,
    UNIQUE (unit_id, record_key)
);

CREATE INDEX roll_outs_by_day ON roll_outs (unit_id, sent_on, id);
