import type { Directive } from '../operations/operation.ts'
import { column } from './column.ts'
import { columnDefault } from './column-default.ts'
import { comment } from './comment.ts'
import { constraint } from './constraint.ts'
import { defaultPrivilege } from './default-privilege.ts'
import { extension } from './extension.ts'
import { extensionDependency } from './extension-dependency.ts'
import { identity } from './identity.ts'
import { index } from './index.ts'
import { clustering, replicaIdentity } from './index-use.ts'
import { inheritedColumn } from './inherited-column.ts'
import { notNull } from './not-null.ts'
import type { ObjectKind } from './object-kind.ts'
import { owner } from './owner.ts'
import { privilege, withheldPrivilege } from './privilege.ts'
import { schema } from './schema.ts'
import { sequence, sequenceOwner } from './sequence.ts'
import { withSerials } from './serial.ts'
import { table } from './table.ts'

/**
 * All kinds of objects, by name, in the order in which objects that do not need each other are made. What is said of other objects, such as a
 * comment, comes last: it is read when these are known.
 */
export const kinds: ReadonlyMap<string, ObjectKind> = new Map(
  [
    schema,
    extension,
    sequence,
    table,
    column,
    inheritedColumn,
    notNull,
    identity,
    columnDefault,
    sequenceOwner,
    constraint,
    index,
    clustering,
    replicaIdentity,
    extensionDependency,
    comment,
    owner,
    withheldPrivilege,
    privilege,
    defaultPrivilege,
  ].map((kind) => [kind.kind, kind]),
)

/** Shorter ways to say several directives. */
export const shortenings: readonly ((directives: readonly Directive[]) => readonly Directive[])[] = [
  withSerials,
]
