import type { Connection } from '../connection/connection.ts'
import type { Observation } from './observation.ts'
import type { TracedStatement, TracedTransaction } from './subject.ts'
import { type TraceOptions, trace } from './trace.ts'

/**
 * Each statement alone: where several of a transaction take the same lock, only the first can be seen to take it. A statement that needs what the
 * others of its transaction have set may fail here.
 */
export async function traceApart(
  connection: Connection,
  transactions: readonly TracedTransaction[],
  options: TraceOptions,
): Promise<ReadonlyMap<TracedStatement, Observation>> {
  const alone = transactions.flatMap(({ isBlock, statements, course }) => {
    const settings = statements.filter(({ parsed }) => isLocalSetting(parsed.tree))
    return statements.map((statement) => ({
      isBlock,
      rollsBack: false,
      ...(course === undefined ? {} : { course }),
      statements: isBlock
        ? [...settings.filter((one) => comesBefore(one, statement, statements)), statement]
        : [statement],
    }))
  })
  const observations = await trace(connection, alone, options)
  return new Map(observations.map((one) => [one.statement, one] as const))
}

function comesBefore<One>(one: One, other: One, all: readonly One[]): boolean {
  return all.indexOf(one) < all.indexOf(other)
}

function isLocalSetting({ kind, node }: TracedStatement['parsed']['tree']): boolean {
  return kind === 'VariableSetStmt' && node['is_local'] === true
}
