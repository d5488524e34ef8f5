import { clauses } from '../sql/clauses.ts'
import { cascadeClause, cascadeLoss, inverseOfDrop } from './cascade.ts'
import { type AtLeastOne, unsaid } from './change.ts'
import type { ColumnType } from './column-definition.ts'
import { type ObjectName, objectName } from './object-name.ts'
import { needsOf, type Operation, operation, statement, unknownBefore } from './operation.ts'
import { type OperatorIdentity, operatorIdentity, operatorName, operatorValue } from './operator-name.ts'
import { inSchema } from './relation.ts'

export type OperatorDefinition = {
  /** What it does: a function of one operand for a prefix operator, of two for another. */
  readonly function: ObjectName
  /** The operator with its operands exchanged. One that is not there is made as a shell, to be filled later. */
  readonly commutator?: ObjectName
  /** The operator that says the opposite; as with `commutator`. */
  readonly negator?: ObjectName
  /** A function that estimates how many rows of a table it finds: `eqsel`. */
  readonly restrict?: ObjectName
  /** A function that estimates how many rows a join by it finds: `eqjoinsel`. */
  readonly join?: ObjectName
  readonly hashes?: boolean
  readonly merges?: boolean
}

export type CreateOperator = OperatorIdentity & OperatorDefinition

type Estimates = {
  /** `null` takes it away. */
  readonly restrict?: ObjectName | null
  readonly join?: ObjectName | null
}

export type AlterOperator = OperatorIdentity &
  AtLeastOne<
    Estimates & {
      /** From PostgreSQL 17 on, for an operator that has none, and for good; so are the next three. */
      readonly commutator?: ObjectName
      readonly negator?: ObjectName
      readonly hashes?: true
      readonly merges?: true
    }
  > & {
    /** The same properties as they were, so that the change can be undone. */
    readonly was?: Estimates
  }

export type DropOperator = OperatorIdentity & {
  /** Drops what uses the operator too: views, indexes, operator classes. */
  readonly cascade?: boolean
  /** What the operator was, so that it can be made again. */
  readonly was?: OperatorDefinition
}

/**
 * Creates an operator: a prefix operator, or one between two operands.
 * https://www.postgresql.org/docs/current/sql-createoperator.html
 */
export const createOperator: Operation<'createOperator', CreateOperator> = operation('createOperator', {
  title: (fields) => `create operator ${title(fields)}`,
  steps: (fields) => [statement(`CREATE OPERATOR ${operatorName(fields)} (${options(fields)})`)],
  inverse: ({ schema, name, left, right, ...was }) => [
    dropOperator({ ...identity({ schema, name, left, right }), was }),
  ],
  locks: () => [],
  examples: [
    {
      given: `CREATE SCHEMA "My App";
        CREATE FUNCTION "My App"."Same"(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2'`,
      fields: {
        schema: 'My App',
        name: '===',
        left: 'integer',
        right: 'integer',
        function: { schema: 'My App', name: 'Same' },
        commutator: { schema: 'My App', name: '===' },
        restrict: { schema: 'pg_catalog', name: 'eqsel' },
        join: 'eqjoinsel',
        hashes: true,
        merges: true,
      },
    },
    { fields: { name: '@#', right: 'integer', function: 'int4abs' } },
    {
      given: 'CREATE OPERATOR <!> (FUNCTION = int4ne, LEFTARG = integer, RIGHTARG = integer)',
      fields: {
        name: '<=>',
        left: 'integer',
        right: 'integer',
        function: 'int4eq',
        negator: '<!>',
        hashes: false,
      },
    },
    {
      fields: { name: '<<<', left: 'integer', right: 'bigint', function: 'int48lt', commutator: '>>>' },
    },
  ],
})

/**
 * Changes the functions that estimate how many rows an operator finds; and says from PostgreSQL 17 on what an operator did
 * not say when it was made.
 * https://www.postgresql.org/docs/current/sql-alteroperator.html
 */
export const alterOperator: Operation<'alterOperator', AlterOperator> = operation('alterOperator', {
  title: (fields) => `alter operator ${title(fields)}`,
  steps: (fields) => [
    statement(`ALTER OPERATOR ${operatorIdentity(fields)} SET (${changedOptions(fields).join(', ')})`),
  ],
  inverse({ schema, name, left, right, restrict, join, was, ...forGood }) {
    if (Object.keys(forGood).length > 0) {
      return {
        irreversible: `PostgreSQL does not take ${Object.keys(forGood).join(', ')} away from an operator again.`,
      }
    }
    const change: Estimates = {
      ...(restrict === undefined ? {} : { restrict }),
      ...(join === undefined ? {} : { join }),
    }
    const missing = unsaid(change, was)
    if (was === undefined || missing.length > 0) {
      return unknownBefore(`the ${missing.join(' and ')} of the operator ${name}`, 'alterOperator')
    }
    return [
      alterOperator({
        ...identity({ schema, name, left, right }),
        ...(was as AtLeastOne<Estimates>),
        was: change,
      }),
    ]
  },
  needs: (fields) =>
    needsOf(
      [fields.commutator, 'ALTER OPERATOR with COMMUTATOR', 17],
      [fields.negator, 'ALTER OPERATOR with NEGATOR', 17],
      [fields.hashes, 'ALTER OPERATOR with HASHES', 17],
      [fields.merges, 'ALTER OPERATOR with MERGES', 17],
    ),
  locks: () => [],
  examples: [
    {
      given: `CREATE SCHEMA "My App";
        CREATE OPERATOR "My App".=== (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer, JOIN = eqjoinsel)`,
      fields: {
        schema: 'My App',
        name: '===',
        left: 'integer',
        right: 'integer',
        restrict: { schema: 'pg_catalog', name: 'eqsel' },
        join: null,
        was: { restrict: null, join: 'eqjoinsel' },
      },
    },
    {
      given: `CREATE FUNCTION no(integer) RETURNS boolean LANGUAGE sql AS 'SELECT false';
        CREATE OPERATOR @# (FUNCTION = no, RIGHTARG = integer)`,
      fields: { name: '@#', right: 'integer', restrict: 'eqsel', was: { restrict: null } },
    },
    {
      given: `CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer);
        CREATE OPERATOR <!> (FUNCTION = int4ne, LEFTARG = integer, RIGHTARG = integer)`,
      fields: {
        name: '===',
        left: 'integer',
        right: 'integer',
        commutator: '===',
        negator: '<!>',
        hashes: true,
        merges: true,
      },
    },
  ],
})

/**
 * Drops an operator; refused by PostgreSQL while something uses it, unless `cascade` takes that along.
 * https://www.postgresql.org/docs/current/sql-dropoperator.html
 */
export const dropOperator: Operation<'dropOperator', DropOperator> = operation('dropOperator', {
  title: (fields) => `drop operator ${title(fields)}`,
  steps: (fields) => [statement(clauses(`DROP OPERATOR ${operatorIdentity(fields)}`, cascadeClause(fields)))],
  inverse: ({ was, cascade, ...named }) =>
    inverseOfDrop(
      { was, cascade },
      { what: `the operator ${title(named)}`, operation: 'dropOperator' },
      (before) => [createOperator({ ...named, ...before })],
    ),
  loses: (fields) => cascadeLoss(fields, `the operator ${title(fields)}`),
  phase: () => 'contract',
  locks: () => [],
  examples: [
    {
      given: 'CREATE OPERATOR @# (FUNCTION = int4abs, RIGHTARG = integer)',
      fields: { name: '@#', right: 'integer', was: { function: 'int4abs' } },
    },
    {
      given: `CREATE SCHEMA "My App"; CREATE OPERATOR "My App".=== (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer);
        CREATE VIEW same AS SELECT 1 OPERATOR("My App".===) 2 AS same`,
      fields: { schema: 'My App', name: '===', left: 'integer', right: 'integer', cascade: true },
      locks: [{ table: 'same', mode: 'AccessExclusive' }],
    },
  ],
})

function title({ name, left, right }: OperatorIdentity): string {
  return left === undefined ? `${name} (${right})` : `${name} (${left}, ${right})`
}

function options({ left, right, ...definition }: CreateOperator): string {
  return [
    `FUNCTION = ${objectName(definition.function)}`,
    ...(left === undefined ? [] : [`LEFTARG = ${left}`]),
    `RIGHTARG = ${right}`,
    ...changedOptions(definition),
  ].join(', ')
}

function changedOptions(change: {
  readonly commutator?: ObjectName
  readonly negator?: ObjectName
  readonly restrict?: ObjectName | null
  readonly join?: ObjectName | null
  readonly hashes?: boolean
  readonly merges?: boolean
}): readonly string[] {
  const { commutator, negator, restrict, join, hashes, merges } = change
  return [
    commutator !== undefined && `COMMUTATOR = ${operatorValue(commutator)}`,
    negator !== undefined && `NEGATOR = ${operatorValue(negator)}`,
    restrict !== undefined && `RESTRICT = ${functionOrNone(restrict)}`,
    join !== undefined && `JOIN = ${functionOrNone(join)}`,
    hashes === true && 'HASHES',
    merges === true && 'MERGES',
  ].filter((option) => option !== false)
}

function functionOrNone(name: ObjectName | null): string {
  return name === null ? 'NONE' : objectName(name)
}

function identity(operator: {
  readonly schema?: string | undefined
  readonly name: string
  readonly left?: ColumnType | undefined
  readonly right: ColumnType
}): OperatorIdentity {
  const { name, left, right } = operator
  return { ...inSchema(operator), name, ...(left === undefined ? {} : { left }), right }
}
