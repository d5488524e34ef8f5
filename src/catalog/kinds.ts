import { column } from './column.ts'
import { columnDefault } from './column-default.ts'
import { constraint } from './constraint.ts'
import { extension } from './extension.ts'
import { foreignDataWrapper } from './foreign-data-wrapper.ts'
import { foreignServer } from './foreign-server.ts'
import { foreignTable } from './foreign-table.ts'
import { identity } from './identity.ts'
import { index } from './index.ts'
import { clustering, replicaIdentity } from './index-use.ts'
import { inheritedColumn } from './inherited-column.ts'
import { materializedView } from './materialized-view.ts'
import { notNull } from './not-null.ts'
import type { ObjectKind } from './object-kind.ts'
import { partitionTrigger } from './partition-trigger.ts'
import { policy } from './policy.ts'
import { publication, publishedSchema, publishedTable } from './publication.ts'
import { rule } from './rule.ts'
import { schema } from './schema.ts'
import { sequence, sequenceOwner } from './sequence.ts'
import { subscription } from './subscription.ts'
import { table } from './table.ts'
import { trigger } from './trigger.ts'
import { userMapping } from './user-mapping.ts'
import { view } from './view.ts'

/**
 * All kinds of objects, by name, in the order in which objects that do not need each other are made. What is said of other objects, such as a
 * comment, comes last: it is read when these are known.
 */
export const kinds: ReadonlyMap<string, ObjectKind> = new Map(
  [
    schema,
    extension,
    foreignDataWrapper,
    foreignServer,
    userMapping,
    sequence,
    table,
    column,
    inheritedColumn,
    notNull,
    identity,
    columnDefault,
    sequenceOwner,
    constraint,
    foreignTable,
    view,
    materializedView,
    index,
    clustering,
    replicaIdentity,
    rule,
    trigger,
    partitionTrigger,
    policy,
    publication,
    publishedTable,
    publishedSchema,
    subscription,
  ].map((kind) => [kind.kind, kind]),
)
