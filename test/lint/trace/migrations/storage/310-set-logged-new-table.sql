CREATE UNLOGGED TABLE import_buffer (line_no integer, line text);
ALTER TABLE import_buffer SET LOGGED;
