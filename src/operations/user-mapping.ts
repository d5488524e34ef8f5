import { clauses } from '../sql/clauses.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import {
  type ForeignOptionChanges,
  type ForeignOptions,
  foreignOptionChanges,
  foreignOptions,
  undoneOptionChanges,
} from './foreign-options.ts'
import { type Operation, operation, type Statement, statement, unknownBefore } from './operation.ts'

type MappedUser = {
  readonly server: string
  /** A role, or one of PostgreSQL's words for one, in upper case. */
  readonly user: 'PUBLIC' | 'CURRENT_USER' | (string & {})
}

/** The options, among them a password, show in no title, plan, error or ledger; they do stand in the revision. */
export type CreateUserMapping = MappedUser & { readonly options?: ForeignOptions }

export type AlterUserMapping = MappedUser & {
  readonly options: ForeignOptionChanges
  /** What the options that are set or dropped were. */
  readonly was?: ForeignOptions
}

export type DropUserMapping = MappedUser & {
  readonly was?: { readonly options?: ForeignOptions }
}

/**
 * Says as whom a role logs in to a foreign server.
 * https://www.postgresql.org/docs/current/sql-createusermapping.html
 */
export const createUserMapping: Operation<'createUserMapping', CreateUserMapping> = operation(
  'createUserMapping',
  {
    title: (fields) => `create user mapping for ${fields.user} on ${fields.server}`,
    steps: (fields) => [
      secretly(`CREATE ${mapping(fields)}`, {
        said: foreignOptions(fields.options),
        shown: foreignOptions(fields.options && hidden(fields.options)),
      }),
    ],
    inverse: ({ options, ...mapped }) => [
      dropUserMapping({ ...mapped, was: options === undefined ? {} : { options } }),
    ],
    locks: () => [],
    examples: [
      {
        given: 'CREATE FOREIGN DATA WRAPPER far; CREATE SERVER "Other" FOREIGN DATA WRAPPER far',
        fields: { server: 'Other', user: 'CURRENT_USER', options: { user: 'ada', password: "it's" } },
      },
      {
        given: 'CREATE FOREIGN DATA WRAPPER far; CREATE SERVER other FOREIGN DATA WRAPPER far',
        fields: { server: 'other', user: 'PUBLIC' },
      },
      {
        given: 'CREATE FOREIGN DATA WRAPPER far; CREATE SERVER other FOREIGN DATA WRAPPER far',
        fields: { server: 'other', user: 'pg_monitor' },
      },
    ],
  },
)

/**
 * Changes the options of a user mapping.
 * https://www.postgresql.org/docs/current/sql-alterusermapping.html
 */
export const alterUserMapping: Operation<'alterUserMapping', AlterUserMapping> = operation(
  'alterUserMapping',
  {
    title: (fields) => `alter user mapping for ${fields.user} on ${fields.server}`,
    steps({ options, ...mapped }) {
      const { add, set, ...dropped } = options
      const hiddenChanges = {
        ...dropped,
        ...(add === undefined ? {} : { add: hidden(add) }),
        ...(set === undefined ? {} : { set: hidden(set) }),
      }
      const said = { said: foreignOptionChanges(options), shown: foreignOptionChanges(hiddenChanges) }
      return [secretly(`ALTER ${mapping(mapped)}`, said)]
    },
    inverse({ server, user, options, was }) {
      const undone = undoneOptionChanges(options, was)
      if (undone === null) {
        return unknownBefore(`the user mapping for ${user} on ${server}`, 'alterUserMapping')
      }
      return [alterUserMapping({ server, user, options: undone.changes, was: undone.was })]
    },
    locks: () => [],
    examples: [
      {
        given: `CREATE FOREIGN DATA WRAPPER far; CREATE SERVER "Other" FOREIGN DATA WRAPPER far;
          CREATE USER MAPPING FOR PUBLIC SERVER "Other" OPTIONS (user 'ada', password 'old')`,
        fields: {
          server: 'Other',
          user: 'PUBLIC',
          options: { add: { passfile: '/x' }, set: { user: 'bob' }, drop: ['password'] },
          was: { user: 'ada', password: 'old' },
        },
      },
    ],
  },
)

/**
 * Drops a user mapping.
 * https://www.postgresql.org/docs/current/sql-dropusermapping.html
 */
export const dropUserMapping: Operation<'dropUserMapping', DropUserMapping> = operation('dropUserMapping', {
  title: (fields) => `drop user mapping for ${fields.user} on ${fields.server}`,
  steps: (fields) => [statement(`DROP ${mapping(fields)}`)],
  inverse({ was, ...mapped }) {
    if (was === undefined) {
      return unknownBefore(`the user mapping for ${mapped.user} on ${mapped.server}`, 'dropUserMapping')
    }
    return [createUserMapping({ ...mapped, ...was })]
  },
  phase: () => 'contract',
  locks: () => [],
  examples: [
    {
      given: `CREATE FOREIGN DATA WRAPPER far; CREATE SERVER "Other" FOREIGN DATA WRAPPER far;
        CREATE USER MAPPING FOR pg_monitor SERVER "Other" OPTIONS (user 'ada')`,
      fields: { server: 'Other', user: 'pg_monitor', was: { options: { user: 'ada' } } },
    },
  ],
})

function mapping({ server, user }: MappedUser): string {
  const words = ['PUBLIC', 'CURRENT_USER', 'SESSION_USER', 'USER']
  return `USER MAPPING FOR ${words.includes(user) ? user : quoteIdentifier(user)} SERVER ${quoteIdentifier(server)}`
}

/** A password is nobody's business who sees the statement; which options there are is no secret. */
function secretly(
  text: string,
  { said, shown }: { readonly said: string; readonly shown: string },
): Statement {
  return { ...statement(clauses(text, said)), shown: clauses(text, shown) }
}

function hidden(options: ForeignOptions): ForeignOptions {
  return Object.fromEntries(Object.keys(options).map((name) => [name, '********']))
}
