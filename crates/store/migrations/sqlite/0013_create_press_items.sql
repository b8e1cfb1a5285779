-- The register `press_items`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE press_items (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    record_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    search_personal TEXT NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    published_on TEXT NOT NULL,
    outlet TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT,
    topic TEXT,
    unit_concerned TEXT,
    detected_by TEXT,
    needs_answer BOOLEAN,
    assessment TEXT,
    action TEXT,
    action_symbol TEXT,
    action_on TEXT,
    rounds BIGINT,
    outcome TEXT,
    outcome_on TEXT,
    note TEXT,
    UNIQUE (unit_id, record_key)
);

CREATE INDEX press_items_by_day ON press_items (unit_id, published_on, id);
