import { LimbeckError } from '../error.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { type Need, needsOf } from './operation.ts'

/** Options that a subscription has for as long as it is there. */
export type SubscriptionOptions = {
  /** The replication slot at the publisher: the subscription's name if left out; null for none. */
  readonly slotName?: string | null
  readonly synchronousCommit?: 'on' | 'off' | 'local' | 'remote_write' | 'remote_apply'
  /** (14) */
  readonly binary?: boolean
  /** (14; `parallel` 16) */
  readonly streaming?: boolean | 'parallel'
  /** (15; to alter it 18) */
  readonly twoPhase?: boolean
  /** (15) */
  readonly disableOnError?: boolean
  /** (16) */
  readonly passwordRequired?: boolean
  /** (16) */
  readonly runAsOwner?: boolean
  /** (16) */
  readonly origin?: 'any' | 'none'
  /** (17) */
  readonly failover?: boolean
}

/** A connection string that libpq cannot read. It is not repeated, since it may hold a password; nor would PostgreSQL have to. */
export class InvalidConnectionString extends LimbeckError {
  readonly code = 'INVALID_CONNECTION_STRING'

  constructor() {
    super(
      'The connection string of the subscription cannot be read. It is not shown, since it may hold a password.',
      {
        hint: 'Write "host=… dbname=… user=…", with values that hold blanks in \'…\', or postgres://user@host/name.',
      },
    )
  }
}

const keywords = /^\s*(?:\w+\s*=\s*(?:'(?:[^'\\]|\\.)*'|(?:[^\s'\\]|\\.)(?:[^\s\\]|\\.)*|)(?:\s+|$))*$/
const address = /^postgres(?:ql)?:\/\/(?:[^%\s]|%[0-9a-f]{2})*$/i

/** The string as a literal, checked first: PostgreSQL's own error would quote from it. */
export function connectionLiteral(connection: string): string {
  if (!keywords.test(connection) && !address.test(connection)) throw new InvalidConnectionString()
  return quoteLiteral(connection)
}

/** What stands in the place of a connection string for people. */
export const hiddenConnection = "'********'"

export function subscriptionOptions(options: SubscriptionOptions): readonly string[] {
  const { slotName } = options
  const given = (name: string, value: boolean | string | undefined) =>
    value !== undefined && `${name} = ${value}`
  return [
    slotName !== undefined && `slot_name = ${slotName === null ? 'NONE' : quoteLiteral(slotName)}`,
    given('synchronous_commit', options.synchronousCommit && quoteLiteral(options.synchronousCommit)),
    given('binary', options.binary),
    given('streaming', options.streaming),
    given('two_phase', options.twoPhase),
    given('disable_on_error', options.disableOnError),
    given('password_required', options.passwordRequired),
    given('run_as_owner', options.runAsOwner),
    given('origin', options.origin),
    given('failover', options.failover),
  ].filter((option) => option !== false)
}

export function subscriptionNeeds(options: SubscriptionOptions): readonly Need[] {
  const has = (name: keyof SubscriptionOptions) => options[name] !== undefined
  return needsOf(
    [has('binary'), "a subscription's option binary", 14],
    [has('streaming'), "a subscription's option streaming", 14],
    [options.streaming === 'parallel', 'streaming = parallel', 16],
    [has('twoPhase'), "a subscription's option two_phase", 15],
    [has('disableOnError'), "a subscription's option disable_on_error", 15],
    [has('passwordRequired'), "a subscription's option password_required", 16],
    [has('runAsOwner'), "a subscription's option run_as_owner", 16],
    [has('origin'), "a subscription's option origin", 16],
    [has('failover'), "a subscription's option failover", 17],
  )
}

export function publicationNames(publications: readonly string[]): string {
  return publications.map(quoteIdentifier).join(', ')
}
