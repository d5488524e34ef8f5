import type { DatabaseError } from '../connection/connection.ts'
import type { Node, StatementTree } from '../sql/statements.ts'
import type { ObservedError } from './observation.ts'

export function observedError(error: DatabaseError, when: ObservedError['when']): ObservedError {
  const { sqlState, serverHint = null } = error.server
  return { sqlState, message: error.message, hint: serverHint, when }
}

/** What is not there may be there on the database that the migration is for. */
export function isOfLackingObject({ sqlState }: ObservedError): boolean {
  return ['42P01', '42703', '42704', '42883', '3F000'].includes(sqlState)
}

/** What a transaction does not bear, whatever rows there are: 25001 and its like, and an enum's label of the same transaction. */
export function isOfTransaction({ sqlState }: ObservedError): boolean {
  return sqlState.startsWith('25') || sqlState === '55P04'
}

/** It says of the rows that there are what samples need not satisfy: assert_failure, https://www.postgresql.org/docs/current/errcodes-appendix.html */
export function isOfAssertion({ sqlState }: ObservedError): boolean {
  return sqlState === 'P0004'
}

/** A number has become too great or a text too long, or a power, a root, a logarithm or a time is none: https://www.postgresql.org/docs/current/errcodes-appendix.html */
export function isOfReckoning({ sqlState }: ObservedError, { kind, node }: StatementTree): boolean {
  // A type that is too small is so for the samples because others fit into the old one.
  if (kind === 'AlterTableStmt') return false
  if (sqlState === '22001') return joinsTexts(node)
  return ['22003', '22008', '2201E', '2201F', '2201G'].includes(sqlState)
}

function joinsTexts(node: Node): boolean {
  return Object.entries(node).some(([name, value]) => {
    if (typeof value !== 'object' || value === null) return false
    const called = (value as Node)[name === 'A_Expr' ? 'name' : 'funcname']?.at?.(-1)?.String?.sval
    return joining.has(called) || joinsTexts(value as Node)
  })
}

const joining = new Set(['||', 'concat', 'concat_ws', 'format', 'replace', 'lpad', 'rpad', 'repeat'])
