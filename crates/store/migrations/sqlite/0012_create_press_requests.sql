-- The register `press_requests`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE press_requests (
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
    requester TEXT NOT NULL,
    requester_kind TEXT,
    reporter TEXT,
    request_symbol TEXT,
    subject TEXT NOT NULL,
    channel TEXT,
    legal_kind TEXT,
    lead_unit TEXT,
    due_on TEXT,
    due_basis TEXT,
    answered_on TEXT,
    reply_symbol TEXT,
    reply_form TEXT,
    speaker TEXT,
    outcome TEXT,
    refusal_ground TEXT,
    note TEXT,
    UNIQUE (unit_id, record_key)
);

CREATE INDEX press_requests_by_day ON press_requests (unit_id, received_on, id);
