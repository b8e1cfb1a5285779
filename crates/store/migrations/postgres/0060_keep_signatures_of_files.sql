-- The digital signatures found in a file, as JSON: readers of a published document are told of them. Those of documents
-- that were uploaded to be read stand in what was read.
ALTER TABLE file_checks ADD COLUMN signatures TEXT COLLATE "C" NOT NULL DEFAULT '[]';

UPDATE file_checks SET signatures = COALESCE(
    (
        SELECT (reading::json -> 'signatures')::text FROM uploaded_documents
        WHERE uploaded_documents.digest = file_checks.digest AND reading LIKE '{%' LIMIT 1
    ),
    '[]'
);
