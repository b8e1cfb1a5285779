-- Since when a reporter's complaint about how a request was handled waits for an answer; nothing when none does.
ALTER TABLE press_cases ADD COLUMN complained_at BIGINT;

CREATE INDEX press_cases_by_complaint ON press_cases (complained_at, id) WHERE complained_at IS NOT NULL;
