import { definitionOf, entityOf, type Family } from './entity.ts'

/** `PGPolicy(schema, signature, definition, on_entity)`. */
export const policyFamily: Family = {
  name: 'PGPolicy',
  read(called) {
    const { signature, definition } = definitionOf(called)
    const table = entityOf(called, 3)
    const create = `CREATE POLICY ${signature} on ${table} ${definition}`
    return {
      create,
      drop: (cascade) => `DROP POLICY ${signature} on ${table} ${cascade}`,
      replace: [`DROP POLICY IF EXISTS ${signature} on ${table};`, `${create};`],
    }
  },
}
