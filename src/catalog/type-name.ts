const shorter: readonly (readonly [RegExp, string])[] = [
  [/^character varying/, 'varchar'],
  [/^character(?=\(|$|\[)/, 'char'],
  [/^bit varying/, 'varbit'],
  [/^timestamp(\(\d\))? without time zone/, 'timestamp$1'],
  [/^timestamp(\(\d\))? with time zone/, 'timestamptz$1'],
  [/^time(\(\d\))? without time zone/, 'time$1'],
  [/^time(\(\d\))? with time zone/, 'timetz$1'],
]

/** A type of PostgreSQL's own as people write it, from what `format_type` says: `timestamptz(3)`, `varchar(20)[]`. */
export function typeName(formatted: string): string {
  for (const [long, short] of shorter) if (long.test(formatted)) return formatted.replace(long, short)
  return formatted
}
