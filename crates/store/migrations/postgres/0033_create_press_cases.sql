-- Requests of the press from receipt to reply. The line of the register bears the same id and is kept in the same
-- transaction. Who asked by name and how to reach them stands in no revision; the code is known by its digest alone.
CREATE TABLE press_cases (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    number TEXT COLLATE "C" NOT NULL,
    code_hash TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    search_text TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    reporter TEXT COLLATE "C" NOT NULL,
    contact TEXT COLLATE "C" NOT NULL,
    lead_unit_id TEXT COLLATE "C" REFERENCES units (id),
    due_at BIGINT,
    received_at BIGINT NOT NULL,
    closed_at BIGINT,
    created_by TEXT COLLATE "C" NOT NULL,
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
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    case_id TEXT COLLATE "C" REFERENCES press_cases (id),
    unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    question TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    answer TEXT COLLATE "C" NOT NULL,
    person TEXT COLLATE "C",
    due_on TEXT COLLATE "C" NOT NULL,
    asked_by TEXT COLLATE "C" NOT NULL,
    asked_at BIGINT NOT NULL,
    done_at BIGINT,
    version BIGINT NOT NULL
);

CREATE INDEX press_parts_by_case ON press_parts (case_id, id);

CREATE INDEX press_parts_by_unit ON press_parts (unit_id, state, due_on, id);

-- The steps a request took. Never changed.
CREATE TABLE press_steps (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES press_cases (id),
    number BIGINT NOT NULL,
    event TEXT COLLATE "C" NOT NULL,
    person TEXT COLLATE "C" NOT NULL,
    taken_at BIGINT NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (case_id, number)
);

-- The press agencies an office knows.
CREATE TABLE press_agencies (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    medium TEXT COLLATE "C" NOT NULL,
    cycle_days BIGINT,
    contact TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    is_active BOOLEAN NOT NULL,
    version BIGINT NOT NULL
);

CREATE UNIQUE INDEX press_agencies_by_name ON press_agencies (name_key);
