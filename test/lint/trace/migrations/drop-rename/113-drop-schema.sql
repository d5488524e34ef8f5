-- title: It was never used
DROP SCHEMA reporting;
