import { quoteIdentifier } from '../sql/identifier.ts'
import { type Need, needsOf } from './operation.ts'

/**
 * A role by its name, or one of PostgreSQL's words for the session's own, in capitals as here: CURRENT_ROLE from
 * PostgreSQL 14 on. A role is of the whole server, so no operation makes one; a revision may only name it.
 */
export type Role = 'CURRENT_USER' | 'SESSION_USER' | 'CURRENT_ROLE' | (string & {})

/** A role, or everyone. */
export type Grantee = 'PUBLIC' | Role

const words: readonly string[] = ['PUBLIC', 'CURRENT_USER', 'SESSION_USER', 'CURRENT_ROLE']

/** The role as it stands in SQL. */
export function roleSql(role: Grantee): string {
  return words.includes(role) ? role : quoteIdentifier(role)
}

/** `PUBLIC, "reader"`, as it follows TO and FROM. */
export function roleList(roles: readonly Grantee[]): string {
  return roles.map(roleSql).join(', ')
}

/** What these roles need of the server's version. */
export function needsOfRoles(roles: readonly (Grantee | undefined)[]): readonly Need[] {
  return needsOf([roles.includes('CURRENT_ROLE'), 'CURRENT_ROLE as a role', 14])
}
