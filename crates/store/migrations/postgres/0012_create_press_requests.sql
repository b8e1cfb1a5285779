-- The register `press_requests`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE press_requests (
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
    requester TEXT COLLATE "C" NOT NULL,
    requester_kind TEXT COLLATE "C",
    reporter TEXT COLLATE "C",
    request_symbol TEXT COLLATE "C",
    subject TEXT COLLATE "C" NOT NULL,
    channel TEXT COLLATE "C",
    legal_kind TEXT COLLATE "C",
    lead_unit TEXT COLLATE "C",
    due_on TEXT COLLATE "C",
    due_basis TEXT COLLATE "C",
    answered_on TEXT COLLATE "C",
    reply_symbol TEXT COLLATE "C",
    reply_form TEXT COLLATE "C",
    speaker TEXT COLLATE "C",
    outcome TEXT COLLATE "C",
    refusal_ground TEXT COLLATE "C",
    note TEXT COLLATE "C",
    UNIQUE (unit_id, record_key)
);

CREATE INDEX press_requests_by_day ON press_requests (unit_id, received_on, id);
