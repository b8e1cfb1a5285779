-- Who authorised a spokesperson: both names of a delegation are recorded.
ALTER TABLE spokespersons ADD COLUMN authorised_by TEXT COLLATE "C";
