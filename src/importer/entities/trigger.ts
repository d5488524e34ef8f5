import { refuse } from '../python/evaluation.ts'
import { definitionOf, entityOf, type Family } from './entity.ts'

/** `PGTrigger(schema, signature, definition, on_entity, is_constraint=False)`. */
export const triggerFamily: Family = {
  name: 'PGTrigger',
  read(called) {
    const { schema, signature, definition } = definitionOf(called)
    const table = entityOf(called, 3)
    const isConstraint = (called.positional[4] ?? called.named.get('is_constraint')) === true
    const create = `CREATE ${isConstraint ? 'CONSTRAINT ' : ''}TRIGGER "${signature}" ${withSchema(definition, schema)}`
    return {
      create,
      drop: (cascade) => `DROP TRIGGER "${signature}" ON ${table} ${cascade}`,
      replace: [`DROP TRIGGER IF EXISTS "${signature}" ON ${table};`, create],
    }
  },
}

/** The library puts its schema before the table that the definition names, which it finds by the first ON. */
function withSchema(definition: string, schema: string): string {
  const [, event, named, action] = /^(.+?)\s+ON\s+(.+?)\s+(.+)$/is.exec(definition) ?? []
  if (event === undefined || named === undefined) return refuse('a PGTrigger whose definition has no ON')
  const at = named.indexOf('.')
  return `${event} ON ${schema}.${at === -1 ? named : named.slice(at + 1)} ${action}`
}
