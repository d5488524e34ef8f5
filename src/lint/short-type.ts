/** A type as people write it, from the way in which PostgreSQL prints it. */
export function shortType(type: string): string {
  return type
    .replace(/^timestamp(\(\d\))? with time zone$/, 'timestamptz$1')
    .replace(/^timestamp(\(\d\))? without time zone$/, 'timestamp$1')
    .replace(/^character varying/, 'varchar')
}
