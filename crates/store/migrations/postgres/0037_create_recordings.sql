-- How long recordings are, by the digest of their bytes. Without seconds: it was looked and nothing tells.
CREATE TABLE recordings (
    digest TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES blobs (digest),
    seconds BIGINT,
    created_at BIGINT NOT NULL
);
