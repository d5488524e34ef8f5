import { alterColumn, createTable } from '../../src/operations/registry.ts'

/** Never called: what compiles and what must not is said to the type checker. */
export function tables() {
  const bound = { in: [1] }
  const columns = [{ name: 'a', type: 'text' }]
  const [name, table] = ['t', 'p']

  createTable({ name, columns })
  createTable({
    name,
    columns,
    like: [{ table }],
    inherits: [{ table }],
    persistence: 'unlogged',
    schema: 's',
  })
  createTable({ name, partitionOf: { table, bound } })
  createTable({ name, partitionOf: { table, bound: 'default' }, columns: [{ name: 'a', notNull: true }] })
  createTable({ name, ofType: { name: 'pair' } })
  createTable({ name, columns, persistence: 'temporary', onCommit: 'drop' })

  // @ts-expect-error a table of its own has columns, if only none
  createTable({ name })
  // @ts-expect-error a partition has its columns from one parent
  createTable({ name, partitionOf: { table, bound }, inherits: [{ table }] })
  // @ts-expect-error a partition copies no other table
  createTable({ name, partitionOf: { table, bound }, like: [{ table }] })
  // @ts-expect-error a typed table is no partition
  createTable({ name, ofType: { name: 'pair' }, partitionOf: { table, bound } })
  // @ts-expect-error a temporary table is in no schema of its own choice
  createTable({ name, columns, persistence: 'temporary', schema: 's' })
  // @ts-expect-error only a temporary table does something at the end of a transaction
  createTable({ name, columns, onCommit: 'drop' })
  // @ts-expect-error a bound is of one strategy
  createTable({ name, partitionOf: { table, bound: { from: [1] } } })

  alterColumn({ table, name, type: 'text', collation: 'C', using: { sql: ['a'], values: [] } })
  alterColumn({ table, name, identity: null, was: { identity: 'always' } })
  // @ts-expect-error a collation is given with the type
  alterColumn({ table, name, collation: 'C' })
  // @ts-expect-error USING is how a type is reached
  alterColumn({ table, name, using: { sql: ['a'], values: [] } })
}
