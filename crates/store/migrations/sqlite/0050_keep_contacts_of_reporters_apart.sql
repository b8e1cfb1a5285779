-- What is personal about who asks stands beside the request, where it can be taken away: the card, the contact a person
-- of the office confirmed, to whom the answer was given. Of the code that was given out before anybody was confirmed
-- the digest stays, so that its holder is told that another one stands in its place.
ALTER TABLE press_cases ADD COLUMN card TEXT NOT NULL DEFAULT '';
ALTER TABLE press_cases ADD COLUMN confirmed_contact TEXT NOT NULL DEFAULT '';
ALTER TABLE press_cases ADD COLUMN delivered_to TEXT NOT NULL DEFAULT '';
ALTER TABLE press_cases ADD COLUMN replaced_code_hash TEXT;

CREATE UNIQUE INDEX press_cases_by_replaced_code ON press_cases (replaced_code_hash);

-- A letter goes to a person of the office, or to who sent a request: to the address that stands there when it is sent.
CREATE TABLE mails_to_both (
    id TEXT NOT NULL PRIMARY KEY,
    cause TEXT NOT NULL UNIQUE,
    person_id TEXT REFERENCES people (id),
    case_id TEXT REFERENCES press_cases (id),
    content TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'expired')),
    attempts BIGINT NOT NULL,
    next_try_at BIGINT NOT NULL,
    claimed_by TEXT,
    claimed_until BIGINT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    last_error TEXT,
    CHECK ((person_id IS NULL) <> (case_id IS NULL))
);

INSERT INTO mails_to_both (
    id, cause, person_id, content, state, attempts, next_try_at, claimed_by, claimed_until, created_at, expires_at,
    ended_at, last_error
)
SELECT
    id, cause, person_id, content, state, attempts, next_try_at, claimed_by, claimed_until, created_at, expires_at,
    ended_at, last_error
FROM mails;

DROP TABLE mails;

ALTER TABLE mails_to_both RENAME TO mails;

CREATE INDEX mails_by_state ON mails (state, created_at, id);

CREATE INDEX mails_by_time ON mails (created_at, id);
