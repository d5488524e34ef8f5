import { callFunction } from '../python/call.ts'
import { codeOf } from '../python/code.ts'
import { type Evaluation, refuse, say } from '../python/evaluation.ts'
import { resolved } from '../python/resolve.ts'
import { memberCode } from '../python/scope.ts'
import { type Entity, FunctionValue, Native, Residual, Term, type Value } from '../python/value.ts'
import { keyOfModel, type Model } from './model.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** A row that a session gives as an object of a model. */
export class MappedRow implements Entity {
  readonly model: Model
  readonly unit: UnitOfWork
  /** The name in the row of each column. */
  readonly #names: ReadonlyMap<string, string>
  readonly #since: number

  /** Whether it is a part of rows that several of them may share. */
  readonly #isShared: boolean

  constructor(
    model: Model,
    unit: UnitOfWork,
    names: ReadonlyMap<string, string>,
    { isShared }: { readonly isShared: boolean },
  ) {
    this.#isShared = isShared
    this.#since = unit.heard() + 1
    this.model = model
    this.unit = unit
    this.#names = names
  }

  attribute(row: Residual, name: string, evaluation: Evaluation): Value | undefined {
    const column = this.model.columns.get(name)
    if (column !== undefined) {
      if (!keyOfModel(this.model).includes(column)) this.unit.checkFresh(this.model, this.#since)
      return this.#cell(row, column)
    }
    const member = resolved(this.model.of.members, name)
    if (member instanceof FunctionValue)
      return new Native(name, ({ positional, named }) =>
        callFunction(member, { positional: [row, ...positional], named }, evaluation),
      )
    if (member === undefined || member instanceof Term)
      return refuse(`${this.model.of.name}.${name} is no column: a relationship, or what its base gives it`)
    return member
  }

  place(): Value {
    return refuse(`an object of ${this.model.of.name} has no places`)
  }

  assign(row: Residual, name: string, value: Value, evaluation: Evaluation): void {
    const column = this.#isShared ? this.#sharedColumn() : this.#column(name)
    const cell = this.#cell(row, column)
    const isTerm = value instanceof Term
    const code = isTerm ? '' : codeOf(value)
    // The same object is no change to SQLAlchemy, whatever was done within it.
    if (code === cell.code) return
    const assign = () =>
      isTerm ? undefined : say(evaluation, { say: 'code', text: `${cell.code} = ${code}` })
    const { model } = this
    this.unit.update({ row, model, key: this.key(row) }, [column, isTerm ? value : cell], evaluation, assign)
  }

  scalars(rows: Residual): Residual {
    return rows
  }

  /** The names in the row of what finds it again. */
  keyNames(): readonly string[] {
    return keyOfModel(this.model).map((column) => this.#names.get(column) ?? column)
  }

  /** What finds the row again. */
  key(row: Residual): ReadonlyMap<string, Value> {
    return new Map(keyOfModel(this.model).map((column) => [column, this.#cell(row, column)]))
  }

  /** `flag_modified(row, 'data')`: what was done within a value counts. */
  touch(row: Residual, name: string, evaluation: Evaluation): void {
    const column = this.#column(name)
    const { model } = this
    this.unit.update(
      { row, model, key: this.key(row) },
      [column, this.#cell(row, column)],
      evaluation,
      () => {},
    )
  }

  #sharedColumn(): never {
    return refuse(`an object of ${this.model.of.name} is changed that several rows may have`)
  }

  #column(name: string): string {
    const { columns, of } = this.model
    return columns.get(name) ?? refuse(`${name} is no column of ${of.name}`)
  }

  #cell(row: Residual, column: string): Residual {
    const code = memberCode(row.code, this.#names.get(column) ?? column)
    const type = this.model.table.types.get(column)?.text ?? ''
    // The driver gives both as texts, of which "0" is true.
    const isLong = /^(bigint|numeric)/.test(type)
    return new Residual(code, {
      queries: row.queries,
      simple: true,
      sort: type.startsWith('numeric') ? 'decimal' : 'unknown',
      truth: isLong ? `Number(${code} ?? 0) !== 0` : null,
    })
  }
}

/** One thing of a row: what it is called, the name that it has in the row, and what it is where it is an object. */
export type RowPart = { readonly label: string; readonly name: string; readonly row: MappedRow | null }

/** A row of several things, some of them objects. */
export class MixedRow implements Entity {
  readonly #parts: readonly RowPart[]

  constructor(parts: readonly RowPart[]) {
    this.#parts = parts
  }

  attribute(row: Residual, name: string): Value | undefined {
    const place = this.#parts.findIndex((part) => part.label === name)
    return place === -1 ? undefined : this.place(row, place)
  }

  place(row: Residual, place: number): Value {
    const part = this.#parts.at(place) ?? refuse('the row ends before that')
    if (part.row !== null)
      return new Residual(row.code, { sort: 'row', queries: row.queries, entity: part.row })
    return new Residual(memberCode(row.code, part.name), { queries: row.queries, simple: true })
  }

  assign(): void {
    refuse('a part of a row is not set here')
  }

  scalars(rows: Residual): Residual {
    const [first] = this.#parts
    if (first === undefined) return refuse('the row has nothing')
    if (first.row !== null)
      return new Residual(rows.code, { sort: 'rows', queries: rows.queries, entity: first.row })
    const code = `${rows.code}.map((row: any) => ${memberCode('row', first.name)})`
    return new Residual(code, { sort: 'list', queries: rows.queries, simple: true })
  }
}
