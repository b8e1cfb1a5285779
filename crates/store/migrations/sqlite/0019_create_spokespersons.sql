-- The register `spokespersons`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE spokespersons (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    record_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    search_personal TEXT NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    full_name TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT,
    phone TEXT,
    email TEXT,
    kind TEXT NOT NULL,
    matter TEXT,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    decision_symbol TEXT,
    published_on TEXT,
    publish_due_on TEXT,
    due_basis TEXT,
    note TEXT,
    UNIQUE (unit_id, record_key)
);

CREATE INDEX spokespersons_by_day ON spokespersons (unit_id, starts_on, id);
