-- Dated rules of law as the office keeps them; `body` is the rule as JSON.
CREATE TABLE law_rules (
    id TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    body TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (id, valid_from)
);

-- Days that are not what their weekday says, and years the administrator confirmed.
CREATE TABLE calendar_days (
    day TEXT NOT NULL,
    scope TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (day, scope)
);

CREATE TABLE calendar_years (
    year BIGINT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL,
    source TEXT NOT NULL,
    confirmed_by TEXT,
    confirmed_at BIGINT,
    version BIGINT NOT NULL
);
