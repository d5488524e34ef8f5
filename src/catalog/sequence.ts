import {
  alterSequence,
  type CreateSequence,
  createSequence,
  isOutside,
  type SequenceChange,
  type SequenceOptions,
} from '../operations/sequence.ts'
import { changedFields } from './change.ts'
import { columnKey, keyOf, relationKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { renamable } from './renaming.ts'
import { made } from './scope.ts'
import { type SequenceRow, sequenceColumns, sequenceOptions, turned } from './sequence-options.ts'

type Sequence = Extract<CreateSequence, { readonly persistence?: 'permanent' | 'unlogged' }>

type Found = SequenceRow & {
  readonly schema: string
  readonly name: string
  readonly unlogged: boolean
  readonly owner_table: string | null
  readonly owner_column: string | null
}

/** Those of identity columns are a part of these. */
const from = `pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i')
    AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
  LEFT JOIN pg_class t ON t.oid = d.refobjid
  LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid`

export const sequence = objectKind<Sequence, Found>({
  kind: 'sequence',
  traces: made('pg_class', "relkind = 'S'"),
  query: ({
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid,
      n.nspname AS schema, c.relname AS name, c.relpersistence = 'u' AS unlogged, ${sequenceColumns('s')},
      t.relname AS owner_table, a.attname AS owner_column
    FROM ${from}
    WHERE ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')} AND d.deptype IS DISTINCT FROM 'i' AND c.relpersistence <> 't'
    ORDER BY n.nspname, c.relname`,
  read: ({ schema, name, unlogged, owner_table, owner_column, ...row }, { inSchema }) => ({
    key: relationKey(schema, name),
    ...(owner_table === null || owner_column === null
      ? {}
      : { goesWith: columnKey(schema, owner_table, owner_column) }),
    reference: { ...inSchema(schema), sequence: name },
    fields: {
      ...inSchema(schema),
      name,
      ...(row.type === 'bigint' ? {} : { as: row.type as NonNullable<SequenceOptions['as']> }),
      ...sequenceOptions(row),
      ...(unlogged ? { persistence: 'unlogged' } : {}),
    },
  }),
  create: (fields) => [createSequence(fields)],
  ...renamable<Sequence>(),
  change(before, after) {
    const [old, now] = [whole(before), whole(after)]
    const { schema: _, name: __, was, ...differing } = changedFields(old, now)
    const changed = {
      ...differing,
      ...turned(old, now),
      ...(isOutside(old.start, now) ? { restart: true } : {}),
      was: { ...was, ...turned(now, old) },
    }
    return [alterSequence({ ...inSchemaOf(after), name: after.name, ...logged(changed) } as never)]
  },
})

/** Every property, said or not. */
function whole(sequence: Sequence) {
  const { minValue = null, maxValue = null, increment = 1 } = sequence
  const start = increment > 0 ? (minValue ?? 1) : (maxValue ?? -1)
  return {
    as: 'bigint',
    cache: 1,
    cycle: false,
    persistence: 'permanent',
    start,
    ...sequence,
    increment,
    minValue,
    maxValue,
  }
}

function inSchemaOf({ schema }: Sequence) {
  return schema === undefined ? {} : { schema }
}

/** ALTER has other words for how a sequence is kept than CREATE. */
function logged({ persistence, was, ...change }: Record<string, unknown>): SequenceChange {
  const word = (of: unknown) => (of === 'unlogged' ? 'unlogged' : 'logged')
  const { persistence: before, ...others } = was as Record<string, unknown>
  return {
    ...change,
    ...(persistence === undefined ? {} : { persistence: word(persistence) }),
    was: { ...others, ...(before === undefined ? {} : { persistence: word(before) }) },
  } as SequenceChange
}

type OwnerFields = {
  readonly schema?: string
  readonly name: string
  readonly ownedBy: NonNullable<SequenceOptions['ownedBy']>
}

/** The column with which a sequence is dropped. It is no part of the sequence here, since that has to be there for the column's default. */
export const sequenceOwner = objectKind<
  OwnerFields,
  Required<Found> & { owner_table: string; owner_column: string }
>({
  kind: 'owner of a sequence',
  traces: made('pg_class', "relkind = 'S'"),
  query: ({
    isOurs,
    ofNoExtension,
  }) => `SELECT n.nspname AS schema, c.relname AS name, t.relname AS owner_table, a.attname AS owner_column
    FROM ${from}
    WHERE ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')} AND d.deptype = 'a' ORDER BY n.nspname, c.relname`,
  read: ({ schema, name, owner_table, owner_column }, { inSchema }) => ({
    key: keyOf('owner of sequence', schema, name),
    // Counted to the table, so that the sequence is made before it.
    parent: columnKey(schema, owner_table, owner_column),
    goesWith: relationKey(schema, name),
    needs: [relationKey(schema, name)],
    fields: { ...inSchema(schema), name, ownedBy: { table: owner_table, column: owner_column } },
  }),
  create: (fields) => [alterSequence({ ...fields, was: { ownedBy: null } })],
  change: (before, after) => [alterSequence({ ...after, was: { ownedBy: before.ownedBy } })],
})
