import { codeOf, residualOf, sortOf } from './code.ts'
import { changing } from './container-methods.ts'
import { type Evaluation, freshName, say } from './evaluation.ts'
import { NotConverted } from './not-converted.ts'
import { Variable } from './scope.ts'
import type { Statement } from './syntax.ts'
import { Dict, List, PySet, Residual, type Scope, type Value } from './value.ts'

/**
 * Makes variables of what statements change that only the run knows how often it carries out: of lists and dicts that they change,
 * and, where they are repeated, of names that they bind anew.
 */
export function materialise(
  statements: readonly Statement[],
  evaluation: Evaluation,
  which: 'changed' | 'bound too',
): void {
  const names = changedNames(statements)
  if (which === 'bound too') for (const name of boundNames(statements)) names.add(name)
  for (const name of names) {
    const scope = scopeOf(name, evaluation.frame.scope)
    const binding = scope?.names.get(name)
    if (scope === null || binding === undefined || !('value' in binding)) continue
    const { value } = binding
    if (value instanceof Variable || (which === 'changed' && !isContainer(value))) continue
    makeVariable(name, value, scope, evaluation)
  }
}

function makeVariable(name: string, value: Value, scope: Scope, evaluation: Evaluation): void {
  try {
    const code = codeOf(value)
    const variable = freshName(evaluation, name)
    const sort = residualOf(value) === null && isContainer(value) ? containerSort(value) : sortOf(value)
    const type = code === '[]' || code === '{}' || code === 'null' ? ': any' : ''
    say(evaluation, { say: 'code', text: `let ${variable}${type} = ${code}` })
    const known = value instanceof Residual ? value : null
    const { columns = null, queries = [], countable = true, items = 'unknown', entity = null } = known ?? {}
    scope.names.set(name, {
      value: new Variable(variable, { sort, columns, queries, countable, items, entity }),
    })
  } catch (error) {
    // What cannot be a variable is refused where it is changed.
    if (!(error instanceof NotConverted)) throw error
  }
}

function containerSort(value: Value): 'list' | 'dict' {
  return value instanceof Dict ? 'dict' : 'list'
}

function isContainer(value: Value): boolean {
  return value instanceof List || value instanceof Dict || value instanceof PySet
}

function scopeOf(name: string, inner: Scope): Scope | null {
  for (let scope: Scope | null = inner; scope !== null; scope = scope.outer)
    if (scope.names.has(name)) return scope
  return null
}

/** Whether statements may leave in a way, their own loops apart. */
export function leaves(statements: readonly Statement[], way: 'Return' | 'Break' | 'Continue'): boolean {
  return statements.some((node) => {
    if (node.nodeType === way) return true
    if (node.nodeType === 'If') return leaves(node.body, way) || leaves(node.orelse, way)
    if (node.nodeType === 'For' || node.nodeType === 'While')
      return way === 'Return' && leaves(node.body, way)
    if (node.nodeType === 'With' || node.nodeType === 'Try') return leaves(node.body, way)
    return false
  })
}

/** Names of which a list's or dict's own methods, or items, are changed. */
function changedNames(nodes: unknown): Set<string> {
  const names = new Set<string>()
  visit(nodes, (node) => {
    if (node['nodeType'] === 'Call') {
      const callee = node['func'] as Found
      const of = callee['value'] as Found | undefined
      if (
        callee['nodeType'] === 'Attribute' &&
        of?.['nodeType'] === 'Name' &&
        changing.has(String(callee['attr']))
      )
        names.add(String(of['id']))
    }
    if (node['nodeType'] === 'AugAssign') addName(node['target'] as Found, names)
    if (node['nodeType'] === 'Assign')
      for (const target of node['targets'] as Found[])
        if (target['nodeType'] === 'Subscript') addName(target['value'] as Found, names)
  })
  return names
}

/** Names that statements bind, but for functions and classes. */
export function boundNames(nodes: unknown): Set<string> {
  const names = new Set<string>()
  visit(nodes, (node) => {
    const context = node['ctx'] as Found | undefined
    if (node['nodeType'] === 'Name' && context?.['nodeType'] === 'Store') names.add(String(node['id']))
    if (node['nodeType'] === 'Alias') names.add(String(node['asname'] ?? node['name']))
  })
  return names
}

export function holds(node: unknown, type: string): boolean {
  let found = false
  visit(node, (inner) => {
    if (inner['nodeType'] === type) found = true
  })
  return found
}

type Found = { readonly [field: string]: unknown }

function addName(node: Found, names: Set<string>): void {
  if (node['nodeType'] === 'Name') names.add(String(node['id']))
}

/** Every node within, functions and classes that are only defined there apart. */
function visit(node: unknown, look: (node: Found) => void): void {
  if (Array.isArray(node)) for (const one of node) visit(one, look)
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return
  const found = node as Found
  if (found['nodeType'] === 'FunctionDef' || found['nodeType'] === 'ClassDef') return
  look(found)
  for (const member of Object.values(found)) if (typeof member === 'object') visit(member, look)
}
