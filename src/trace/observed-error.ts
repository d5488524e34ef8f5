import type { DatabaseError } from '../connection/connection.ts'
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
