TRUNCATE ONLY contacts;
