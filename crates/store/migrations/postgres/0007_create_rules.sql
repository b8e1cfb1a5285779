-- Dated rules of law as the office keeps them; `body` is the rule as JSON.
CREATE TABLE law_rules (
    id TEXT COLLATE "C" NOT NULL,
    valid_from TEXT COLLATE "C" NOT NULL,
    valid_to TEXT COLLATE "C",
    body TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (id, valid_from)
);

-- Days that are not what their weekday says, and years the administrator confirmed.
CREATE TABLE calendar_days (
    day TEXT COLLATE "C" NOT NULL,
    scope TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (day, scope)
);

CREATE TABLE calendar_years (
    year BIGINT NOT NULL PRIMARY KEY,
    state TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    confirmed_by TEXT COLLATE "C",
    confirmed_at BIGINT,
    version BIGINT NOT NULL
);
