import { clauses } from '../sql/clauses.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { type AtLeastOne, unsaid } from './change.ts'
import type { ColumnType } from './column-definition.ts'
import { type Need, needsOf, type Operation, operation, statement, unknownBefore } from './operation.ts'
import {
  type AtomicBody,
  addsDefault,
  bodyClause,
  bodyNeeds,
  creating,
  type FunctionArgument,
  languageClause,
  parameterClause,
  type RoutineIdentity,
  routineIdentity,
  type SettingChanges,
  type Settings,
  settingClauses,
  signature,
  type TextBody,
  transformClause,
} from './routine-definition.ts'

/** Everything about a procedure but its name and parameters. */
export type ProcedureDefinition = (TextBody | AtomicBody) & {
  /** The types that are converted by a transform, as in TRANSFORM FOR TYPE. */
  readonly transform?: readonly ColumnType[]
  /** SECURITY DEFINER: set `search_path` too, or a caller can slip in objects of their own. It may not COMMIT. */
  readonly securityDefiner?: boolean
  /** One that has settings may not COMMIT. */
  readonly set?: Settings
}

export type CreateProcedure = {
  readonly schema?: string
  readonly name: string
  /** Those that are `out` need PostgreSQL 14. */
  readonly arguments?: readonly FunctionArgument[]
} & ProcedureDefinition

export type DropProcedure = RoutineIdentity & {
  /** Takes along what depends on it. */
  readonly cascade?: boolean
  /** What the procedure was, so that it can be made again. */
  readonly was?: ProcedureDefinition
}

export type ReplaceProcedure = CreateProcedure & {
  /** What the procedure was; its `arguments` too, where their defaults change. */
  readonly was?: ProcedureDefinition & { readonly arguments?: readonly FunctionArgument[] }
}

export type ProcedureChange = { readonly securityDefiner?: boolean; readonly set?: SettingChanges }

export type AlterProcedure = RoutineIdentity &
  AtLeastOne<ProcedureChange> & {
    /** The same properties as they were, so that the change can be undone. */
    readonly was?: AtLeastOne<ProcedureChange>
  }

/**
 * Creates a procedure, for CALL. Locks nothing but what the body of an SQL procedure names.
 * https://www.postgresql.org/docs/current/sql-createprocedure.html
 */
export const createProcedure: Operation<'createProcedure', CreateProcedure> = operation('createProcedure', {
  title: (fields) => `create procedure ${fields.name}`,
  steps: (fields) => [statement(creating(fields, `CREATE ${procedureDefinition(fields)}`))],
  // Without its parameters, one of several of the same name would not be meant.
  inverse: ({ schema, name, arguments: parameters = [], ...was }: CreateProcedure) => [
    dropProcedure({ ...routineIdentity({ schema, name, arguments: parameters }), was }),
  ],
  needs: procedureNeeds,
  locks: () => [],
  examples: [
    {
      given: 'CREATE TABLE users (id bigint, gone boolean)',
      fields: {
        name: 'purge',
        arguments: [
          { name: 'before', type: 'bigint', default: 100 },
          { mode: 'inout', name: 'count', type: 'bigint', default: 0 },
        ],
        language: 'plpgsql',
        body: 'BEGIN DELETE FROM users WHERE gone AND id < before; GET DIAGNOSTICS count = ROW_COUNT; END',
      },
    },
    {
      fields: { name: 'sweep', language: 'sql', unchecked: true, body: 'DELETE FROM users' },
    },
    {
      given: 'CREATE SCHEMA "My App"; CREATE TABLE users (id bigint)',
      fields: {
        schema: 'My App',
        name: 'The "purge"',
        arguments: [{ mode: 'variadic', name: 'ids', type: 'bigint[]' }],
        language: 'sql',
        securityDefiner: true,
        set: { search_path: ['public', 'pg_temp'] },
        body: 'DELETE FROM users WHERE id = ANY (ids)',
      },
      locks: [{ table: 'users', mode: 'RowExclusive' }],
    },
    {
      given: 'CREATE TABLE users (id bigint)',
      fields: {
        name: 'add_user',
        arguments: [
          { name: 'id', type: 'bigint' },
          { mode: 'out', name: 'added', type: 'bigint' },
        ],
        atomicBody: [{ sql: ['INSERT INTO users VALUES (add_user.id) RETURNING id'], values: [] }],
      },
      locks: [{ table: 'users', mode: 'RowExclusive' }],
    },
  ],
})

/**
 * Drops a procedure; refused by PostgreSQL while something depends on it, unless `cascade` says that it goes too.
 * https://www.postgresql.org/docs/current/sql-dropprocedure.html
 */
export const dropProcedure: Operation<'dropProcedure', DropProcedure> = operation('dropProcedure', {
  title: (fields) => `drop procedure ${fields.name}`,
  steps: (fields) => [
    statement(
      clauses(
        `DROP PROCEDURE ${qualifiedName(fields)}${signature(fields.arguments)}`,
        fields.cascade === true && 'CASCADE',
      ),
    ),
  ],
  inverse({ was, cascade, ...identity }) {
    const what = `the procedure ${identity.name}`
    if (cascade === true) return { irreversible: `What depended on ${what} is not known.` }
    if (was === undefined) return unknownBefore(what, 'dropProcedure')
    return [createProcedure({ ...identity, ...was })]
  },
  needs: (fields) => outNeeds(fields.arguments),
  loses: (fields) => (fields.cascade === true ? [`everything that uses the procedure ${fields.name}`] : []),
  phase: () => 'contract',
  locks: () => [],
  examples: [
    {
      given: `CREATE PROCEDURE nothing() LANGUAGE sql AS ''`,
      fields: { name: 'nothing', was: { language: 'sql', body: '' } },
    },
    {
      given: `CREATE PROCEDURE nothing() LANGUAGE sql AS ''`,
      fields: { name: 'nothing', arguments: [], cascade: true },
    },
  ],
})

/**
 * Gives a procedure a new definition; its owner and privileges stay. Name and parameters stay the same too, but for
 * defaults that are changed or added.
 * https://www.postgresql.org/docs/current/sql-createprocedure.html
 */
export const replaceProcedure: Operation<'replaceProcedure', ReplaceProcedure> = operation(
  'replaceProcedure',
  {
    title: (fields) => `replace procedure ${fields.name}`,
    steps: ({ was: _, ...fields }: ReplaceProcedure) => [
      statement(creating(fields, `CREATE OR REPLACE ${procedureDefinition(fields)}`)),
    ],
    inverse({ schema, name, arguments: parameters, was, ...now }: ReplaceProcedure) {
      if (was === undefined) return unknownBefore(`the procedure ${name}`, 'replaceProcedure')
      if (addsDefault(parameters, was.arguments)) {
        return { irreversible: `PostgreSQL takes no default away from a parameter of the procedure ${name}.` }
      }
      const identity = routineIdentity({ schema, name, arguments: parameters })
      const changed = was.arguments !== undefined && parameters !== undefined
      return [
        replaceProcedure({ ...identity, ...was, was: changed ? { ...now, arguments: parameters } : now }),
      ]
    },
    needs: procedureNeeds,
    locks: () => [],
    examples: [
      {
        given: `CREATE PROCEDURE purge(older integer DEFAULT 1) LANGUAGE sql AS 'SELECT 1'`,
        fields: {
          name: 'purge',
          arguments: [{ name: 'older', type: 'integer', default: 2 }],
          language: 'plpgsql',
          body: 'BEGIN END',
          was: {
            arguments: [{ name: 'older', type: 'integer', default: 1 }],
            language: 'sql',
            body: 'SELECT 1',
          },
        },
      },
    ],
  },
)

/**
 * Changes what is said of a procedure; its body stays. What is not named stays as it is.
 * https://www.postgresql.org/docs/current/sql-alterprocedure.html
 */
export const alterProcedure: Operation<'alterProcedure', AlterProcedure> = operation('alterProcedure', {
  title: (fields) => `alter procedure ${fields.name}`,
  steps: (fields) => [
    statement(
      clauses(
        `ALTER PROCEDURE ${qualifiedName(fields)}${signature(fields.arguments)}`,
        securityClause(fields.securityDefiner),
        ...settingClauses(fields.set),
      ),
    ),
  ],
  inverse({ schema, name, arguments: parameters, was, ...change }: AlterProcedure) {
    const missing = unsaid(change, was, { set: 1 })
    if (was === undefined || missing.length > 0) {
      return unknownBefore(`the ${missing.join(' and ')} of the procedure ${name}`, 'alterProcedure')
    }
    return [
      alterProcedure({
        ...routineIdentity({ schema, name, arguments: parameters }),
        ...was,
        was: change,
      }),
    ]
  },
  needs: (fields) => outNeeds(fields.arguments),
  locks: () => [],
  examples: [
    {
      given: `CREATE PROCEDURE purge() LANGUAGE sql SET work_mem TO '1MB' AS ''`,
      fields: {
        name: 'purge',
        securityDefiner: true,
        set: { work_mem: null, search_path: 'public' },
        was: { securityDefiner: false, set: { work_mem: '1MB', search_path: null } },
      },
    },
  ],
})

function procedureDefinition(fields: CreateProcedure): string {
  return clauses(
    `PROCEDURE ${qualifiedName(fields)}${parameterClause(fields.arguments)}`,
    languageClause(fields),
    transformClause(fields.transform),
    securityClause(fields.securityDefiner),
    ...settingClauses(fields.set),
    bodyClause(fields),
  )
}

function securityClause(definer: boolean | undefined): string | false {
  return definer !== undefined && `SECURITY ${definer ? 'DEFINER' : 'INVOKER'}`
}

function procedureNeeds(fields: CreateProcedure): readonly Need[] {
  return [...outNeeds(fields.arguments), ...bodyNeeds(fields)]
}

function outNeeds(parameters: readonly FunctionArgument[] = []): readonly Need[] {
  return needsOf([parameters.some(({ mode }) => mode === 'out'), 'an OUT parameter of a procedure', 14])
}
