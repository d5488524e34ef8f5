import { resolved } from '../python/resolve.ts'
import { type Binding, ClassValue, Term, type Value } from '../python/value.ts'
import { tableOf } from '../sqlalchemy/table.ts'
import { type Called, calledOf } from '../sqlalchemy/term.ts'

/** A class that is mapped to a table has columns for its attributes; any other is as it was. */
export function mapped(made: ClassValue): ClassValue {
  const table = tableOf(made)
  if (table === null || made.members.names.has('__table__')) return made
  const columns = columnsOf(made)
  const term = new Term(
    {
      is: 'call',
      callee: new Term({ is: 'name', name: 'sa.table' }, made.line),
      positional: [table.name, ...columns.map(({ name, called }) => columnTerm(name, called, made.line))],
      named: new Map(table.schema === undefined ? [] : [['schema', table.schema]]),
    },
    made.line,
  )
  const holder = new Term({ is: 'attribute', of: term, name: 'c' }, made.line)
  for (const { attribute, name } of columns)
    made.members.names.set(attribute, { value: new Term({ is: 'attribute', of: holder, name }, made.line) })
  made.members.names.set('__table__', { value: term })
  return made
}

type Column = { readonly attribute: string; readonly name: string; readonly called: Called }

/** Its columns, those of the classes that are mixed into it first. */
function columnsOf(of: ClassValue): readonly Column[] {
  const inherited = of.bases.flatMap((base) => (base instanceof ClassValue ? columnsOf(base) : []))
  const own = [...of.members.names].flatMap(([attribute, binding]) => columnIn(attribute, binding))
  const names = new Set(own.map(({ attribute }) => attribute))
  return [...inherited.filter(({ attribute }) => !names.has(attribute)), ...own]
}

function columnIn(attribute: string, binding: Binding): readonly Column[] {
  const called = 'value' in binding ? calledOf(binding.value) : null
  if (called === null || !/^sa\.(orm\.)?(Column|mapped_column)$/.test(called.name)) return []
  const [first] = called.positional
  const given = typeof first === 'string' ? first : called.named.get('name')
  return [{ attribute, name: typeof given === 'string' ? given : attribute, called }]
}

function columnTerm(name: string, { positional, named }: Called, line: number): Term {
  const rest = typeof positional[0] === 'string' ? positional.slice(1) : positional
  return new Term(
    {
      is: 'call',
      callee: new Term({ is: 'name', name: 'sa.Column' }, line),
      positional: [name, ...rest],
      named,
    },
    line,
  )
}

/** What a class says of a name, itself or by one that it is derived from. */
export function memberOf(of: ClassValue, name: string): Value | undefined {
  const own = resolved(of.members, name)
  if (own !== undefined) return own
  for (const base of of.bases) {
    const inherited = base instanceof ClassValue ? memberOf(base, name) : undefined
    if (inherited !== undefined) return inherited
  }
  return undefined
}
