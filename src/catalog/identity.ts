import { alterColumn } from '../operations/alter-column.ts'
import { addColumn } from '../operations/column.ts'
import type { Column } from '../operations/column-definition.ts'
import { execute } from '../operations/execute.ts'
import type { Identity, IdentityChange } from '../operations/identity.ts'
import { type Directive, isOf, withFields } from '../operations/operation.ts'
import { inSchema } from '../operations/relation.ts'
import { renameObject } from '../operations/rename.ts'
import { isOutside } from '../operations/sequence.ts'
import { createTable } from '../operations/table.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { changedFields } from './change.ts'
import { columnKey, keyOf, relationKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { made } from './scope.ts'
import { type SequenceRow, sequenceColumns, sequenceOptions, turned } from './sequence-options.ts'

type ColumnIdentity = {
  readonly schema?: string
  readonly table: string
  readonly name: string
  readonly identity: Identity
  /** It is made after its column, since its table has children, which get the column alone, or has rows that are kept whole elsewhere. */
  readonly afterColumn?: true
}

type Found = SequenceRow & {
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly identity: 'a' | 'd'
  readonly sequence: string
  readonly derived: boolean
  readonly after_column: boolean
}

/** GENERATED … AS IDENTITY of a column, with its sequence. It wants the column to be NOT NULL before. */
export const identity = objectKind<ColumnIdentity, Found>({
  kind: 'identity',
  traces: made('pg_class', "relkind = 'S'"),
  query: ({
    isOurs,
    ofNoExtension,
  }) => `SELECT n.nspname AS schema, c.relname AS table, a.attname AS name, a.attidentity::text AS identity,
      sc.relname AS sequence, ${sequenceColumns('s')}, c.relispartition AS derived,
      c.relkind = 'r' AND EXISTS (SELECT FROM pg_inherits WHERE inhparent = c.oid)
        OR EXISTS (SELECT FROM pg_depend WHERE refclassid = 'pg_type'::regclass AND refobjid = c.reltype AND classid = 'pg_class'::regclass) AS after_column
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = a.attrelid
      AND d.refobjsubid = a.attnum AND d.deptype = 'i' AND d.classid = 'pg_class'::regclass
    JOIN pg_sequence s ON s.seqrelid = d.objid JOIN pg_class sc ON sc.oid = s.seqrelid
    WHERE a.attidentity <> '' AND c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
      AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')}
    ORDER BY n.nspname, c.relname, a.attnum`,
  read: (
    { schema, table, name, identity: letter, sequence, derived, after_column, ...options },
    { inSchema },
  ) => ({
    key: keyOf('identity', schema, table, name),
    parent: columnKey(schema, table, name),
    needs: [keyOf('not null', schema, table, name)],
    ...(derived ? { derived: true } : {}),
    excludes: [relationKey(schema, sequence), keyOf('default', schema, table, name)],
    fields: {
      ...inSchema(schema),
      table,
      name,
      identity: shortest({
        generated: letter === 'a' ? 'always' : 'by default',
        ...sequenceOptions(options),
        ...(sequence === `${table}_${name}_seq` ? {} : { sequence }),
      }),
      ...(after_column ? { afterColumn: true } : {}),
    },
  }),
  create({ afterColumn: _, ...fields }, { ofNew }) {
    const made = alterColumn({ ...fields, was: { identity: null } })
    return ofNew ? [made] : [made, goOn(fields)]
  },
  change({ identity: before }, { identity: after, afterColumn: _, ...column }) {
    const [{ sequence: old, ...was }, { sequence, ...now }] = [whole(before), whole(after)]
    const { schema, table, name } = column
    const usual = `${table}_${name}_seq`
    const renamed =
      old === sequence
        ? []
        : [
            renameObject({
              object: { ...inSchema({ schema }), sequence: old ?? usual },
              to: sequence ?? usual,
            }),
          ]
    const { was: changedFrom, ...changed } = changedFields(was, now)
    if (Object.keys(changed).length === 0) return renamed
    return [
      ...renamed,
      alterColumn({
        ...column,
        identity: {
          ...changed,
          ...turned(was, now),
          ...(isOutside(was.start, now) ? { restart: true } : {}),
        } as IdentityChange,
        was: {
          identity: {
            ...changedFrom,
            ...turned(now, was),
            ...(isOutside(now.start, was) ? { restart: true } : {}),
          } as IdentityChange,
        },
      }),
    ]
  },
  bearsChange: true,
  fold(into, { name, identity: value, afterColumn }) {
    if (isOf(addColumn, into))
      return into.column.name === name && afterColumn !== true
        ? withFields(into, { column: identified(into.column, value) })
        : null
    if (!isOf(createTable, into) || into.columns?.some((one) => one.name === name) !== true) return null
    return withFields(into, {
      columns: into.columns.map((one) => (one.name === name ? identified(one as Column, value) : one)),
    } as Partial<typeof into>)
  },
})

/** A sequence begins at its start, and in a column that is there these values are taken: it goes on behind the last of them. */
function goOn({ schema, table, name, identity: value }: ColumnIdentity): Directive {
  const [of, column] = [qualifiedName({ schema, name: table }), quoteIdentifier(name)]
  const last = `${whole(value).increment > 0 ? 'max' : 'min'}(${column})`
  return execute({
    sql: `SELECT setval(pg_get_serial_sequence(${quoteLiteral(of)}, ${quoteLiteral(name)}), ${last}) FROM ${of} HAVING ${last} IS NOT NULL`,
    inverse: null,
  })
}

function identified({ notNull: _, ...column }: Column, value: Identity): Column {
  return { ...column, identity: value }
}

function shortest(identity: Exclude<Identity, string>): Identity {
  return Object.keys(identity).length === 1 ? identity.generated : identity
}

/** Every property, said or not. */
function whole(identity: Identity) {
  const said = typeof identity === 'string' ? { generated: identity } : identity
  const { increment = 1, minValue = null, maxValue = null } = said
  const start = increment > 0 ? (minValue ?? 1) : (maxValue ?? -1)
  return { cache: 1, cycle: false, start, sequence: undefined, ...said, increment, minValue, maxValue }
}
