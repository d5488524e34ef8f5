import { replaceEnum } from '../../operations/registry.ts'
import type { Node, ParsedStatement } from '../../sql/statements.ts'
import { executed, type Rewriting } from './rewriting.ts'

/** A type is renamed, made anew, its columns converted, and the old one dropped: a default, an index or a view in the way stops that. */
export const enumReplaced: Rewriting = {
  found: 'an enum is made anew by hand: a default, a view or another table that uses it stops that',
  instead: 'op.replaceEnum, which finds all that uses it',
  rewrite(directives, look) {
    const renamed = renaming(executed(directives[0], look))
    const made = making(executed(directives[1], look))
    if (renamed === null || made === null || made.name !== renamed.from) return null
    let count = 2
    while (converts(executed(directives[count], look), made.name)) count += 1
    if (count === 2 || !drops(executed(directives[count], look), renamed.to)) return null
    return { directives: [replaceEnum(made)], count: count + 1 }
  },
}

function renaming(statement: ParsedStatement | null): { readonly from: string; readonly to: string } | null {
  const { kind, node } = statement?.tree ?? { kind: '', node: {} }
  if (kind !== 'RenameStmt' || node['renameType'] !== 'OBJECT_TYPE') return null
  const from = lastName(node['object']?.List?.items)
  return from === null ? null : { from, to: node['newname'] }
}

function making(statement: ParsedStatement | null) {
  const { kind, node } = statement?.tree ?? { kind: '', node: {} }
  const names = node['typeName'] as readonly Node[] | undefined
  const name = lastName(names)
  if (kind !== 'CreateEnumStmt' || name === null) return null
  const schema = names?.length === 2 ? (names[0]?.['String']?.sval as string) : undefined
  const values = ((node['vals'] ?? []) as readonly Node[]).map((value) => value['String']?.sval as string)
  return { ...(schema === undefined ? {} : { schema }), name, values }
}

function converts(statement: ParsedStatement | null, name: string): boolean {
  const { kind, node } = statement?.tree ?? { kind: '', node: {} }
  if (kind !== 'AlterTableStmt') return false
  return ((node['cmds'] ?? []) as readonly Node[]).every(({ AlterTableCmd: command }) => {
    return (
      command?.subtype === 'AT_AlterColumnType' && lastName(command.def?.ColumnDef?.typeName?.names) === name
    )
  })
}

function drops(statement: ParsedStatement | null, name: string): boolean {
  const { kind, node } = statement?.tree ?? { kind: '', node: {} }
  if (kind !== 'DropStmt' || node['removeType'] !== 'OBJECT_TYPE') return false
  return lastName(node['objects']?.[0]?.TypeName?.names) === name
}

function lastName(names: readonly Node[] | undefined): string | null {
  return (names?.at(-1)?.['String']?.sval as string | undefined) ?? null
}
