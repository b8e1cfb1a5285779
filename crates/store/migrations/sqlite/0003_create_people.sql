-- People with an account, and their roles. `account_key` is the folded account: two spellings are one account.
CREATE TABLE people (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    account_key TEXT NOT NULL UNIQUE,
    full_name TEXT NOT NULL,
    title TEXT NOT NULL,
    unit_id TEXT REFERENCES units (id),
    password_hash TEXT,
    totp_secret BLOB,
    is_enabled BOOLEAN NOT NULL,
    must_change_password BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT,
    version BIGINT NOT NULL
);

CREATE TABLE person_roles (
    person_id TEXT NOT NULL REFERENCES people (id),
    role TEXT NOT NULL,
    PRIMARY KEY (person_id, role)
);
