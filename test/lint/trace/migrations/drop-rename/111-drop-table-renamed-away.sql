-- title: Kept for a month under another name
ALTER TABLE sessions RENAME TO sessions_dropped_2026_05;
