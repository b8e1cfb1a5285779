-- A regulation sent to units, and what each answered. The lines of the register bear the ids of the answers.
CREATE TABLE roll_out_campaigns (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    symbol TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    digest TEXT NOT NULL,
    due_on TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE INDEX roll_out_campaigns_by_symbol ON roll_out_campaigns (symbol, created_at);

CREATE TABLE roll_out_answers (
    id TEXT NOT NULL PRIMARY KEY,
    campaign_id TEXT NOT NULL REFERENCES roll_out_campaigns (id),
    unit_id TEXT NOT NULL REFERENCES units (id),
    state TEXT NOT NULL,
    question TEXT NOT NULL,
    reply TEXT NOT NULL,
    person TEXT,
    digest TEXT NOT NULL,
    answered_at BIGINT,
    version BIGINT NOT NULL,
    UNIQUE (campaign_id, unit_id)
);

CREATE INDEX roll_out_answers_by_unit ON roll_out_answers (unit_id, state, id);
