-- The register `roll_outs`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE roll_outs (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    record_key TEXT COLLATE "C" NOT NULL,
    search_text TEXT COLLATE "C" NOT NULL,
    search_personal TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT COLLATE "C" REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    regulation TEXT COLLATE "C" NOT NULL,
    recipient TEXT COLLATE "C" NOT NULL,
    sent_on TEXT COLLATE "C" NOT NULL,
    sent_symbol TEXT COLLATE "C",
    acknowledged_on TEXT COLLATE "C",
    own_regulation_symbol TEXT COLLATE "C",
    own_regulation_on TEXT COLLATE "C",
    own_regulation_due_on TEXT COLLATE "C",
    due_basis TEXT COLLATE "C",
    note TEXT COLLATE "C",
    UNIQUE (unit_id, record_key)
);

CREATE INDEX roll_outs_by_day ON roll_outs (unit_id, sent_on, id);
