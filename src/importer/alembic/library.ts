import { MappedRow } from '../orm/mapped-row.ts'
import { callOf, modelOf } from '../orm/model.ts'
import { asTerm, Session } from '../orm/session.ts'
import { ownerOf } from '../orm/unit-of-work.ts'
import { builtin } from '../python/builtins.ts'
import { callValue } from '../python/call.ts'
import { Environ } from '../python/environment.ts'
import { type Evaluation, type Library, refuse } from '../python/evaluation.ts'
import { resolved } from '../python/resolve.ts'
import { standardCall } from '../python/standard.ts'
import {
  type Arguments,
  type ClassValue,
  FunctionValue,
  Instance,
  Native,
  Residual,
  Term,
  type Value,
} from '../python/value.ts'
import { enumType } from '../sqlalchemy/enum-type.ts'
import { canonical } from '../sqlalchemy/name-of-library.ts'
import { tableOf } from '../sqlalchemy/table.ts'
import { calledOf } from '../sqlalchemy/term.ts'
import { decorates, onPostgres } from '../sqlalchemy/types.ts'
import { askValue } from './asked-value.ts'
import { Connection, Dialect } from './connection.ts'
import { type Context, contextOf } from './context.ts'
import { sayCreateType, sayDropType } from './enum.ts'
import { unknownEffect } from './inert.ts'
import { Inspector } from './inspector.ts'
import { mapped } from './mapped.ts'
import { MigrationContext } from './migration-context.ts'
import { Op } from './op.ts'

/** What Alembic, SQLAlchemy and Python's own library are to a revision. */
export const alembicLibrary: Library = {
  importName: (name, evaluation) => named(canonical(name), evaluation),
  attribute(of, name, evaluation) {
    if (of.form.is === 'name') return named(canonical(`${rawName(of.form.name)}.${name}`), evaluation)
    return new Term({ is: 'attribute', of, name }, evaluation.line)
  },
  call: (callee, given, evaluation) => called(callee, given, contextOf(evaluation)),
  builtin,
  term: (name, positional, evaluation) =>
    new Term(
      { is: 'call', callee: new Term({ is: 'name', name }, evaluation.line), positional, named: new Map() },
      evaluation.line,
    ),
  unknownEffect,
  made(instance) {
    const model = modelOf(instance.of)
    for (const [attribute, column] of model?.columns ?? [])
      if (model?.table.types.get(column)?.literal !== 'json') instance.fields.set(attribute, null)
  },
  declared: (annotation, { line }) =>
    /^(\w+\.)*Mapped\[/.test(annotation) ? callOf('sa.orm.mapped_column', [], line) : undefined,
  changed: (instance, name, evaluation) => ownerOf(instance)?.changed(instance, name, evaluation),
  defined: (made, evaluation) => (decorates(made) ? typeOnPostgres(made, evaluation) : mapped(made)),
  open: (path, evaluation) =>
    standardCall('open', { positional: [path], named: new Map() }, contextOf(evaluation).conversion) ??
    refuse(`the file ${path}`),
}

/** The name as Python would import it. */
function rawName(name: string): string {
  return name
    .replace(/^sa(?=\.|$)/, 'sqlalchemy')
    .replace(/^dialects(?=\.|$)/, 'sqlalchemy.dialects')
    .replace(/^postgresql\./, 'sqlalchemy.dialects.postgresql.')
}

function named(name: string, { line }: Evaluation): Value {
  if (name === 'alembic.op') return new Op()
  if (name === 'alembic.context') return new MigrationContext()
  if (name === 'os.environ') return new Environ()
  if (name === 'typing.TYPE_CHECKING') return false
  if (name === 'sa.__version__') return '2.0.0'
  return new Term({ is: 'name', name }, line)
}

function called(callee: Term, given: Arguments, context: Context): Value {
  const { conversion, evaluation } = context
  const { form } = callee
  const [first = null] = given.positional
  if (form.is === 'name') {
    const { name } = form
    if (/(^|\.)flag_modified$/.test(name)) return flagModified(given, context)
    const isInspector = name === 'sa.inspect' || /Inspector(\.from_engine)?$/.test(name)
    if (isInspector && first instanceof Connection) return new Inspector()
    if (/(^|\.)(Session|sessionmaker|scoped_session)$/.test(name)) return sessionOf(name, evaluation)
    const moment = askValue(name, context)
    if (moment !== null) return moment
    const found = standardCall(name, given, conversion)
    if (found !== undefined) return found
    if (name.startsWith('typing.')) return first
  }
  if (form.is === 'attribute') {
    const effect = methodEffect(form.of, form.name, given, context)
    if (effect !== undefined) return effect
  }
  const positional = given.positional.map(asTerm)
  return new Term({ is: 'call', callee, positional, named: given.named }, evaluation.line)
}

/** Methods that do something to the database at once. */
function methodEffect(of: Term, name: string, given: Arguments, context: Context): Value | undefined {
  if (name === 'copy' || name === '_copy') return of
  if (name !== 'create' && name !== 'drop') return undefined
  const type = enumType(of)
  if (type !== null)
    return name === 'create' ? sayCreateType(type, given, context) : sayDropType(type, given, context)
  if (tableOf(of) !== null || calledOf(of)?.name === 'sa.Sequence')
    return refuse(`${name} of a table or sequence of SQLAlchemy's, by itself`)
  return undefined
}

/** What was done within a value of a row counts as a change. */
function flagModified({ positional: [row = null, name = null] }: Arguments, { evaluation }: Context): null {
  if (!(row instanceof Residual) || !(row.entity instanceof MappedRow) || typeof name !== 'string')
    return refuse('flag_modified of what is no row of a session')
  row.entity.touch(row, name, evaluation)
  return null
}

/** A class of sessions gives them. */
function sessionOf(name: string, evaluation: Evaluation): Value {
  if (!/sessionmaker|scoped_session/.test(name)) return new Session(evaluation)
  return new Native('Session', (_, at) => new Session(at))
}

/** A type of the application's says in code what it is on PostgreSQL; it is asked when somebody uses it. */
function typeOnPostgres(made: ClassValue, evaluation: Evaluation): ClassValue {
  const load = resolved(made.members, 'load_dialect_impl')
  if (!(load instanceof FunctionValue)) return made
  const given = { positional: [new Instance(made), new Dialect()], named: new Map() }
  made.members.names.set(onPostgres, { later: () => callValue(load, given, evaluation) })
  return made
}
