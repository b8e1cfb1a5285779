-- People with an account, and their roles. `account_key` is the folded account: two spellings are one account.
CREATE TABLE people (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account TEXT COLLATE "C" NOT NULL,
    account_key TEXT COLLATE "C" NOT NULL UNIQUE,
    full_name TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    unit_id TEXT COLLATE "C" REFERENCES units (id),
    password_hash TEXT COLLATE "C",
    totp_secret BYTEA,
    is_enabled BOOLEAN NOT NULL,
    must_change_password BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT,
    version BIGINT NOT NULL
);

CREATE TABLE person_roles (
    person_id TEXT COLLATE "C" NOT NULL REFERENCES people (id),
    role TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (person_id, role)
);
