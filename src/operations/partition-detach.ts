import { LimbeckError } from '../error.ts'
import type { Course, Procedure } from './operation.ts'
import { regclass, type TableReference, tableName } from './relation.ts'

/** The table is no partition of the other, or was half detached by somebody else. */
export class NotAttached extends LimbeckError {
  readonly code = 'NOT_ATTACHED'
  readonly partition: string
  readonly table: string

  constructor(partition: string, table: string, state: 'none' | 'pending') {
    const message = {
      none: `${partition} is not a partition of ${table}.`,
      pending: `${partition} is half detached from ${table}, and this revision has not begun it.`,
    }
    super(message[state], {
      hint:
        state === 'none'
          ? 'Compare the partition and its table with what the revision says.'
          : 'Bring it to its end with ALTER TABLE … DETACH PARTITION … FINALIZE, and take the directive out.',
    })
    this.partition = partition
    this.table = table
  }
}

export type Detachment = TableReference & { readonly partition: TableReference }

/**
 * Detaches a partition while its table is read and written. What an interruption or a failure left half detached (no
 * query sees it any more, and no other partition can be detached) is brought to its end.
 */
export function detachProcedure(detachment: Detachment): Procedure {
  const detach = `ALTER TABLE ${tableName(detachment)} DETACH PARTITION ${tableName(detachment.partition)}`
  return {
    run: 'procedure',
    title: `detach partition ${detachment.partition.table} from ${detachment.table}`,
    preview: [`${detach} CONCURRENTLY`],
    *guard() {
      const state = yield* attachment(detachment)
      if (state !== 'attached') throw new NotAttached(detachment.partition.table, detachment.table, state)
    },
    *steps() {
      const state = yield* attachment(detachment)
      if (state === 'attached') yield { patiently: `${detach} CONCURRENTLY` }
      if (state === 'pending') yield { patiently: `${detach} FINALIZE` }
    },
  }
}

function* attachment({ partition, ...table }: Detachment): Course<'attached' | 'pending' | 'none'> {
  const [row] = yield `SELECT inhdetachpending AS pending FROM pg_inherits
    WHERE inhparent = ${regclass({ ...table, name: table.table })} AND inhrelid = ${regclass({ ...partition, name: partition.table })}`
  if (row === undefined) return 'none'
  return row['pending'] === true ? 'pending' : 'attached'
}
