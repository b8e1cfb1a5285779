-- Files by the SHA-256 of their bytes. A row stands only for a file that is durable.
CREATE TABLE blobs (
    digest TEXT NOT NULL PRIMARY KEY,
    size_bytes BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
