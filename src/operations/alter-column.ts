import { isDeepStrictEqual } from 'node:util'
import { derivedName, quoteIdentifier } from '../sql/identifier.ts'
import { rawSql } from '../sql/tag.ts'
import {
  alterationActions,
  alterationLock,
  alterationNeeds,
  alterationWarnings,
  type ColumnAlteration,
  type NamedAlteration,
  undoneAlteration,
} from './column-alteration.ts'
import { contractColumn } from './contract.ts'
import { expandColumn } from './expand.ts'
import type { Expansion } from './expansion.ts'
import {
  type Halves,
  type Irreversible,
  type Operation,
  operation,
  statement,
  unknownBefore,
} from './operation.ts'
import { phaseOfColumns, phaseOfSeveral } from './phase.ts'
import { inSchema, lockOn, type TableReference, tableName } from './relation.ts'
import { lossOfType } from './type-loss.ts'

export type AlterColumn = TableReference & { readonly name: string } & ColumnAlteration
export type AlterColumns = TableReference & { readonly columns: readonly NamedAlteration[] }

/**
 * Changes a column: type, default, identity, generation, how it is stored, what ANALYZE keeps. Takes AccessExclusive,
 * or ShareUpdateExclusive for `statistics` and `options` alone. A new type rewrites the table and its indexes unless
 * PostgreSQL knows that the stored values stay as they are (a longer varchar, varchar to text, a wider numeric).
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const alterColumn: Operation<'alterColumn', AlterColumn> = operation('alterColumn', {
  title: (fields) => `alter column ${fields.table}.${fields.name}`,
  steps: (fields) => [
    statement(`ALTER TABLE ${tableName(fields)} ${alterationActions(split(fields).change).join(', ')}`),
  ],
  inverse(fields) {
    const { table, change } = split(fields)
    const undone = undoneAlteration(change)
    if ('missing' in undone) return unknownProperties(table, change, undone.missing, 'alterColumn')
    return [alterColumn({ ...table, ...undone })]
  },
  needs: alterationNeeds,
  rewrites: (fields) => alterationWarnings(fields.table, split(fields).change),
  loses: (fields) => lossOfType(fields.table, split(fields).change),
  joins(earlier, later) {
    const [{ table, change: first }, { table: other, change: second }] = [split(earlier), split(later)]
    if (!isDeepStrictEqual(table, other) || first.name !== second.name) return null
    // PostgreSQL looks at the type that there was before it makes an identity.
    if (first.type !== undefined && second.identity !== undefined) return null
    // Nor does it forget first that there is one.
    if (first.identity === null && second.type !== undefined) return null
    // Nor does it cast the values of a column that is generated until then.
    if (first.generated !== undefined && second.using !== undefined) return null
    const was = { ...second.was, ...first.was }
    return { ...table, ...first, ...second, ...(Object.keys(was).length === 0 ? {} : { was }) }
  },
  halves(fields) {
    const { schema, table, name, type, collation, using, generated, was } = fields
    if (type === undefined || generated !== undefined) return null
    const to = { name: derivedName(name, 'new'), type, ...(collation == null ? {} : { collation }) }
    const of = { ...inSchema({ schema }), table, from: name }
    if (using === undefined) return halvesOf({ ...of, to }, name)
    // There is always a way back by the value's text.
    if (was?.type === undefined) return null
    const back = rawSql(`${quoteIdentifier(to.name)}::text::${was.type}`)
    return halvesOf({ ...of, to: { ...to, up: using }, down: { [name]: back }, carry: true }, name)
  },
  phase: (fields, isNew) => (isNarrowed(fields) ? phaseOfColumns(fields, [fields.name], isNew) : 'expand'),
  locks: (fields) => [lockOn(fields, alterationLock(split(fields).change))],
  examples: [
    {
      given: "CREATE TABLE users (id bigint, name varchar(50) DEFAULT 'x')",
      fields: {
        table: 'users',
        name: 'name',
        type: 'text',
        default: 'nobody',
        was: { type: 'varchar(50)', default: 'x' },
      },
    },
    {
      given: "CREATE TABLE users (age text DEFAULT 'none'); INSERT INTO users VALUES ('7'), ('none')",
      fields: {
        table: 'users',
        name: 'age',
        type: 'integer',
        using: { sql: ["nullif(age, 'none')::integer"], values: [] },
        default: 0,
        was: { type: 'text', using: { sql: ["coalesce(age::text, 'none')"], values: [] }, default: 'none' },
      },
    },
    {
      given: 'CREATE TABLE users (seen timestamptz DEFAULT now())',
      fields: {
        table: 'users',
        name: 'seen',
        default: null,
        was: { default: { sql: ['now()'], values: [] } },
      },
    },
    {
      given: 'CREATE TABLE users (id bigint NOT NULL)',
      fields: {
        table: 'users',
        name: 'id',
        identity: { generated: 'by default', start: 1000 },
        was: { identity: null },
      },
    },
    {
      given: 'CREATE TABLE users (id bigint GENERATED BY DEFAULT AS IDENTITY)',
      fields: {
        table: 'users',
        name: 'id',
        identity: { generated: 'always', increment: 10, cache: 50, restart: 2000 },
        was: { identity: { generated: 'by default', increment: 1, cache: 1 } },
      },
    },
    {
      given: 'CREATE TABLE users (name text)',
      fields: {
        table: 'users',
        name: 'name',
        statistics: 1000,
        options: { n_distinct: -0.2 },
        was: { statistics: -1, options: { n_distinct: null } },
      },
    },
  ],
})

/**
 * Changes several columns in one ALTER TABLE: one lock, and one rewrite where each by itself would be one; see
 * `alterColumn`.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const alterColumns: Operation<'alterColumns', AlterColumns> = operation('alterColumns', {
  title: (fields) => `alter columns ${fields.columns.map(({ name }) => name).join(', ')} of ${fields.table}`,
  steps: (fields) => [
    statement(`ALTER TABLE ${tableName(fields)} ${fields.columns.flatMap(alterationActions).join(', ')}`),
  ],
  inverse({ columns, ...table }) {
    const undone: NamedAlteration[] = []
    for (const change of columns) {
      const back = undoneAlteration(change)
      if ('missing' in back) return unknownProperties(table, change, back.missing, 'alterColumns')
      undone.push(back)
    }
    return [alterColumns({ ...table, columns: undone })]
  },
  needs: (fields) => fields.columns.flatMap(alterationNeeds),
  rewrites: (fields) => fields.columns.flatMap((change) => alterationWarnings(fields.table, change)),
  loses: (fields) => fields.columns.flatMap((change) => lossOfType(fields.table, change)),
  phase: (fields, isNew) =>
    phaseOfSeveral(
      fields.columns.filter(isNarrowed).map(({ name }) => phaseOfColumns(fields, [name], isNew)),
    ),
  locks: (fields) => fields.columns.map((change) => lockOn(fields, alterationLock(change))),
  examples: [
    {
      given: 'CREATE TABLE orders (id integer, total integer, note text); INSERT INTO orders VALUES (1, 2)',
      fields: {
        table: 'orders',
        columns: [
          { name: 'id', type: 'bigint', was: { type: 'integer' } },
          { name: 'total', type: 'numeric(12,2)', default: 0, was: { type: 'integer', default: null } },
          { name: 'note', storage: 'external', was: { storage: 'extended' } },
        ],
      },
    },
  ],
})

/** A column beside the old one, which takes its name in the end. */
function halvesOf(expansion: Expansion, as: string): Halves {
  return { expand: expandColumn(expansion), contract: contractColumn({ ...expansion, as }) }
}

/** Values of another type, or none where PostgreSQL has given one. */
function isNarrowed({ type, default: value, identity, generated }: NamedAlteration): boolean {
  return type !== undefined || value === null || identity === null || generated !== undefined
}

function split({ schema, table, ...change }: AlterColumn): {
  table: TableReference
  change: NamedAlteration
} {
  return { table: { ...inSchema({ schema }), table }, change }
}

function unknownProperties(
  { table }: TableReference,
  { name, generated }: NamedAlteration,
  missing: readonly string[],
  operationName: string,
): Irreversible {
  if (generated === null)
    return { irreversible: `The column ${table}.${name} cannot become a generated one again.` }
  return unknownBefore(`the ${missing.join(' and ')} of ${table}.${name}`, operationName)
}
