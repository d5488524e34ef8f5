import type { Enabled } from '../operations/trigger-definition.ts'

/** When a trigger or a rule fires, as pg_trigger and pg_rewrite have it. */
export type EnabledLetter = 'O' | 'D' | 'R' | 'A'

/** Nothing where it is as PostgreSQL has it where nothing is said. */
export function enabledOf(letter: EnabledLetter): { readonly enabled?: Enabled } {
  return letter === 'O' ? {} : { enabled: states[letter] }
}

const states = { D: false, R: 'replica', A: 'always' } as const
