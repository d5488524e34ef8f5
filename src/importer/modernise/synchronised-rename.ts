import type { Column } from '../../operations/column-definition.ts'
import type { ExpandColumn } from '../../operations/expand.ts'
import { type Directive, isOf } from '../../operations/operation.ts'
import { addColumn, dropColumn, expandColumn, retractColumn } from '../../operations/registry.ts'
import type { Node, ParsedStatement } from '../../sql/statements.ts'
import { type Look, type Rewriting, type Rewritten, statementsOf } from './rewriting.ts'
import { isSynchroniser } from './synchroniser.ts'

/** A column that is there under two names, and what keeps them equal. */
export type SynchronisedRename = {
  readonly schema?: string
  readonly table: string
  readonly from: string
  readonly to: string
  readonly type: Column['type']
  readonly trigger: string
  readonly routine: string
}

/** A column is added, filled from another, and a trigger of one's own keeps both equal: the first half of a change of name. */
export const synchronisedRename: Rewriting = {
  found:
    'a trigger by hand keeps two columns equal: it misses what is inserted, and the copy holds all rows at once',
  instead: 'op.expandColumn, which fills in batches and carries indexes, constraints and NOT NULL over',
  rewrite(directives, look) {
    const added = addition(directives[0])
    if (added === null || look.isNew(added)) return null
    const found = renameIn(added, directives.slice(1), look)
    if (found === null || !canBeTakenBack(found.rename, look)) return null
    look.renames.push(found.rename)
    return { directives: [expandColumn(expansionOf(found.rename))], count: found.count + 1 }
  },
}

/** The same, undone. */
export const retractedRename: Rewriting = {
  found: 'what keeps two columns equal is taken away by hand',
  instead: 'op.retractColumn, which undoes op.expandColumn',
  rewrite(directives, look) {
    for (const rename of look.renames) {
      const count = retraction(directives, rename, look)
      if (count !== null)
        return { directives: [retractColumn(expansionOf(rename))], count } satisfies Rewritten
    }
    return null
  },
}

function expansionOf({ schema, table, from, to, type }: SynchronisedRename): ExpandColumn {
  return { ...(schema === undefined ? {} : { schema }), table, from, to: { name: to, type } }
}

type Added = Pick<SynchronisedRename, 'schema' | 'table' | 'to' | 'type'>

/** A column that may be NULL and has nothing but a type. */
function addition(directive: Directive | undefined): Added | null {
  if (directive === undefined || !isOf(addColumn, directive)) return null
  const { schema, table, column, ...others } = directive
  const { name, type, ...more } = column
  if (Object.keys(others).some((key) => key !== 'kind') || Object.keys(more).length > 0) return null
  return { ...(schema === undefined ? {} : { schema }), table, to: name, type }
}

type Parts = { from: string | null; trigger: string | null; routine: ParsedStatement | null }

/** The copy, the function and the trigger, in any order and nothing between them. */
function renameIn(
  added: Added,
  directives: readonly Directive[],
  look: Look,
): { readonly rename: SynchronisedRename; readonly count: number } | null {
  const parts: Parts = { from: null, trigger: null, routine: null }
  for (const [n, directive] of directives.entries()) {
    const statements = statementsOf(directive, look) ?? []
    if (statements.length === 0 || !statements.every((one) => take(one, added, parts))) return null
    const { from, trigger, routine } = parts
    if (from === null || trigger === null || routine === null) continue
    const name = routineName(routine)
    if (name === null || !isSynchroniser(routine, { from, to: added.to }, look)) return null
    const isOwn = trigger.startsWith(`${name} `)
    return isOwn
      ? { rename: { ...added, from, trigger: trigger.slice(name.length + 1), routine: name }, count: n + 1 }
      : null
  }
  return null
}

/** Takes one statement for the part that it is; false where it is none, or one more. */
function take(statement: ParsedStatement, added: Added, parts: Parts): boolean {
  const { kind, node } = statement.tree
  if (kind === 'UpdateStmt') {
    const from = parts.from === null ? copiedColumn(node, added) : null
    parts.from ??= from
    return from !== null
  }
  if (kind === 'CreateFunctionStmt' && parts.routine === null) {
    parts.routine = statement
    return true
  }
  if (kind !== 'CreateTrigStmt' || parts.trigger !== null || !isOfRows(node, added)) return false
  parts.trigger = `${lastName(node['funcname'])} ${node['trigname']}`
  return true
}

/** `UPDATE users SET email_address = email`, of all rows or those that lack it. */
function copiedColumn(node: Node, { schema, table, to }: Added): string | null {
  const { relname, schemaname } = node['relation'] ?? {}
  const [target, second] = (node['targetList'] ?? []) as readonly Node[]
  const others = Object.keys(node).filter((key) => !['relation', 'targetList', 'whereClause'].includes(key))
  if (relname !== table || schemaname !== schema || second !== undefined || others.length > 0) return null
  const test = node['whereClause']?.NullTest as Node | undefined
  const from = columnName(target?.['ResTarget']?.val)
  if (target?.['ResTarget']?.name !== to || from === null) return null
  if (node['whereClause'] === undefined) return from
  const tested = columnName(test?.['arg'])
  const isMissing = test?.['nulltesttype'] === 'IS_NULL' ? tested === to : tested === from
  return test !== undefined && isMissing ? from : null
}

const beforeEvent = 2
const onUpdate = 16

/** A trigger for each row of the table, before it is written. */
function isOfRows(node: Node, { schema, table }: Added): boolean {
  const { relname, schemaname } = node['relation'] ?? {}
  return (
    relname === table &&
    schemaname === schema &&
    node['row'] === true &&
    node['timing'] === beforeEvent &&
    ((node['events'] as number) & onUpdate) !== 0 &&
    node['whenClause'] === undefined
  )
}

/** Undoing has to be sayable too, and no other revision may go on with the trigger. */
function canBeTakenBack(rename: SynchronisedRename, look: Look): boolean {
  if ([rename.trigger, rename.routine].some((name) => look.isNamedElsewhere(name))) return false
  const ends = look.other.filter((directive) => endOf(directive, rename, look) !== null)
  if (ends.length === 0) return true
  const at = look.other.findIndex((directive) => endOf(directive, rename, look) !== null)
  return retraction(look.other.slice(at), rename, look) === ends.length
}

/** How many directives at the beginning take trigger, function and new column away; null where they do not. */
function retraction(directives: readonly Directive[], rename: SynchronisedRename, look: Look): number | null {
  const found = new Set<string>()
  let count = 0
  for (const directive of directives) {
    const ends = endOf(directive, rename, look)
    if (ends === null) break
    for (const end of ends) found.add(end)
    count += 1
  }
  // A trigger goes with its function where CASCADE says so, and else is gone before.
  return found.has('column') && found.has('routine') ? count : null
}

type End = 'column' | 'trigger' | 'routine'

function endOf(directive: Directive, rename: SynchronisedRename, look: Look): readonly End[] | null {
  if (isOf(dropColumn, directive))
    return directive.table === rename.table && directive.name === rename.to ? ['column'] : null
  const ends = (statementsOf(directive, look) ?? []).map(({ tree }) => endIn(tree.node, rename))
  return ends.length === 0 || ends.includes(null) ? null : (ends as readonly End[])
}

function endIn(node: Node, { trigger, routine }: SynchronisedRename): End | null {
  const [object, second] = (node['objects'] ?? []) as readonly Node[]
  if (second !== undefined) return null
  if (node['removeType'] === 'OBJECT_TRIGGER')
    return lastName(object?.['List']?.items) === trigger ? 'trigger' : null
  if (node['removeType'] !== 'OBJECT_FUNCTION') return null
  return lastName(object?.['ObjectWithArgs']?.objname) === routine ? 'routine' : null
}

function routineName({ tree: { node } }: ParsedStatement): string | null {
  return lastName(node['funcname'])
}

function columnName(value: Node | undefined): string | null {
  return lastName(value?.['ColumnRef']?.fields)
}

function lastName(names: readonly Node[] | undefined): string | null {
  return (names?.at(-1)?.['String']?.sval as string | undefined) ?? null
}
