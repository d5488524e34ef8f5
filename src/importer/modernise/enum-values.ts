import type { EnumValue } from '../../operations/enum.ts'
import type { Directive } from '../../operations/operation.ts'
import { addEnumValues } from '../../operations/registry.ts'
import type { Node } from '../../sql/statements.ts'
import { executed, type Look, type Rewriting } from './rewriting.ts'

/** Labels that are added one by one, with no way back. */
export const enumValues: Rewriting = {
  found: 'labels of an enum are added by SQL, with no way back',
  instead: 'op.addEnumValues, which can be undone while no row has them',
  rewrite(directives, look) {
    const first = addition(directives[0], look)
    if (first === null) return null
    const values: EnumValue[] = []
    for (const directive of directives) {
      const next = addition(directive, look)
      if (next === null || next.name !== first.name || next.schema !== first.schema) break
      values.push(next.value)
    }
    const { schema, name } = first
    return {
      directives: [addEnumValues({ ...(schema === undefined ? {} : { schema }), name, values })],
      count: values.length,
    }
  },
}

function addition(directive: Directive | undefined, look: Look) {
  const tree = executed(directive, look)?.tree
  if (tree?.kind !== 'AlterEnumStmt' || tree.node['oldVal'] !== undefined) return null
  const { node } = tree
  const names = (node['typeName'] as readonly Node[]).map((part) => part['String']?.sval as string)
  const name = names.at(-1)
  const value = node['newVal'] as string | undefined
  if (name === undefined || value === undefined) return null
  return { schema: names.at(-2), name, value: placed(value, node) }
}

function placed(value: string, node: Node): EnumValue {
  const neighbour = node['newValNeighbor'] as string | undefined
  if (neighbour === undefined) return value
  return node['newValIsAfter'] === true ? { value, after: neighbour } : { value, before: neighbour }
}
