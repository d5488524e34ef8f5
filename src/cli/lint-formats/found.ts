import { createHash } from 'node:crypto'
import type { LintedStatement, LintReport } from '../../commands/lint.ts'
import type { Hazard } from '../../lint/hazard.ts'

/** A hazard with the statement in which it is. */
export type Found = {
  readonly statement: LintedStatement
  readonly hazard: Hazard
  /** Why it is accepted; null where it is not. */
  readonly reason: string | null
  /** The same for the same hazard where the lines before it have moved; no other one of the report has it. */
  readonly fingerprint: string
}

/** Those that nobody has accepted. */
export function openIn(report: LintReport): readonly Found[] {
  return foundIn(report).filter(({ reason }) => reason === null)
}

/** All hazards of a report, in the order of the statements. */
export function foundIn({ statements }: LintReport): readonly Found[] {
  const seen = new Map<string, number>()
  return statements.flatMap((statement) =>
    withReasons(statement).map(([hazard, reason]) => {
      const said = digest([hazard.rule, slashed(statement.file), withoutLayout(statement.text)])
      const times = (seen.get(said) ?? 0) + 1
      seen.set(said, times)
      return {
        statement,
        hazard,
        reason,
        fingerprint: times === 1 ? said : digest([said, String(times)]),
      }
    }),
  )
}

function withReasons({
  hazards,
  accepted,
}: LintedStatement): readonly (readonly [hazard: Hazard, reason: string | null])[] {
  return [
    ...hazards.map((hazard) => [hazard, null] as const),
    ...accepted.map((hazard) => [hazard, hazard.reason] as const),
  ]
}

/** A path as URLs and the pages of CI have it, on Windows too. */
export function slashed(file: string): string {
  return file.replaceAll('\\', '/')
}

/** What a person has to know beside the hazards: what was not seen, and what is accepted and not there. */
export function notices({ assumed, unused, inTheWay }: LintReport): readonly string[] {
  return [
    ...assumed,
    ...inTheWay,
    ...unused.map(({ rule, said, isRule, nearest }) => {
      if (isRule) return `${said}: ${rule} is accepted, and nothing of it is found.`
      return `${said}: ${rule} is accepted, and there is no such rule.${nearest === null ? '' : ` Is ${nearest} meant?`}`
    }),
  ]
}

/** What there is to say of a hazard where there is room for more than its message. */
export function wholeText({ message, evidence, recipe }: Hazard): string {
  return [
    message,
    ...(evidence.length === 0 ? [] : ['', ...evidence]),
    ...(recipe === null ? [] : ['', 'Instead:', recipe]),
  ].join('\n')
}

function withoutLayout(sql: string): string {
  return sql.replaceAll(/\s+/g, ' ').trim()
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}
