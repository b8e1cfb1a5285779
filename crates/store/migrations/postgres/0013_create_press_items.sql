-- The register `press_items`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE press_items (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    record_key TEXT COLLATE "C" NOT NULL,
    search_text TEXT COLLATE "C" NOT NULL,
    search_personal TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT COLLATE "C" REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    published_on TEXT COLLATE "C" NOT NULL,
    outlet TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    url TEXT COLLATE "C",
    topic TEXT COLLATE "C",
    unit_concerned TEXT COLLATE "C",
    detected_by TEXT COLLATE "C",
    needs_answer BOOLEAN,
    assessment TEXT COLLATE "C",
    action TEXT COLLATE "C",
    action_symbol TEXT COLLATE "C",
    action_on TEXT COLLATE "C",
    rounds BIGINT,
    outcome TEXT COLLATE "C",
    outcome_on TEXT COLLATE "C",
    note TEXT COLLATE "C",
    UNIQUE (unit_id, record_key)
);

CREATE INDEX press_items_by_day ON press_items (unit_id, published_on, id);
