import { clauses } from '../sql/clauses.ts'
import { columnList, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import type { Value } from '../sql/value.ts'
import { defaultExpression } from './column-definition.ts'
import { parameterList, parameterNames } from './storage-parameters.ts'

/** What a view is made of. A recursive one names its columns and takes no check option. */
export type ViewDefinition = ViewOptions & { readonly query: Sql } & (
    | {
        /** The names of the columns, where they are not those of the query. */
        readonly columns?: readonly string[]
        /** Refuses rows, written through the view, that the view (`local`) or any below it (`cascaded`) would not show. */
        readonly checkOption?: CheckOption
        readonly recursive?: false
      }
    | {
        readonly recursive: true
        readonly columns: readonly string[]
        readonly checkOption?: never
      }
  )

export type CheckOption = 'local' | 'cascaded'

export type ViewOptions = {
  /** Lets no condition of a query see rows that the view does not show. */
  readonly securityBarrier?: boolean
  /** Reads with the privileges of who asks, not of the view's owner. From PostgreSQL 15 on. */
  readonly securityInvoker?: boolean
}

/** What INSERT and UPDATE through the view take for a column that they leave out. */
export type ViewDefaults = { readonly [column: string]: Value | Sql }

/** null takes an option or a default away. */
export type ViewChange = {
  readonly checkOption?: CheckOption | null
  readonly securityBarrier?: boolean | null
  readonly securityInvoker?: boolean | null
  readonly defaults?: { readonly [column: string]: Value | Sql | null }
}

type Named = { readonly schema?: string; readonly name: string }

/** `VIEW …` with all of its definition, as it follows CREATE. */
export function viewSql(view: Named & ViewDefinition): string {
  const options = optionParameters(view)
  return clauses(
    view.recursive === true && 'RECURSIVE',
    `VIEW ${qualifiedName(view)}`,
    view.columns !== undefined && columnList(view.columns),
    Object.keys(options).length > 0 && `WITH ${parameterList(options)}`,
    `AS ${inlineSql(view.query)}`,
    view.checkOption !== undefined && `WITH ${view.checkOption.toUpperCase()} CHECK OPTION`,
  )
}

export function alterViewSql({ defaults = {}, checkOption, ...view }: Named & ViewChange): string {
  // For the check option ALTER has no clause of its own.
  const options = Object.entries<string | boolean | null>({
    ...optionParameters(view),
    ...(checkOption === undefined ? {} : { check_option: checkOption }),
  })
  const set = options.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))
  const reset = options.filter(([, value]) => value === null).map(([name]) => name)
  const changes = [
    set.length > 0 && `SET ${parameterList(Object.fromEntries(set))}`,
    reset.length > 0 && `RESET ${parameterNames(reset)}`,
    ...Object.entries(defaults).map(
      ([column, value]) =>
        `ALTER COLUMN ${quoteIdentifier(column)} ${value === null ? 'DROP DEFAULT' : `SET DEFAULT ${defaultExpression(value)}`}`,
    ),
  ].filter((change) => change !== false)
  return `ALTER VIEW ${qualifiedName(view)} ${changes.join(', ')}`
}

/** The options that are given, as PostgreSQL calls them. */
function optionParameters<Option>(options: {
  readonly securityBarrier?: Option
  readonly securityInvoker?: Option
}): { readonly [parameter: string]: Option } {
  return {
    ...(options.securityBarrier === undefined ? {} : { security_barrier: options.securityBarrier }),
    ...(options.securityInvoker === undefined ? {} : { security_invoker: options.securityInvoker }),
  }
}
