-- Until when somebody has to look at what was approved past the chain; nothing once somebody did, or where nothing was.
ALTER TABLE press_cases ADD COLUMN look_by BIGINT;

CREATE INDEX press_cases_by_look ON press_cases (look_by, id) WHERE look_by IS NOT NULL;

CREATE INDEX press_steps_by_event ON press_steps (event, taken_at);
