-- Who wrote a published version; versions of before do not name them (the ledger does).
ALTER TABLE publication_versions ADD COLUMN writers TEXT NOT NULL DEFAULT '[]';
