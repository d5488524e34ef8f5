/**
 * What PostgreSQL calls a NOT NULL that nobody has given a name, as a regular expression of its own and of JavaScript's alike. It is as the table and the column were
 * called when it was made, and in no database before 18: it says nothing.
 */
export const usualNotNullName = '_not_null\\d*$'
