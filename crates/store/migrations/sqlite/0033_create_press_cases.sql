-- Requests of the press from receipt to reply. The line of the register bears the same id and is kept in the same
-- transaction. Who asked by name and how to reach them stands in no revision; the code is known by its digest alone.
CREATE TABLE press_cases (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    number TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    state TEXT NOT NULL,
    subject TEXT NOT NULL,
    search_text TEXT NOT NULL,
    body TEXT NOT NULL,
    reporter TEXT NOT NULL,
    contact TEXT NOT NULL,
    lead_unit_id TEXT REFERENCES units (id),
    due_at BIGINT,
    received_at BIGINT NOT NULL,
    closed_at BIGINT,
    created_by TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE UNIQUE INDEX press_cases_by_code ON press_cases (code_hash);

CREATE UNIQUE INDEX press_cases_by_number ON press_cases (unit_id, number);

CREATE INDEX press_cases_by_due ON press_cases (closed_at, due_at, id);

-- Lists read this index alone until they know which rows a page shows.
CREATE INDEX press_cases_by_receipt ON press_cases (
    received_at, id, state, closed_at, due_at, lead_unit_id, search_text
);

CREATE INDEX press_cases_by_state ON press_cases (state, due_at, id);

CREATE INDEX press_cases_by_lead ON press_cases (lead_unit_id, closed_at, due_at, id);

-- What a unit was asked: for a request, or by the spokesperson alone.
CREATE TABLE press_parts (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT REFERENCES press_cases (id),
    unit_id TEXT NOT NULL REFERENCES units (id),
    question TEXT NOT NULL,
    state TEXT NOT NULL,
    answer TEXT NOT NULL,
    person TEXT,
    due_on TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    done_at BIGINT,
    version BIGINT NOT NULL
);

CREATE INDEX press_parts_by_case ON press_parts (case_id, id);

CREATE INDEX press_parts_by_unit ON press_parts (unit_id, state, due_on, id);

-- The steps a request took. Never changed.
CREATE TABLE press_steps (
    case_id TEXT NOT NULL REFERENCES press_cases (id),
    number BIGINT NOT NULL,
    event TEXT NOT NULL,
    person TEXT NOT NULL,
    taken_at BIGINT NOT NULL,
    note TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (case_id, number)
);

-- The press agencies an office knows.
CREATE TABLE press_agencies (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    medium TEXT NOT NULL,
    cycle_days BIGINT,
    contact TEXT NOT NULL,
    note TEXT NOT NULL,
    is_active BOOLEAN NOT NULL,
    version BIGINT NOT NULL
);

CREATE UNIQUE INDEX press_agencies_by_name ON press_agencies (name_key);
