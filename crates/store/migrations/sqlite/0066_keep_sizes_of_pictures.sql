-- How large pictures are in pixels, by the digest of their bytes: pages keep their place free before they are loaded.
-- Without width and height: it was looked and nothing tells.
CREATE TABLE picture_sizes (
    digest TEXT NOT NULL PRIMARY KEY REFERENCES blobs (digest),
    width BIGINT,
    height BIGINT,
    created_at BIGINT NOT NULL
);
