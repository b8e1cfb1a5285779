-- Who is signed in. Only the digest of the token is kept.
CREATE TABLE sessions (
    token_hash TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    proved_at BIGINT,
    user_agent TEXT NOT NULL
);

CREATE INDEX sessions_by_person ON sessions (person_id);
