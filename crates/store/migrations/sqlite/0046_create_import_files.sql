-- Files of imports and whose they are: what a person sent to be looked at, and rows given back to that person. Nobody
-- else reaches them by their digest. A row does not keep its file; both go when their time is over.
CREATE TABLE import_files (
    digest TEXT NOT NULL REFERENCES blobs (digest),
    person TEXT NOT NULL,
    purpose TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (digest, person, purpose)
);
