-- A spokesperson without an account may be away too; who is away is a person or a name.
ALTER TABLE absences ALTER COLUMN person_id DROP NOT NULL;
ALTER TABLE absences ADD COLUMN speaker TEXT COLLATE "C";
ALTER TABLE absences ADD CONSTRAINT absences_of_one CHECK ((person_id IS NULL) <> (speaker IS NULL));
