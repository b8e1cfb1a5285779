-- Files with official documents that were uploaded to be read (văn bản tải lên chờ xác nhận): what was read out of each,
-- until a person confirms it; and the words of files, for search.
CREATE TABLE uploaded_documents (
    id TEXT NOT NULL PRIMARY KEY,
    file_name TEXT NOT NULL,
    digest TEXT REFERENCES blobs (digest),
    size_bytes BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    state TEXT NOT NULL,
    problem TEXT NOT NULL,
    reading TEXT NOT NULL,
    document_key TEXT NOT NULL,
    publication_id TEXT REFERENCES publications (id),
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX uploaded_documents_by_state ON uploaded_documents (state, id);

CREATE INDEX uploaded_documents_by_digest ON uploaded_documents (digest);

CREATE INDEX uploaded_documents_by_key ON uploaded_documents (document_key);

CREATE TABLE file_texts (
    digest TEXT NOT NULL PRIMARY KEY REFERENCES blobs (digest),
    body TEXT NOT NULL,
    is_recognised BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
