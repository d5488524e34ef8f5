CREATE TABLE former_sessions (LIKE sessions);
WITH gone AS (DELETE FROM sessions WHERE expires_at < '2027-01-01' RETURNING *)
INSERT INTO former_sessions SELECT * FROM gone;
