-- Counters that limit how often something may be tried, and keys that make a form count once.
CREATE TABLE attempts (
    bucket TEXT NOT NULL,
    window_start BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    PRIMARY KEY (bucket, window_start)
);

CREATE TABLE one_time_keys (
    one_time_key TEXT NOT NULL,
    person_id TEXT NOT NULL,
    result_url TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (one_time_key, person_id)
);
