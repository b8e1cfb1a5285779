-- The last day a text is shown is part of what is approved and is kept with its version. Until now it stood beside the
-- text and changed without an approval.
UPDATE publications SET content = (content::jsonb || jsonb_build_object('last_day',
    to_char(to_timestamp(expires_at / 1000 + 25200 - 86400) AT TIME ZONE 'UTC', 'YYYY-MM-DD')))::text
    WHERE expires_at IS NOT NULL;

-- An approval of a text whose last day nobody was shown does not hold.
UPDATE publications SET state = 'in_review', approved_digest = NULL, approved_by = NULL, approved_at = NULL,
    publish_at = NULL, publish_note = '' WHERE expires_at IS NOT NULL AND state IN ('approved', 'scheduled');

-- From now on the end of what readers see.
UPDATE publications SET expires_at = NULL WHERE is_public = FALSE;

CREATE INDEX publications_by_end ON publications (expires_at);
