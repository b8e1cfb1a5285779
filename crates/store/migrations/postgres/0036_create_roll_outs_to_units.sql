-- A regulation sent to units, and what each answered. The lines of the register bear the ids of the answers.
CREATE TABLE roll_out_campaigns (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    symbol TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    due_on TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE INDEX roll_out_campaigns_by_symbol ON roll_out_campaigns (symbol, created_at);

CREATE TABLE roll_out_answers (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    campaign_id TEXT COLLATE "C" NOT NULL REFERENCES roll_out_campaigns (id),
    unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    state TEXT COLLATE "C" NOT NULL,
    question TEXT COLLATE "C" NOT NULL,
    reply TEXT COLLATE "C" NOT NULL,
    person TEXT COLLATE "C",
    digest TEXT COLLATE "C" NOT NULL,
    answered_at BIGINT,
    version BIGINT NOT NULL,
    UNIQUE (campaign_id, unit_id)
);

CREATE INDEX roll_out_answers_by_unit ON roll_out_answers (unit_id, state, id);
