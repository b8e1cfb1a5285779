-- What a job found or made, as JSON; shown to the administrator.
ALTER TABLE jobs ADD COLUMN result TEXT COLLATE "C";

CREATE INDEX jobs_of_kind ON jobs (kind, finished_at);
