import type { BackfillPlan } from '../operations/backfill-plan.ts'
import type { TableReference } from '../operations/relation.ts'
import type { BatchWorker } from './batch.ts'
import type { KeyColumn } from './key.ts'
import { type OfflineBackfill, offlineLoop } from './offline.ts'
import { processWorker } from './process.ts'
import { sourceOf } from './source.ts'
import {
  type BatchStatement,
  copyStatement,
  deleteStatement,
  statementWorker,
  updateStatement,
} from './statement.ts'
import { plainTransformWorker, transformWorker } from './transform.ts'
import type { PageCheck, VerifyOptions } from './verify.ts'
import { statementCheck, wrongOfCopy, wrongOfDelete, wrongOfSet } from './verify-statement.ts'
import { transformCheck } from './verify-transform.ts'

/** What is particular to one way of doing rows; the rest of the room does not ask which it is. */
export type Form = {
  /** A new worker, which has read nothing ahead. */
  worker(): BatchWorker
  /** Whether a batch is of the rows for which `where` holds; else it passes all, and changes those. */
  readonly takesWhere: boolean
  /** Tables beside the source that it writes to. */
  readonly targets: readonly TableReference[]
  /** Tells of a page which rows are not as they should be; absent where nobody can know. */
  check?(options: VerifyOptions, key: readonly KeyColumn[]): PageCheck | Promise<PageCheck>
  /** The same as a script; absent where the server cannot do it by itself. */
  offline?(backfill: OfflineBackfill): string
}

export function formOf(plan: BackfillPlan): Form {
  const { work } = plan
  const source = sourceOf(plan)
  switch (work.type) {
    case 'set':
      return statementForm(plan, updateStatement(plan, work.set), (options) => wrongOfSet(options, work.set))
    case 'delete':
      return statementForm(plan, deleteStatement(plan), wrongOfDelete)
    case 'copy': {
      const { columns } = work.into
      // Without names for its columns, what it makes is known to whoever has made its target alike.
      const wrong =
        columns === undefined ? null : (options: VerifyOptions) => wrongOfCopy(options, work, columns)
      return { ...statementForm(plan, copyStatement(plan, work), wrong), targets: [work.into] }
    }
    case 'transform':
      return {
        worker: () => (source.versioned ? transformWorker(plan, work) : plainTransformWorker(plan, work)),
        takesWhere: true,
        targets: [work.into],
        ...(source.looker !== undefined
          ? { check: (options, key) => transformCheck(options, key, work) }
          : {}),
      }
    case 'process':
      return { worker: () => processWorker(plan, work), takesWhere: true, targets: [] }
  }
}

/** The server does it alone, a statement a batch. `wrong`: a condition for the rows that are not as they should be. */
function statementForm(
  plan: BackfillPlan,
  statement: BatchStatement,
  wrong: ((options: VerifyOptions) => string | Promise<string>) | null,
): Form {
  return {
    worker: () => statementWorker(plan, statement),
    takesWhere: false,
    targets: [],
    ...(wrong === null
      ? {}
      : {
          check: async (options: VerifyOptions, key: readonly KeyColumn[]) =>
            statementCheck(options, key, { wrong: await wrong(options), statement }),
        }),
    offline: (backfill) => offlineLoop(plan, statement, backfill),
  }
}
