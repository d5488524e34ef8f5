import type { LockMode } from '../../operations/operation.ts'
import { eachOnce, heldWith } from '../../trace/locks.ts'
import type { HeldLock, Observation, ObservedLock, WrittenRows } from '../../trace/observation.ts'
import type { TracedStatement, TracedTransaction } from '../../trace/subject.ts'
import type { Effect } from './effect.ts'
import { NamedSchema } from './named-schema.ts'
import { effectOf } from './statement-effect.ts'

/**
 * What statements do for certain, by their trees and the transactions in which they run: where they cannot be run, the same rules judge this. Nothing is
 * said of what hangs on what is there: a type, a valid check, what a function does.
 */
export function staticObservations(transactions: readonly TracedTransaction[]): readonly Observation[] {
  const named = new NamedSchema()
  for (const { statements } of transactions)
    for (const { parsed } of statements) {
      const effect = effectOf(parsed)
      named.know(effect)
      for (const change of effect.changes ?? []) named.change(change)
    }
  const observer = new Observer(NamedSchema.before(named))
  return transactions.flatMap((transaction, at) => observer.observe(transaction, at + 1))
}

class Observer {
  readonly #schema: NamedSchema
  readonly #old: ReadonlySet<number>
  readonly #rows: ReadonlyMap<number, number>
  #lockTimeout = '0'

  constructor(schema: NamedSchema) {
    this.#schema = schema
    this.#old = new Set(schema.old.keys())
    this.#rows = new Map([...schema.old.keys()].map((oid) => [oid, 1]))
  }

  observe(
    { isBlock, rollsBack, statements }: TracedTransaction,
    transaction: number,
  ): readonly Observation[] {
    const told: Observation[] = []
    let held: readonly HeldLock[] = []
    for (const statement of statements) {
      const observation = this.#statement(statement, { isBlock, isUndone: rollsBack, transaction, held })
      if (isBlock) held = heldWith(held, observation)
      told.push(observation)
    }
    // Nobody sees what is between the statements of a transaction.
    return told.map((one) => ({ ...one, broken: one.broken.filter((query) => !this.#isThere(query)) }))
  }

  #statement(
    statement: TracedStatement,
    {
      isBlock,
      isUndone,
      transaction,
      held,
    }: Pick<Observation, 'isBlock' | 'isUndone' | 'transaction' | 'held'>,
  ): Observation {
    const { parsed } = statement
    this.#lockTimeout = lockTimeoutAfter(statement) ?? this.#lockTimeout
    const effect = effectOf(parsed)
    const isRefused = isBlock && parsed.transaction === 'none'
    const before = this.#schema.picture()
    const isOld = (name: string) => this.#old.has(this.#schema.find(name)?.oid ?? -1)
    const observation = {
      statement,
      transaction,
      isBlock,
      isUndone,
      held,
      locks: eachOnce((effect.locks ?? []).flatMap(({ relation, mode }) => this.#lock(relation, mode))),
      rewrites: (effect.rewrites ?? []).filter(isOld),
      scans: (effect.scans ?? []).filter(isOld),
      indexesBuilt: (effect.indexesBuilt ?? []).filter(({ table }) => isOld(table)),
      written: writtenBy(effect, isOld, (name) => this.#schema.find(name)?.oid ?? -1),
      broken: (effect.broken ?? []).filter(
        ({ relation }) => isOld(relation) || this.#schema.find(relation) === undefined,
      ),
      rows: this.#rows,
      given: new Set<number>(),
      madeRows: 0,
      error: isRefused ? refusedInBlock(statement) : errorOf(effect, isOld),
      before,
      old: this.#old,
      lockTimeout: this.#lockTimeout,
      refused: [],
      recast: [],
      replaced: [],
      hidden: [],
      notes: [],
    }
    if (!isRefused) for (const change of effect.changes ?? []) this.#schema.change(change)
    return { ...observation, after: this.#schema.picture() }
  }

  #lock(name: string, mode: LockMode): readonly ObservedLock[] {
    const relation = this.#schema.find(name)
    if (relation === undefined) return []
    return [{ relation: name, mode, existedBefore: this.#old.has(relation.oid), kind: relation.kind }]
  }

  /** A view may have taken the name over, or the column has come back. */
  #isThere({ relation, query }: Observation['broken'][number]): boolean {
    const column = query.startsWith('SELECT of ') ? (query.split('.').at(-1) ?? null) : null
    return this.#schema.has(relation, column)
  }
}

function writtenBy(
  { updates = [], deletes = [] }: Effect,
  isOld: (name: string) => boolean,
  oid: (name: string) => number,
): readonly WrittenRows[] {
  const rows = (relation: string, updated: number) => ({
    relation,
    oid: oid(relation),
    of: 1,
    inserted: 0,
    updated,
    deleted: 1 - updated,
  })
  return [
    ...updates.filter(isOld).map((name) => rows(name, 1)),
    ...deletes.filter(isOld).map((name) => rows(name, 0)),
  ]
}

function errorOf({ error, locks = [] }: Effect, isOld: (name: string) => boolean): Observation['error'] {
  return error !== undefined && locks.some(({ relation }) => isOld(relation)) ? error : null
}

function refusedInBlock({ parsed }: TracedStatement): Observation['error'] {
  const what = parsed.text.split(/\s+/, 3).join(' ')
  return {
    sqlState: '25001',
    message: `${what} … cannot run inside a transaction block`,
    hint: null,
    when: 'always',
  }
}

/** null where it sets no such thing. */
function lockTimeoutAfter({ parsed: { tree } }: TracedStatement): string | null {
  if (tree.kind !== 'VariableSetStmt' || tree.node['name'] !== 'lock_timeout') return null
  const { ival, sval } = tree.node['args']?.[0]?.A_Const ?? {}
  return sval?.sval ?? String(ival?.ival ?? 0)
}
