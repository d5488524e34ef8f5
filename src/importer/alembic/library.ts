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
  defined: mapped,
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
    const isInspector = name === 'sa.inspect' || /Inspector(\.from_engine)?$/.test(name)
    if (isInspector && first instanceof Connection) return new Inspector()
    if (/(^|\.)(Session|sessionmaker|scoped_session)$/.test(name)) return sessionOf(name)
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
  return new Term({ is: 'call', callee, ...given }, evaluation.line)
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

/** A class of sessions gives them. */
function sessionOf(name: string): Value {
  if (!/sessionmaker|scoped_session/.test(name)) return new Connection()
  return new Native('Session', () => new Connection())
}

/** A type of the application's says in code what it is on PostgreSQL; it is asked when somebody uses it. */
function typeOnPostgres(made: ClassValue, evaluation: Evaluation): ClassValue {
  const load = resolved(made.members, 'load_dialect_impl')
  if (!(load instanceof FunctionValue)) return made
  const given = { positional: [new Instance(made), new Dialect()], named: new Map() }
  made.members.names.set(onPostgres, { later: () => callValue(load, given, evaluation) })
  return made
}

/** A class that is mapped to a table has columns for its attributes. */
function mapped(made: ClassValue, evaluation: Evaluation): Value {
  if (decorates(made)) return typeOnPostgres(made, evaluation)
  const table = tableOf(made)
  if (table === null || made.members.names.has('__table__')) return made
  const term = new Term(
    {
      is: 'call',
      callee: new Term({ is: 'name', name: 'sa.table' }, made.line),
      positional: [table.name, ...columnTerms(made)],
      named: new Map(table.schema === undefined ? [] : [['schema', table.schema]]),
    },
    made.line,
  )
  for (const [attribute, binding] of [...made.members.names]) {
    const column = 'value' in binding ? calledOf(binding.value) : null
    if (column === null || !/^sa\.(orm\.)?(Column|mapped_column)$/.test(column.name)) continue
    const name = table.names.get(attribute) ?? attribute
    const columns = new Term({ is: 'attribute', of: term, name: 'c' }, made.line)
    made.members.names.set(attribute, { value: new Term({ is: 'attribute', of: columns, name }, made.line) })
  }
  made.members.names.set('__table__', { value: term })
  return made
}

function columnTerms(made: ClassValue): readonly Term[] {
  return [...made.members.names].flatMap(([attribute, binding]) => {
    const column = 'value' in binding ? calledOf(binding.value) : null
    if (column === null || !/^sa\.(orm\.)?(Column|mapped_column)$/.test(column.name)) return []
    const positional =
      typeof column.positional[0] === 'string' ? column.positional : [attribute, ...column.positional]
    return [
      new Term(
        {
          is: 'call',
          callee: new Term({ is: 'name', name: 'sa.Column' }, made.line),
          positional,
          named: column.named,
        },
        made.line,
      ),
    ]
  })
}
