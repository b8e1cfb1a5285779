-- Texts that answers to the press begin with.
CREATE TABLE press_reply_templates (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL,
    is_active BOOLEAN NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
