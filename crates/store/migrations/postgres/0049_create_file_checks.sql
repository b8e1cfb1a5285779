-- What was looked for in a file before it is published, by the digest of its bytes: the code of why the system could
-- not read it, empty when it did; what is hidden in it, as JSON.
CREATE TABLE file_checks (
    digest TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES blobs (digest),
    problem TEXT COLLATE "C" NOT NULL,
    findings TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL
);
