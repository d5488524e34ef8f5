import { accessMethod } from './access-method.ts'
import { aggregate } from './aggregate.ts'
import { cast } from './cast.ts'
import { column } from './column.ts'
import { columnDefault } from './column-default.ts'
import { constraint } from './constraint.ts'
import { eventTrigger } from './event-trigger.ts'
import { extension } from './extension.ts'
import { functionKind } from './function.ts'
import { identity } from './identity.ts'
import { index } from './index.ts'
import { clustering, replicaIdentity } from './index-use.ts'
import { inheritedColumn } from './inherited-column.ts'
import { language } from './language.ts'
import { notNull } from './not-null.ts'
import type { ObjectKind } from './object-kind.ts'
import { operator } from './operator.ts'
import { operatorClass } from './operator-class.ts'
import { operatorFamily } from './operator-family.ts'
import { procedure } from './procedure.ts'
import { schema } from './schema.ts'
import { sequence, sequenceOwner } from './sequence.ts'
import { table } from './table.ts'
import { transform } from './transform.ts'

/**
 * All kinds of objects, by name, in the order in which objects that do not need each other are made. What is said of other objects, such as a
 * comment, comes last: it is read when these are known.
 */
export const kinds: ReadonlyMap<string, ObjectKind> = new Map(
  [
    schema,
    extension,
    language,
    transform,
    accessMethod,
    cast,
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
    functionKind,
    procedure,
    aggregate,
    operator,
    operatorFamily,
    operatorClass,
    eventTrigger,
  ].map((kind) => [kind.kind, kind]),
)
