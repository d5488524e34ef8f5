import type { Directive } from '../operations/operation.ts'
import { accessMethod } from './access-method.ts'
import { aggregate } from './aggregate.ts'
import { cast } from './cast.ts'
import { collation } from './collation.ts'
import { column } from './column.ts'
import { columnDefault } from './column-default.ts'
import { comment } from './comment.ts'
import { attribute, compositeType } from './composite-type.ts'
import { constraint } from './constraint.ts'
import { conversion } from './conversion.ts'
import { defaultPrivilege } from './default-privilege.ts'
import { domain } from './domain.ts'
import { domainConstraint } from './domain-constraint.ts'
import { enumType } from './enum.ts'
import { eventTrigger } from './event-trigger.ts'
import { extension } from './extension.ts'
import { extensionDependency } from './extension-dependency.ts'
import { foreignDataWrapper } from './foreign-data-wrapper.ts'
import { foreignServer } from './foreign-server.ts'
import { foreignTable } from './foreign-table.ts'
import { functionKind } from './function.ts'
import { identity } from './identity.ts'
import { index } from './index.ts'
import { clustering, replicaIdentity } from './index-use.ts'
import { inheritedColumn } from './inherited-column.ts'
import { language } from './language.ts'
import { materializedView } from './materialized-view.ts'
import { notNull } from './not-null.ts'
import type { ObjectKind } from './object-kind.ts'
import { operator } from './operator.ts'
import { operatorClass } from './operator-class.ts'
import { operatorFamily } from './operator-family.ts'
import { owner } from './owner.ts'
import { partitionTrigger } from './partition-trigger.ts'
import { policy } from './policy.ts'
import { privilege, withheldPrivilege } from './privilege.ts'
import { procedure } from './procedure.ts'
import { publication, publishedSchema, publishedTable } from './publication.ts'
import { rangeType } from './range-type.ts'
import { rule } from './rule.ts'
import { schema } from './schema.ts'
import { sequence, sequenceOwner } from './sequence.ts'
import { withSerials } from './serial.ts'
import { statistics } from './statistics.ts'
import { subscription } from './subscription.ts'
import { table } from './table.ts'
import { textSearchConfiguration } from './text-search-configuration.ts'
import { textSearchDictionary } from './text-search-dictionary.ts'
import { textSearchParser } from './text-search-parser.ts'
import { textSearchTemplate } from './text-search-template.ts'
import { transform } from './transform.ts'
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
    language,
    accessMethod,
    collation,
    conversion,
    enumType,
    domain,
    domainConstraint,
    rangeType,
    compositeType,
    attribute,
    textSearchParser,
    textSearchTemplate,
    textSearchDictionary,
    textSearchConfiguration,
    foreignDataWrapper,
    foreignServer,
    userMapping,
    transform,
    cast,
    sequence,
    table,
    column,
    inheritedColumn,
    columnDefault,
    notNull,
    identity,
    sequenceOwner,
    constraint,
    foreignTable,
    functionKind,
    procedure,
    aggregate,
    operator,
    operatorFamily,
    operatorClass,
    view,
    materializedView,
    index,
    clustering,
    replicaIdentity,
    statistics,
    rule,
    trigger,
    partitionTrigger,
    policy,
    publication,
    publishedTable,
    publishedSchema,
    subscription,
    eventTrigger,
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
