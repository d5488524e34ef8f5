import { blockingIndex } from './blocking-index.ts'
import { enumReplaced } from './enum-replaced.ts'
import { enumValues } from './enum-values.ts'
import { rawConcurrentIndex } from './raw-concurrent-index.ts'
import type { Rewriting } from './rewriting.ts'
import { retractedRename, synchronisedRename } from './synchronised-rename.ts'
import { validatedConstraint } from './validated-constraint.ts'
import { wholeUpdate } from './whole-update.ts'

/** All of them; the first that finds something is taken. */
export const rewritings: readonly Rewriting[] = [
  synchronisedRename,
  retractedRename,
  validatedConstraint,
  blockingIndex,
  rawConcurrentIndex,
  enumValues,
  enumReplaced,
  wholeUpdate,
]
