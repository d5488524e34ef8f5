import type { Config } from '../commands/project.ts'
import { Misuse } from './options.ts'
import type { Input, Option } from './verb.ts'

/** Ends who blocks a run for too long; for the verbs that take locks. */
export const blockersOption: Option = {
  name: 'terminate-blockers-after',
  value: 'SECONDS',
  summary: 'end a session that has blocked the run for so long; without it none is ever ended',
}

/** The configuration, with the option before it. */
export function withBlockersOption({ config, text }: Pick<Input, 'config' | 'text'>): Config {
  const given = text(blockersOption.name)
  if (given === undefined) return config
  const seconds = Number(given)
  if (Number.isFinite(seconds) && seconds > 0) return { ...config, terminateBlockersAfter: seconds }
  throw new Misuse(
    `--${blockersOption.name} takes a number of seconds above 0, not ${JSON.stringify(given)}.`,
    { hint: 'Leave it out, and no session is ever ended.' },
  )
}
