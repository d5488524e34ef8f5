/**
 * The one name of a thing of SQLAlchemy's that may be imported from several modules: `sqlalchemy.types.String` and
 * `sqlalchemy.sql.sqltypes.String` are `sa.String`, `sqlalchemy.dialects.postgresql.base.UUID` is `postgresql.UUID`.
 */
export function canonical(name: string): string {
  const words = name.split('.')
  if (words[0] !== 'sqlalchemy') return name
  const dialects = words.indexOf('dialects')
  if (dialects === 1) {
    const [dialect, ...rest] = words.slice(2)
    if (dialect === undefined) return 'dialects'
    const last = rest.at(-1)
    return last === undefined || /^[a-z_]+$/.test(last)
      ? ['dialects', dialect, ...rest].join('.')
      : `${dialect}.${last}`
  }
  const rest = words.slice(1)
  while (rest.length > 1 && modules.has(rest[0] ?? '')) rest.shift()
  return ['sa', ...rest].join('.')
}

const modules = new Set([
  'types',
  'schema',
  'sql',
  'expression',
  'sqltypes',
  'type_api',
  'elements',
  'selectable',
  'dml',
  'functions',
  'ddl',
  'naming',
  'operators',
])
