import { clauses } from '../sql/clauses.ts'
import { columnList, quoteIdentifier } from '../sql/identifier.ts'
import { type ObjectOf, objectSql, objectTitle } from './object-reference.ts'
import { type Need, needsOf } from './operation.ts'
import { inSchema } from './relation.ts'

type OfColumns<Privilege extends string> = Privilege extends string
  ? { readonly [privilege in Privilege]: readonly string[] }
  : never

/** Those that are in the schema when it runs, and none that come later: `{ all: 'tables', inSchema: 'app' }`. */
type AllIn<Kind extends string> = { readonly all: Kind; readonly inSchema: string }

/** On a table, a view, a materialized view or a foreign table; `maintain` from PostgreSQL 17 on. */
export type TablePrivilege =
  | 'select'
  | 'insert'
  | 'update'
  | 'delete'
  | 'truncate'
  | 'references'
  | 'trigger'
  | 'maintain'

/** On some columns of a table: `{ update: ['email'] }`. */
export type ColumnPrivilege = OfColumns<'select' | 'insert' | 'update' | 'references' | 'all'>

/** Privileges on an object of a kind that has these. */
export type PrivilegesOn<Target, Privilege> = {
  readonly on: Target
  readonly privileges: 'all' | readonly Privilege[]
  /** Which of these privileges the roles had before. */
  readonly was?: {
    readonly privileges: 'all' | readonly Privilege[]
    readonly withGrantOption?: boolean
  }
}

/** Which privileges, on what: each kind of object has its own. */
export type ObjectPrivileges =
  | PrivilegesOn<
      ObjectOf<'table' | 'view' | 'materializedView' | 'foreignTable'>,
      TablePrivilege | ColumnPrivilege
    >
  | PrivilegesOn<AllIn<'tables'>, TablePrivilege>
  | PrivilegesOn<ObjectOf<'sequence'> | AllIn<'sequences'>, 'usage' | 'select' | 'update'>
  | PrivilegesOn<
      ObjectOf<'function' | 'procedure' | 'routine'> | AllIn<'functions' | 'procedures' | 'routines'>,
      'execute'
    >
  | PrivilegesOn<ObjectOf<'type' | 'domain' | 'language' | 'foreignDataWrapper' | 'server'>, 'usage'>
  | PrivilegesOn<ObjectOf<'schema'>, 'usage' | 'create'>
  | PrivilegesOn<ObjectOf<'database'>, 'create' | 'connect' | 'temporary'>
  | PrivilegesOn<ObjectOf<'tablespace'>, 'create'>
  | PrivilegesOn<ObjectOf<'largeObject'>, 'select' | 'update'>
  /** A setting of the server: `{ parameter: 'log_statement' }`, from PostgreSQL 15 on. */
  | PrivilegesOn<{ readonly parameter: string }, 'set' | 'alter system'>

type Target = ObjectPrivileges['on']
type What = Pick<ObjectPrivileges, 'privileges' | 'on'>

/** `SELECT, UPDATE ("email") ON TABLE "users"`. */
export function privilegesSql({ privileges, on }: What): string {
  return `${privilegeList(privileges)} ON ${targetSql(on)}`
}

/** `select, update (email) on table users`. */
export function privilegesTitle({ privileges, on }: What): string {
  const words = privilegeWords(privileges).map(({ word, columns }) =>
    columns === undefined ? word : `${word} (${columns.join(', ')})`,
  )
  return `${words.join(', ')} on ${targetTitle(on)}`
}

/** Whether the privileges are named one by one, on one object: then they are what a role had of them before, or got. */
export function areNamed({ privileges, on }: What): boolean {
  return !('all' in on) && privilegeWords(privileges).every(({ word }) => word !== 'all')
}

/** What these privileges need of the server's version. */
export function needsOfPrivileges({ privileges, on }: What): readonly Need[] {
  const maintain = privilegeWords(privileges).some(({ word }) => word === 'maintain')
  return needsOf(
    [maintain, 'the privilege MAINTAIN', 17],
    ['parameter' in on, 'a privilege on a parameter', 15],
  )
}

/** `SELECT, UPDATE ("email")`. */
export function privilegeList(privileges: What['privileges']): string {
  return privilegeWords(privileges)
    .map(({ word, columns }) => clauses(word.toUpperCase(), columns !== undefined && columnList(columns)))
    .join(', ')
}

/** One privilege, and the columns that it is for, if it is not for all. */
type PrivilegeWord = { readonly word: string; readonly columns?: readonly string[] }

function privilegeWords(privileges: What['privileges']): readonly PrivilegeWord[] {
  if (privileges === 'all') return [{ word: 'all' }]
  return [...privileges].flatMap((privilege: string | ColumnPrivilege) =>
    typeof privilege === 'string'
      ? [{ word: privilege }]
      : Object.entries(privilege).map(([word, columns]) => ({ word, columns })),
  )
}

/** GRANT knows a view as a table, and a server as a foreign one. */
function targetSql(on: Target): string {
  if ('all' in on) return `ALL ${on.all.toUpperCase()} IN SCHEMA ${quoteIdentifier(on.inSchema)}`
  if ('parameter' in on) return `PARAMETER ${on.parameter.split('.').map(quoteIdentifier).join('.')}`
  if ('server' in on) return `FOREIGN ${objectSql(on)}`
  if ('view' in on) return objectSql({ ...inSchema(on), table: on.view })
  if ('materializedView' in on) return objectSql({ ...inSchema(on), table: on.materializedView })
  if ('foreignTable' in on) return objectSql({ ...inSchema(on), table: on.foreignTable })
  return objectSql(on)
}

function targetTitle(on: Target): string {
  if ('all' in on) return `all ${on.all} in schema ${on.inSchema}`
  return 'parameter' in on ? `parameter ${on.parameter}` : objectTitle(on)
}
