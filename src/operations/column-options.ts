/**
 * The options of a column, as SQL; null where it has none. PGlite from 0.5.17 on keeps a number of its own among them, another for each table:
 * PostgreSQL knows no such option, and refuses it.
 */
export const columnOptions = (stored: string) =>
  `(SELECT array_agg(o) FROM unnest(${stored}) o WHERE NOT starts_with(o, 'pg_attver='))`
