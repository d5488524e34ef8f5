import type { Directive } from '../../operations/operation.ts'
import { execute } from '../../operations/registry.ts'
import { type Listener, listen } from '../alembic/listeners.ts'
import { type Evaluation, freshName, refuse, type Said, say } from '../python/evaluation.ts'
import { type Instance, type Query, Residual, type Value } from '../python/value.ts'
import { concat, type Piece, textOrSql } from '../sqlalchemy/piece.ts'
import { quoted } from '../sqlalchemy/quote.ts'
import { deletePiece, insertOf, updatePiece } from './changes.ts'
import { hasRelationships, keyOfModel, type Model } from './model.ts'

/** Something that a session writes when it is flushed. */
type Pending = { readonly model: Model; readonly depth: number; write(evaluation: Evaluation): void } & {
  /** An object that is not said yet, and where it was added. */
  readonly instance?: Instance
  readonly sink?: Said[]
  /** It stands in the revision already, and is kept there once it is written. */
  readonly isSaid?: true
}

/**
 * What a session has not written yet. Where only the run knows whether or how often, a change is said at once, and kept where the
 * session is flushed later on; else it is said when it is flushed.
 */
export class UnitOfWork implements Listener {
  #pending: Pending[] = []
  #last: { readonly row: string; readonly said: object; readonly values: Map<string, Value> } | null = null

  /** Statements since the beginning, and how many there were when objects were last to be read anew. */
  readonly #heard: string[] = []
  #expired = 0
  #hasWritten = false
  #unsure: Pending[] = []

  constructor(evaluation: Evaluation) {
    listen(this, evaluation)
  }

  /** Refuses a statement that would see what is said of rows before SQLAlchemy writes it. */
  hear(statement: string): void {
    this.#heard.push(statement)
    const early = this.#pending.find(
      ({ isSaid, model }) => isSaid === true && statement.includes(model.table.name),
    )
    if (early !== undefined)
      refuse(`changes of ${early.model.table.name} in a session are not written yet here`)
  }

  /** How many statements there were so far. */
  heard(): number {
    return this.#heard.length
  }

  /** Whether something was changed, or will be. */
  hasChanged(): boolean {
    return !this.isEmpty() || this.#hasWritten || this.#heard.some(isChange)
  }

  /** From now on objects are read anew: what statements have made of their rows is seen. */
  expire(): void {
    this.#expired = this.#heard.length
  }

  /** Refuses an object whose row SQL has changed since it was read, where SQLAlchemy would read it anew. */
  checkFresh({ of, table }: Model, since: number): void {
    const isStale = this.#heard
      .slice(since, this.#expired)
      .some((text) => isChange(text) && text.includes(table.name))
    if (isStale) refuse(`an object of ${of.name} is read after SQL has changed its table`)
  }

  isEmpty(): boolean {
    return this.#pending.length === 0
  }

  /** Forgets what was not written. */
  clear(): void {
    this.#pending = []
  }

  /** Writes what is pending. What is said before a branch or loop in which that happens counts as written once a flush around it is sure. */
  flush(evaluation: Evaluation): void {
    this.#unsure = this.#unsure.filter(({ depth }) => depth < evaluation.depth)
    if (this.#pending.length > 0) this.#hasWritten = true
    this.#sayEarlier(evaluation)
    const pending = inOrder(this.#pending)
    this.#pending = []
    for (const one of pending) {
      one.write(evaluation)
      if (one.depth < evaluation.depth) this.#unsure.push(one)
    }
  }

  /** Why what was written may not be, at the end of a function; null where that is sure. */
  end(): string | null {
    const [one] = this.#unsure
    return one === undefined
      ? null
      : `only the run knows whether a session that has changed ${one.model.table.name} is flushed`
  }

  add(instance: Instance, model: Model, evaluation: Evaluation): void {
    if (owners.has(instance)) return
    owners.set(instance, { unit: this, model, isStored: false })
    const { depth, sink } = evaluation
    const add = { instance, model, depth, sink }
    if (depth > 0) {
      this.#sayEarlier(evaluation)
      this.#sayAdded(add, evaluation)
    } else this.#pending.push({ ...add, write: (at) => sayInsert(instance, model, at)() })
  }

  /** Says what was added before the branches and loops around this place, in front of them, so that the order stays. */
  #sayEarlier(evaluation: Evaluation): void {
    for (const one of inOrder(this.#pending.filter(({ isSaid }) => isSaid !== true))) {
      if (one.depth >= evaluation.depth || one.instance === undefined || one.sink === undefined) continue
      this.#pending.splice(this.#pending.indexOf(one), 1)
      const { depth, sink } = evaluation
      Object.assign(evaluation, { depth: one.depth, sink: one.sink })
      try {
        this.#sayAdded({ instance: one.instance, model: one.model }, evaluation)
      } finally {
        Object.assign(evaluation, { depth, sink })
      }
    }
  }

  #sayAdded(
    { instance, model }: { readonly instance: Instance; readonly model: Model },
    evaluation: Evaluation,
  ): void {
    const only: Query = { used: false, needs: [] }
    this.#note({ model, only, then: sayInsert(instance, model, evaluation, only) }, evaluation)
  }

  /** An attribute of an object is set: one that is stored is updated. */
  changed(instance: Instance, attribute: string, evaluation: Evaluation): void {
    const owner = owners.get(instance)
    const column = owner?.model.columns.get(attribute)
    if (owner === undefined) return
    if (!owner.isStored) {
      if (evaluation.depth > 0)
        refuse('an object is changed after it was added, where only the run knows whether')
      return
    }
    if (column === undefined) refuse(`${attribute} is no column of ${owner.model.of.name}`)
    else {
      const value = instance.fields.get(attribute) ?? null
      this.#sayChange(
        updatePiece(owner.model, new Map([[column, value]]), keyOfObject(instance, owner.model)),
        owner.model,
        evaluation,
      )
    }
  }

  /** A column of a row is set. */
  update(
    {
      row,
      model,
      key,
    }: { readonly row: Residual; readonly model: Model; readonly key: ReadonlyMap<string, Value> },
    [column, value]: readonly [column: string, value: Value],
    evaluation: Evaluation,
    assign: () => void,
  ): void {
    const { sink } = evaluation
    const isNext = this.#last !== null && this.#last.row === row.code && sink.at(-1) === this.#last.said
    const values = new Map(isNext ? this.#last?.values : [])
    values.set(column, value)
    if (isNext) {
      sink.pop()
      this.#pending.pop()
    }
    assign()
    const said = this.#sayChange(updatePiece(model, values, key), model, evaluation)
    this.#last = { row: row.code, said, values }
  }

  delete(model: Model, key: ReadonlyMap<string, Value>, evaluation: Evaluation): void {
    if (hasRelationships(model)) refuse(`what else goes when an object of ${model.of.name} is deleted`)
    this.#sayChange(deletePiece(model, key), model, evaluation)
  }

  deleteObject(instance: Instance, evaluation: Evaluation): void {
    const { model } = owners.get(instance) ?? refuse('an object is deleted that is in no session')
    this.delete(model, keyOfObject(instance, model), evaluation)
  }

  #sayChange(piece: Piece, model: Model, evaluation: Evaluation): object {
    this.#sayEarlier(evaluation)
    const only: Query = { used: false, needs: [] }
    const directive = execute({ sql: textOrSql(piece) })
    const said = { say: 'directive', directive, line: evaluation.line, onlyIf: only } as const
    say(evaluation, said)
    this.#note({ model, only, then: () => {} }, evaluation)
    return said
  }

  #note(
    { model, only, then }: { readonly model: Model; readonly only: Query; readonly then: () => void },
    { depth }: Evaluation,
  ): void {
    const write = () => {
      only.used = true
      then()
    }
    this.#pending.push({ model, depth, isSaid: true, write })
  }
}

type Owner = { readonly unit: UnitOfWork; readonly model: Model; isStored: boolean }

/** The session of an object, once it has one. */
const owners = new WeakMap<Instance, Owner>()

export function ownerOf(instance: Instance): UnitOfWork | null {
  return owners.get(instance)?.unit ?? null
}

/** Says an INSERT; what it gives is called once it is written. */
function sayInsert(instance: Instance, model: Model, evaluation: Evaluation, only?: Query): () => void {
  const { piece, filled } = insertOf(instance, model, evaluation)
  const directive = execute({ sql: textOrSql(piece) })
  const onlyIf = only === undefined ? {} : { onlyIf: only }
  const stored = () => {
    const owner = owners.get(instance)
    if (owner !== undefined) owner.isStored = true
  }
  if (filled.length === 0) {
    say(evaluation, { say: 'directive', directive, line: evaluation.line, ...onlyIf })
    return stored
  }
  const name = freshName(evaluation, 'added')
  const query: Query = { used: false, needs: piece.values.flatMap(({ queries }) => queries) }
  const asked: Directive = execute({
    sql: textOrSql(concat(piece, ` RETURNING ${filled.map(({ column }) => quoted(column)).join(', ')}`)),
  })
  say(evaluation, { say: 'query', name, query, directive, asked, ...onlyIf })
  return () => {
    stored()
    for (const { attribute, column } of filled) {
      const member = /^[A-Za-z_$][\w$]*$/.test(column) ? `.${column}` : `[${JSON.stringify(column)}]`
      instance.fields.set(attribute, new Residual(`${name}[0]${member}`, { queries: [query], simple: true }))
    }
  }
}

/** What finds the row of an object that is stored. */
function keyOfObject(instance: Instance, model: Model): ReadonlyMap<string, Value> {
  if (owners.get(instance)?.isStored !== true)
    return refuse('an object is changed or deleted that is not stored')
  return new Map(keyOfModel(model).map((name) => [name, fieldOf(instance, model, name)]))
}

function fieldOf(instance: Instance, model: Model, column: string): Value {
  const attribute = [...model.columns].find(([, name]) => name === column)?.[0] ?? column
  return instance.fields.get(attribute) ?? refuse(`the ${attribute} of an object is not known here`)
}

function isChange(statement: string): boolean {
  return !/^\s*SELECT\b/i.test(statement)
}

/** Rows that others refer to first, as SQLAlchemy sorts them; else as they were added. */
function inOrder(pending: readonly Pending[]): readonly Pending[] {
  const left = [...pending]
  const result: Pending[] = []
  while (left.length > 0) {
    const at = left.findIndex(
      ({ model }) => !left.some((other) => other.model !== model && refersTo(model, other.model)),
    )
    result.push(...left.splice(Math.max(0, at), 1))
  }
  return result
}

function refersTo({ table }: Model, other: Model): boolean {
  return table.referred.has(other.table.name)
}
