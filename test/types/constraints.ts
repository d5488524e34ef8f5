import {
  alterConstraint,
  createCheckConstraint,
  createForeignKey,
  createPrimaryKey,
  createTable,
  createUniqueConstraint,
} from '../../src/operations/registry.ts'

/** Never called: what compiles and what must not is said to the type checker. */
export function constraints() {
  const named = { table: 't', name: 'k' }
  const expression = { sql: ['a > 0'], values: [] }
  const columns = ['a']
  const references = { table: 'p' }
  const key = { ...named, columns, references }

  createUniqueConstraint({ ...named, columns, withoutOverlaps: 'during' })
  createUniqueConstraint({ ...named, usingIndex: 'i', deferrable: true })
  createPrimaryKey({ ...named, columns, concurrently: true, with: { fillfactor: 70 } })
  createTable({
    name: 't',
    columns: [],
    constraints: [{ notNull: { column: 'a' } }, { check: { expression } }],
  })
  // @ts-expect-error the columns are those of the index
  createUniqueConstraint({ ...named, usingIndex: 'i', columns })
  // @ts-expect-error the index is there already
  createUniqueConstraint({ ...named, usingIndex: 'i', concurrently: true })
  // @ts-expect-error a constraint has columns or an index
  createPrimaryKey({ ...named, deferrable: true })
  // @ts-expect-error only a unique index is built concurrently, and this one excludes
  createPrimaryKey({ ...named, columns, withoutOverlaps: 'during', concurrently: true })
  // @ts-expect-error a table that is made has no index to take over
  createTable({ name: 't', columns: [], constraints: [{ unique: { usingIndex: 'i' } }] })

  createForeignKey({ ...key, onDelete: 'CASCADE', validation: 'now' })
  createForeignKey({ ...named, columns, period: 'during', references })
  createForeignKey({ ...key, onDelete: { action: 'SET NULL', columns } })
  // @ts-expect-error a cascade has no columns
  createForeignKey({ ...key, onDelete: { action: 'CASCADE', columns } })
  // @ts-expect-error only ON DELETE sets some columns
  createForeignKey({ ...key, onUpdate: { action: 'SET NULL', columns } })
  // @ts-expect-error a period is referenced by a period
  createForeignKey({ ...named, columns, references: { table: 'p', columns, period: 'during' } })
  // @ts-expect-error a period references a period
  createForeignKey({ ...named, columns, period: 'during', references: { table: 'p', columns } })
  // @ts-expect-error of a period PostgreSQL knows no action
  createForeignKey({ ...named, columns, period: 'during', references, onDelete: 'CASCADE' })
  // @ts-expect-error what is not enforced is not validated
  createForeignKey({ ...key, enforced: false, validation: 'later' })
  // @ts-expect-error what is not enforced is not validated
  createCheckConstraint({ ...named, expression, enforced: false, validation: 'never' })

  alterConstraint({ ...named, initiallyDeferred: true, enforced: true })
  alterConstraint({ ...named, inherit: true, was: { inherit: false } })
  // @ts-expect-error PostgreSQL would make it not deferrable
  alterConstraint({ ...named, initiallyDeferred: false })
  // @ts-expect-error nothing changes
  alterConstraint(named)
  // @ts-expect-error what is not deferrable is not deferred
  alterConstraint({ ...named, deferrable: false, initiallyDeferred: true })
  // @ts-expect-error a foreign key is not inherited
  alterConstraint({ ...named, enforced: true, inherit: true })
}
