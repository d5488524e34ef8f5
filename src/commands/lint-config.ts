import type { Acceptance } from '../lint/acceptance.ts'
import type { Level } from '../lint/hazard.ts'
import type { Rule } from '../lint/rule.ts'

/** What the project says of hazards. */
export type LintConfig = {
  /**
   * What an upgrade does about an error that is not accepted. Default: `refuse` on a server, `warn` on an embedded database; `off` does not look.
   */
  readonly upgrade?: 'refuse' | 'warn' | 'off'
  /** The same for a downgrade. Default: `warn` on a server, `off` on an embedded database. */
  readonly downgrade?: 'refuse' | 'warn' | 'off'
  /** Another level for a rule, by its name; or `off`. */
  readonly rules?: { readonly [rule: string]: Level | 'off' }
  /** Rules of the project's own, beside Limbeck's. */
  readonly own?: readonly Rule[]
  /**
   * The application's queries: files of SQL or folders of them, with $1 where a value is. What PostgreSQL takes before a migration and not after it is told with
   * its file and line.
   * @example queries: 'src/queries'
   */
  readonly queries?: string | readonly string[]
  /** Hazards that are taken wherever they are, or in one relation, or in the files under a path. */
  readonly accept?: readonly {
    readonly rule: string
    readonly relation?: string
    /** A file or a folder, from the project's folder on. */
    readonly path?: string
    readonly reason: string
  }[]
}

/** The rules with the levels that the project gives them. */
export function rulesOf(
  builtIn: readonly Rule[],
  { rules: levels = {}, own = [] }: LintConfig,
): readonly Rule[] {
  return [...builtIn, ...own].flatMap((rule) => {
    const level = levels[rule.name] ?? rule.level
    return level === 'off' ? [] : [{ ...rule, level }]
  })
}

export function configuredAcceptances({ accept = [] }: LintConfig): readonly Acceptance[] {
  return accept.map(({ rule, reason, relation, path }) => ({
    rule,
    reason,
    said: 'the configuration',
    scope: { ...(relation === undefined ? {} : { relation }), ...(path === undefined ? {} : { path }) },
  }))
}
