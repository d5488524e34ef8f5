import type { TransactionMode } from '../commands/run-all.ts'
import { Misuse } from './options.ts'

/** Reads the value of `--transaction`. */
export function transactionMode(text: string | undefined): TransactionMode {
  if (text === undefined || text === 'revision') return 'revision'
  if (text === 'all') return 'all'
  throw new Misuse(`--transaction cannot be ${JSON.stringify(text)}.`, { hint: 'Say "revision" or "all".' })
}
