import { refuse } from '../python/evaluation.ts'
import { List, Term, type Value } from '../python/value.ts'
import { argument, type Family, quotedEntity, unquoted } from './entity.ts'

/** `PGGrantTable(schema, table, role, grant, columns=None, with_grant_option=False)`. */
export const grantTableFamily: Family = {
  name: 'PGGrantTable',
  read(called) {
    const table = `${quotedEntity(unquoted(argument(called, 0, 'schema')))}.${quotedEntity(unquoted(argument(called, 1, 'table')))}`
    const role = quotedEntity(unquoted(argument(called, 2, 'role')))
    const grant = grantOf(called.positional[3] ?? called.named.get('grant') ?? null)
    const columns = columnsOf(called.positional[4] ?? called.named.get('columns') ?? null)
    const isGrantable = (called.positional[5] ?? called.named.get('with_grant_option')) === true
    const create = `GRANT ${grant} ${columns} ON ${table} TO ${role} ${isGrantable ? ' WITH GRANT OPTION' : ''}`
    const drop = `REVOKE ${grant} ON ${table} FROM ${role}`
    return { create, drop: () => drop, replace: [drop, create] }
  },
}

/** `PGGrantTableChoice.SELECT`, or its value. */
function grantOf(value: Value): string {
  if (typeof value === 'string') return value
  const name =
    value instanceof Term && value.form.is === 'name' ? value.form.name.split('.').at(-1) : undefined
  return name ?? refuse('the grant of PGGrantTable')
}

function columnsOf(value: Value): string {
  if (value === null) return ''
  if (!(value instanceof List) || value.items.some((item) => typeof item !== 'string'))
    return refuse('the columns of PGGrantTable are no known list')
  return value.items.length === 0 ? '' : `( ${value.items.map(String).sort().join(', ')} )`
}
