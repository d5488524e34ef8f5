import { clauses } from '../sql/clauses.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { literal } from '../sql/literal.ts'
import { cascadeClause, cascadeLoss, inverseOfDrop } from './cascade.ts'
import { type AtLeastOne, unsaid } from './change.ts'
import { type Lock, needsOf, type Operation, operation, statement, unknownBefore } from './operation.ts'
import { inSchema, lockOn, tableName } from './relation.ts'

type Named = { readonly schema?: string; readonly name: string }

/** A `bigint` where a number would not be exact. */
export type SequenceNumber = number | bigint

export type SequenceOptions = {
  /** `bigint` if left out. A change of it moves only bounds that are the old type's own. */
  readonly as?: 'smallint' | 'integer' | 'bigint'
  /** Negative for one that counts down. */
  readonly increment?: SequenceNumber
  /** `null` is NO MINVALUE: 1, or for one that counts down the least that its type holds. */
  readonly minValue?: SequenceNumber | null
  /** `null` is NO MAXVALUE: the most that its type holds, or -1 for one that counts down. */
  readonly maxValue?: SequenceNumber | null
  readonly start?: SequenceNumber
  /** How many values a session takes at once; those that it does not use are left out. */
  readonly cache?: SequenceNumber
  readonly cycle?: boolean
  /** The column of a table in the same schema with which the sequence is dropped; `null` for none. */
  readonly ownedBy?: { readonly table: string; readonly column: string } | null
}

export type CreateSequence = SequenceOptions &
  (
    | (Named & {
        /** `unlogged`: not written to the log, and not sent to replicas; from PostgreSQL 15 on. */
        readonly persistence?: 'permanent' | 'unlogged'
      })
    | {
        readonly name: string
        /** A `temporary` sequence is seen by the session that makes it alone, and gone when that ends. */
        readonly persistence: 'temporary'
        readonly schema?: never
      }
  )

export type SequenceChange = SequenceOptions & {
  /** From PostgreSQL 15 on. */
  readonly persistence?: 'logged' | 'unlogged'
}

export type AlterSequence = Named &
  AtLeastOne<
    SequenceChange & {
      /** Where it goes on: `true` for its start. It is no part of the definition, and a downgrade leaves it as it is. */
      readonly restart?: SequenceNumber | true
    }
  > & {
    /** The same properties as they were, so that the change can be undone. */
    readonly was?: SequenceChange
  }

export type DropSequence = Named & {
  /** Drops what uses the sequence too: the defaults of columns. */
  readonly cascade?: boolean
  /** What the sequence was, so that it can be made again. It begins anew. */
  readonly was?: SequenceOptions & { readonly persistence?: 'permanent' | 'unlogged' }
}

/**
 * Creates a sequence. A temporary one has nothing to undo: it goes by itself. With `ownedBy` it takes AccessShare on the table, which keeps nobody waiting.
 * https://www.postgresql.org/docs/current/sql-createsequence.html
 */
export const createSequence: Operation<'createSequence', CreateSequence> = operation('createSequence', {
  title: (fields) => `create sequence ${fields.name}`,
  steps: (fields) => [
    statement(
      clauses(
        'CREATE',
        fields.persistence !== undefined &&
          fields.persistence !== 'permanent' &&
          fields.persistence.toUpperCase(),
        `SEQUENCE ${qualifiedName(fields)}`,
        ...optionClauses(fields, fields.schema),
      ),
    ),
  ],
  inverse({ schema, name, persistence, ...options }) {
    if (persistence === 'temporary') return []
    const was = { ...options, ...(persistence === undefined ? {} : { persistence }) }
    return [dropSequence({ ...inSchema({ schema }), name, was })]
  },
  needs: (fields) => needsOf([fields.persistence === 'unlogged', 'UNLOGGED of a sequence', 15]),
  locks: ownerLocks,
  examples: [
    {
      given: 'CREATE SCHEMA "My App"; CREATE TABLE "My App"."Orders" ("No." integer)',
      fields: {
        schema: 'My App',
        name: 'Order No.',
        as: 'integer',
        increment: 10,
        minValue: 0,
        maxValue: 1000,
        start: 20,
        cache: 5,
        cycle: true,
        ownedBy: { table: 'Orders', column: 'No.' },
      },
    },
    {
      fields: {
        name: 'countdown',
        increment: -1,
        minValue: -9223372036854775808n,
        maxValue: null,
        cycle: false,
        ownedBy: null,
      },
    },
    { fields: { name: 'visits', minValue: null, persistence: 'unlogged' } },
    { fields: { name: 'scratch', persistence: 'temporary', as: 'smallint' } },
  ],
})

/**
 * Changes a sequence. What is not named stays as it is. Where it goes on is set by `restart`.
 * https://www.postgresql.org/docs/current/sql-altersequence.html
 */
export const alterSequence: Operation<'alterSequence', AlterSequence> = operation('alterSequence', {
  title: (fields) => `alter sequence ${fields.name}`,
  steps(fields) {
    const alter = `ALTER SEQUENCE ${qualifiedName(fields)}`
    const options = clauses(...optionClauses(fields, fields.schema), restartClause(fields.restart))
    return [
      ...(options === '' ? [] : [statement(`${alter} ${options}`)]),
      ...(fields.persistence === undefined
        ? []
        : [statement(`${alter} SET ${fields.persistence.toUpperCase()}`)]),
    ]
  },
  inverse({ schema, name, restart: _, was, ...change }) {
    const missing = unsaid(change, was)
    if (missing.length > 0) {
      return unknownBefore(`the ${missing.join(' and ')} of the sequence ${name}`, 'alterSequence')
    }
    if (was === undefined) return []
    const back = was as AtLeastOne<SequenceChange>
    const restarting = isOutside(change.start, was) ? { restart: true as const } : {}
    return [alterSequence({ ...inSchema({ schema }), name, ...back, ...restarting, was: change })]
  },
  needs: (fields) => needsOf([fields.persistence, 'SET LOGGED or UNLOGGED of a sequence', 15]),
  loses: (fields) =>
    fields.restart === undefined ? [] : [`which value of the sequence ${fields.name} was the last`],
  locks: ownerLocks,
  examples: [
    {
      given: 'CREATE TABLE orders (number integer); CREATE SEQUENCE order_number',
      fields: {
        name: 'order_number',
        as: 'integer',
        increment: 10,
        minValue: 10,
        maxValue: 1000,
        start: 20,
        cache: 5,
        cycle: true,
        ownedBy: { table: 'orders', column: 'number' },
        restart: 40,
        was: {
          as: 'bigint',
          increment: 1,
          minValue: null,
          maxValue: null,
          start: 1,
          cache: 1,
          cycle: false,
          ownedBy: null,
        },
      },
    },
    {
      given: `CREATE SCHEMA "My App"; CREATE TABLE "My App"."Orders" (id integer);
        CREATE SEQUENCE "My App"."Order No." MINVALUE 5 CYCLE OWNED BY "My App"."Orders".id`,
      fields: {
        schema: 'My App',
        name: 'Order No.',
        minValue: null,
        cycle: false,
        ownedBy: null,
        was: { minValue: 5, cycle: true, ownedBy: { table: 'Orders', column: 'id' } },
      },
    },
    { given: 'CREATE SEQUENCE visits', fields: { name: 'visits', restart: true } },
    {
      given: 'CREATE SEQUENCE visits',
      fields: { name: 'visits', persistence: 'unlogged', was: { persistence: 'logged' } },
    },
  ],
})

/**
 * Drops a sequence; refused by PostgreSQL while the default of a column uses it, unless `cascade` takes that along, with
 * AccessExclusive on the table.
 * https://www.postgresql.org/docs/current/sql-dropsequence.html
 */
export const dropSequence: Operation<'dropSequence', DropSequence> = operation('dropSequence', {
  title: (fields) => `drop sequence ${fields.name}`,
  steps: (fields) => [statement(clauses(`DROP SEQUENCE ${qualifiedName(fields)}`, cascadeClause(fields)))],
  inverse: ({ was, cascade, ...named }) =>
    inverseOfDrop(
      { was, cascade },
      { what: `the sequence ${named.name}`, operation: 'dropSequence' },
      (before) => [createSequence({ ...named, ...before })],
    ),
  loses: (fields) => [
    `which value of the sequence ${fields.name} was the last`,
    ...cascadeLoss(fields, `the sequence ${fields.name}`),
  ],
  phase: () => 'contract',
  locks: () => [],
  examples: [
    {
      given: 'CREATE SEQUENCE visits AS integer START 5',
      fields: { name: 'visits', was: { as: 'integer', start: 5 } },
    },
    {
      given: `CREATE SCHEMA "My App"; CREATE SEQUENCE "My App"."Order No.";
        CREATE TABLE orders (number bigint DEFAULT nextval('"My App"."Order No."'))`,
      fields: { schema: 'My App', name: 'Order No.', cascade: true },
      locks: [{ table: 'orders', mode: 'AccessExclusive' }],
    },
  ],
})

type Limits = Pick<SequenceOptions, 'increment' | 'minValue' | 'maxValue'>

/** Whether a sequence of this start may not have come as far as new limits yet, so that PostgreSQL would refuse them. */
export function isOutside(
  start: SequenceNumber | undefined,
  { increment = 1, minValue, maxValue }: Limits,
): boolean {
  if (start === undefined) return false
  const least = minValue ?? (minValue === null && increment > 0 ? 1 : start)
  const most = maxValue ?? (maxValue === null && increment < 0 ? -1 : start)
  return start < least || start > most
}

function optionClauses(options: SequenceOptions, schema: string | undefined): readonly (string | false)[] {
  const { as, increment, minValue, maxValue, start, cache, cycle, ownedBy } = options
  return [
    as !== undefined && `AS ${as}`,
    increment !== undefined && `INCREMENT BY ${bare(increment)}`,
    minValue !== undefined && (minValue === null ? 'NO MINVALUE' : `MINVALUE ${bare(minValue)}`),
    maxValue !== undefined && (maxValue === null ? 'NO MAXVALUE' : `MAXVALUE ${bare(maxValue)}`),
    start !== undefined && `START WITH ${bare(start)}`,
    cache !== undefined && `CACHE ${bare(cache)}`,
    cycle !== undefined && (cycle ? 'CYCLE' : 'NO CYCLE'),
    ownedBy !== undefined && `OWNED BY ${ownedBy === null ? 'NONE' : column(ownedBy, schema)}`,
  ]
}

function restartClause(restart: AlterSequence['restart']): string | false {
  if (restart === undefined) return false
  return restart === true ? 'RESTART' : `RESTART WITH ${bare(restart)}`
}

/** Here PostgreSQL takes a number with its sign, and none in parentheses. */
function bare(number: SequenceNumber): string {
  return literal(number).replace(/[()]/g, '')
}

/** PostgreSQL wants the table in the sequence's own schema. */
function column(owner: NonNullable<SequenceOptions['ownedBy']>, schema: string | undefined): string {
  return `${tableName({ ...inSchema({ schema }), table: owner.table })}.${quoteIdentifier(owner.column)}`
}

function ownerLocks(fields: SequenceOptions & { readonly schema?: string }): readonly Lock[] {
  if (fields.ownedBy === undefined || fields.ownedBy === null) return []
  return [lockOn({ ...inSchema(fields), table: fields.ownedBy.table }, 'AccessShare')]
}
