/**
 * PostgreSQL's own count of the rows that were written, rolled back or not. It is complete for who asks from the only session that writes: what
 * another has counted arrives some time later. https://www.postgresql.org/docs/current/monitoring-stats.html
 */
const counts = ['inserted', 'updated', 'deleted'].flatMap((what) => [
  `pg_stat_get_tuples_${what}`,
  // What the session has not handed over yet.
  `pg_stat_get_xact_tuples_${what}`,
])

/** How many of a relation, by its OID; it only grows between two resets. */
export function writtenRows(oid: string): string {
  return counts.map((count) => `${count}(${oid})`).join(' + ')
}

/** NULL where nothing is counted; another text once counting has begun anew. */
export const countedSince = `CASE WHEN current_setting('track_counts') = 'on' THEN (SELECT coalesce(pg_stat_get_db_stat_reset_time(oid)::text, '')
    FROM pg_database WHERE datname = current_database()) END`
