-- What was looked for in a file before it is published, by the digest of its bytes: the code of why the system could
-- not read it, empty when it did; what is hidden in it, as JSON.
CREATE TABLE file_checks (
    digest TEXT NOT NULL PRIMARY KEY REFERENCES blobs (digest),
    problem TEXT NOT NULL,
    findings TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
