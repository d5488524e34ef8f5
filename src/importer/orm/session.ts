import { sayBulkInsert } from '../alembic/bulk-insert.ts'
import { Connection } from '../alembic/connection.ts'
import { type Context, contextOf } from '../alembic/context.ts'
import { sayPiece } from '../alembic/execute.ts'
import { type Evaluation, refuse } from '../python/evaluation.ts'
import { iterated, walked } from '../python/iterate.ts'
import { residualMember } from '../python/residual-methods.ts'
import {
  type Arguments,
  Dict,
  Foreign,
  Instance,
  Native,
  none,
  Residual,
  type Term,
  type Value,
} from '../python/value.ts'
import { selectedThings } from '../sqlalchemy/select.ts'
import { insertOf, updatePiece } from './changes.ts'
import { MappedRow } from './mapped-row.ts'
import { keyOfModel, modelOf, modelOfObject } from './model.ts'
import { OrmQuery, queryOf } from './query.ts'
import { askEntities, givesObjects } from './rows.ts'
import { ownerOf, UnitOfWork } from './unit-of-work.ts'

type Method = (session: Session, given: Arguments, context: Context) => Value

/** A session on `op.get_bind()`. */
export class Session extends Connection {
  override readonly what: string = 'a session'
  readonly unit: UnitOfWork
  isFlushedByQueries = true

  constructor(evaluation: Evaluation) {
    super()
    this.unit = new UnitOfWork(evaluation)
  }

  override attribute(name: string): Value | undefined {
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined
    if (method !== undefined)
      return new Native(name, (given, evaluation) => method(this, given, contextOf(evaluation)))
    if (name === 'no_autoflush') return new Unflushed(this)
    return super.attribute(name)
  }

  /** `with Session(…)`: what is not flushed at its end is lost. */
  override enter(): { readonly value: Value; leave(): void } {
    return { value: this, leave: () => this.unit.clear() }
  }

  /** What a query does first. */
  flushBefore(evaluation: Evaluation): void {
    if (this.isFlushedByQueries) this.unit.flush(evaluation)
    else if (!this.unit.isEmpty()) refuse('a query before which a session is not flushed')
  }

  /** A method of the connection's. */
  onConnection(name: string, given: Arguments, { evaluation }: Context): Value {
    const method = super.attribute(name)
    return method instanceof Native ? method.call(given, evaluation) : refuse(`a session has no ${name} here`)
  }
}

/** `session.no_autoflush`, `session.begin()`. */
class Unflushed extends Foreign {
  readonly what = 'a block of a session'
  readonly #session: Session
  constructor(session: Session) {
    super()
    this.#session = session
  }
  attribute(): undefined {
    return undefined
  }
  override enter(): { readonly value: Value; leave(): void } {
    this.#session.isFlushedByQueries = false
    return {
      value: this.#session,
      leave: () => {
        this.#session.isFlushedByQueries = true
      },
    }
  }
}

class Begun extends Foreign {
  readonly what = 'a transaction of a session'
  readonly #session: Session
  readonly #evaluation: Evaluation
  constructor(session: Session, evaluation: Evaluation) {
    super()
    this.#session = session
    this.#evaluation = evaluation
  }
  attribute(name: string): Value | undefined {
    return this.#session.attribute(name)
  }
  override enter(): { readonly value: Value; leave(): void } {
    return { value: this.#session, leave: () => this.#session.unit.flush(this.#evaluation) }
  }
}

const methods: { readonly [name: string]: Method } = {
  query: (session, { positional }, { evaluation }) => queryOf(positional, session.unit, evaluation),
  get: (session, { positional: [model = null, key = null] }, { evaluation }) => {
    const get = queryOf([model], session.unit, evaluation).attribute('get')
    return get instanceof Native ? get.call({ positional: [key], named: new Map() }, evaluation) : null
  },
  add: (session, { positional: [object = null] }, context) => addObject(session, object, context),
  add_all: (session, { positional: [objects = null] }, context) =>
    each(objects, (object) => addObject(session, object, context)),
  delete: (session, { positional: [object = null] }, context) => deleteObject(session, object, context),
  flush: (session, _, { evaluation }) => nothing(session.unit.flush(evaluation)),
  commit: (session, _, { evaluation }) => {
    session.unit.flush(evaluation)
    session.unit.expire()
    return null
  },
  begin: (session, _, { evaluation }) => new Begun(session, evaluation),
  begin_nested: (session, _, { evaluation }) => {
    session.unit.flush(evaluation)
    return new Begun(session, evaluation)
  },
  close: (session) => nothing(session.unit.clear()),
  rollback: (session) =>
    session.unit.hasChanged()
      ? refuse('a rollback of what was changed before')
      : nothing(session.unit.expire()),
  refresh: (session, _, { evaluation }) => {
    session.flushBefore(evaluation)
    session.unit.expire()
    return null
  },
  expire: (session) => nothing(session.unit.expire()),
  expire_all: (session) => nothing(session.unit.expire()),
  expunge_all: (session) => nothing(session.unit.clear()),
  execute: (session, given, context) => execute(session, given, context),
  scalars: (session, given, context) => memberOf(execute(session, given, context), 'scalars', context),
  scalar: (session, given, context) => memberOf(execute(session, given, context), 'scalar', context),
  bulk_insert_mappings: (session, { positional: [model = null, rows = null] }, context) => {
    session.flushBefore(context.evaluation)
    return sayBulkInsert(model, rows, context)
  },
  bulk_update_mappings: (_, { positional: [model = null, rows = null] }, context) =>
    each(rows, (row) => updateMapping(model, row, context)),
  bulk_save_objects: (_, { positional: [objects = null] }, context) =>
    each(objects, (object) => saveObject(object, context)),
}

/** A statement, whose rows are objects where it selects a model. */
function execute(session: Session, given: Arguments, context: Context): Value {
  session.flushBefore(context.evaluation)
  const [statement = null] = given.positional
  const entities = selectedThings(statement)
  if (entities === null || !givesObjects(entities)) return session.onConnection('execute', given, context)
  if (given.positional.length > 1) return refuse('the parameters of a query of objects')
  // Only a term has what it selects.
  return askEntities(
    statement as Term,
    entities,
    { unit: session.unit, single: false, isUnique: false },
    context,
  )
}

function memberOf(rows: Value, name: string, { evaluation }: Context): Value {
  const member = rows instanceof Residual ? residualMember(rows, name, evaluation) : undefined
  return member instanceof Native
    ? member.call(none, evaluation)
    : refuse(`the ${name} of what gives no rows`)
}

function addObject(session: Session, object: Value, { evaluation }: Context): null {
  // What was read is in the session already.
  if (object instanceof Residual && object.entity instanceof MappedRow) return null
  const model = modelOfObject(object)
  if (model === null || !(object instanceof Instance))
    return refuse('what is added to a session is no object of a model')
  return nothing(session.unit.add(object, model, evaluation))
}

function deleteObject(session: Session, object: Value, { evaluation }: Context): null {
  if (object instanceof Instance) return nothing(session.unit.deleteObject(object, evaluation))
  if (!(object instanceof Residual) || !(object.entity instanceof MappedRow))
    return refuse('what is deleted from a session is no object of a model')
  return nothing(session.unit.delete(object.entity.model, object.entity.key(object), evaluation))
}

/** An object that no session keeps. */
function saveObject(object: Value, context: Context): null {
  const model = modelOfObject(object)
  if (model === null || !(object instanceof Instance) || ownerOf(object) !== null)
    return refuse('what is saved in bulk is no new object of a model')
  return nothing(sayPiece(insertOf(object, model, context.evaluation, true).piece, context))
}

function updateMapping(of: Value, row: Value, context: Context): null {
  const model = modelOf(of)
  if (model === null || !(row instanceof Dict)) return refuse('a mapping that is no known dict of a model')
  const cells = [...row.entries.values()].map(
    ([name, value]) => [model.columns.get(String(name)) ?? String(name), value] as const,
  )
  const keys = keyOfModel(model)
  const isKey = ([column]: readonly [string, Value]) => keys.includes(column)
  const [key, values] = [cells.filter(isKey), cells.filter((cell) => !isKey(cell))]
  if (key.length !== keys.length) return refuse('a mapping without the key of its row')
  return nothing(sayPiece(updatePiece(model, new Map(values), new Map(key)), context))
}

function each(list: Value, act: (item: Value) => null): null {
  const items = iterated(walked(list)) ?? refuse('objects of which only the run knows how many they are')
  for (const item of items) act(item)
  return null
}

function nothing(_: unknown): null {
  return null
}

/** What a query of a session is among expressions: its `select`. */
export function asTerm(value: Value): Value {
  return value instanceof OrmQuery ? value.parts.statement : value
}
