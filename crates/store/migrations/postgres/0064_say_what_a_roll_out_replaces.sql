-- Which regulation the one that was sent stands in place of, and from which day it is in force: figures count the text in force.
ALTER TABLE roll_outs ADD COLUMN replaces TEXT COLLATE "C";
ALTER TABLE roll_outs ADD COLUMN effective_on TEXT COLLATE "C";
