-- The numbers of the documents an office sends: one series for each year. A number stands here when the program gave it,
-- and when its line was taken out of the register: it stays, voided, with the reason. Lines that were imported or typed
-- keep what they say.
CREATE TABLE outgoing_numbers (
    unit_id TEXT NOT NULL REFERENCES units (id),
    book_year BIGINT NOT NULL,
    number BIGINT NOT NULL,
    symbol TEXT NOT NULL,
    document_id TEXT NOT NULL,
    gap_from BIGINT,
    gap_reason TEXT NOT NULL,
    void_reason TEXT NOT NULL,
    given_by TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    voided_at BIGINT,
    PRIMARY KEY (unit_id, book_year, number)
);

CREATE INDEX outgoing_numbers_by_document ON outgoing_numbers (document_id);

-- The file of the internal regulation a unit returned, as JSON: its digest, name and kind.
ALTER TABLE roll_out_answers ADD COLUMN own_file TEXT;
