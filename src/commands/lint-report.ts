import { type Acceptance, sorted } from '../lint/acceptance.ts'
import { findHazards } from '../lint/find-hazards.ts'
import { type Hazard, type Level, levels } from '../lint/hazard.ts'
import type { Rule, RuleContext } from '../lint/rule.ts'
import { rules as builtIn } from '../lint/rules.ts'
import { bySize } from '../lint/sizes.ts'
import { nearMisses } from '../near-miss.ts'
import type { BuiltIndex, Observation, ObservedError, ObservedLock } from '../trace/observation.ts'
import { type Picture, relationName } from '../trace/picture.ts'
import type { TracedStatement } from '../trace/subject.ts'
import { withRecipe } from './lint-recipes.ts'
import type { LintSubject } from './lint-subjects.ts'
import type { Target } from './lint-target.ts'

/** A statement of the author's that stands in the file as directives of Limbeck's now. */
export type Fix = {
  readonly file: string
  readonly line: number
  readonly rules: readonly string[]
  readonly before: string
  readonly after: string
}

/** What each statement does to those who use the database, and what goes wrong. Documented, and stable. */
export type LintReport = {
  readonly statements: readonly LintedStatement[]
  /** What takes a hazard that there is none of. `nearest`: where no rule is called so, the one that may be meant. */
  readonly unused: readonly {
    readonly rule: string
    readonly reason: string
    readonly said: string
    readonly isRule: boolean
    readonly nearest: string | null
  }[]
  /** What was rewritten in the files; the rest of the report is of what stands there now. */
  readonly fixed: readonly Fix[]
  /** What strong locks would meet on the database that it is for, a sentence each; nothing where it was not asked. */
  readonly inTheWay: readonly string[]
  /** What was not seen, and what was taken for granted, a sentence each. */
  readonly assumed: readonly string[]
}

export type LintedStatement = {
  readonly text: string
  readonly file: string
  readonly line: number
  readonly revision: string | null
  readonly stage: number | null
  /** From 1, over all that was looked at; null for what begins or ends one. */
  readonly transaction: number | null
  /** Relations by the names that they had before the migration, by which others wait for them. */
  readonly locks: readonly Pick<ObservedLock, 'relation' | 'mode' | 'existedBefore'>[]
  readonly rewrites: readonly string[]
  readonly scans: readonly string[]
  readonly indexesBuilt: readonly BuiltIndex[]
  readonly error: ObservedError | null
  readonly hazards: readonly Hazard[]
  /** Hazards that somebody has taken, with the reason. */
  readonly accepted: readonly (Hazard & { readonly reason: string })[]
}

/** The worst that was found; null for nothing. */
export function worstLevel({ statements }: LintReport): Level | null {
  const found = new Set(statements.flatMap(({ hazards }) => hazards.map(({ level }) => level)))
  return levels.find((level) => found.has(level)) ?? null
}

/** What a subject's statements were seen to do, in the order in which they stand. */
export type Seen = {
  readonly subject: LintSubject
  readonly observations: readonly Observation[]
  /** The directives that do the same as a statement, as code; null where there are none. */
  recipe(statement: TracedStatement): string | null
}

/** What a report is judged by. */
export type Judgement = Pick<RuleContext, 'major' | 'isRun'> & {
  readonly rules: readonly Rule[]
  readonly target: Target
  /** What the project accepts everywhere. */
  readonly configured: readonly Acceptance[]
  /** What is taken for granted of all of them, a sentence each. */
  readonly assumed: readonly string[]
}

/** Has the rules judge all that was seen. */
export function reportOf(
  seen: readonly Seen[],
  { rules, major, isRun, target, configured, assumed }: Judgement,
): LintReport {
  const used = new Set<Acceptance>()
  const statements: LintedStatement[] = []
  let transactions = 0
  for (const { subject, observations, recipe } of seen) {
    const { mode, acceptances } = subject
    const inText = inPlace(observations, [...subject.control, ...subject.lacking])
    const hazards = findHazards(inText, { rules, mode, major, isRun, extensions: target.extensions })
    for (const observation of inText) {
      const { statement } = observation
      const all = (hazards.get(observation) ?? []).map((hazard) =>
        bySize(withRecipe(hazard, { code: recipe(statement), rules }), target.sizes),
      )
      const told = subject.isWayBack ? all.filter((hazard) => isOfWayBack(hazard, statement)) : all
      const found = sorted(told, [...acceptances, ...configured], statement)
      for (const { by } of found.accepted) used.add(by)
      const nameBefore = namesBefore(observation, inText[0]?.before ?? observation.before)
      statements.push(reported(observation, { ...found, nameBefore, before: transactions }))
    }
    transactions += subject.transactions.length
  }
  const said = [...seen.flatMap(({ subject }) => subject.acceptances), ...configured]
  return {
    statements,
    unused: said
      .filter((one) => !used.has(one))
      .map(({ rule, reason, said: where }) => ({ rule, reason, said: where, ...knownRule(rule, rules) })),
    fixed: [],
    inTheWay: target.inTheWay,
    assumed: [
      ...assumed,
      ...seen.flatMap(({ subject: { name, unseen } }) => unseen.map((one) => `${name}: ${one}`)),
    ],
  }
}

/** Who goes back has the application of before out already; and of what an operation loses a downgrade asks by itself. */
function isOfWayBack({ class: kind }: Hazard, { title }: TracedStatement): boolean {
  return kind !== 'breaks-old-code' && (kind !== 'data-loss' || title === null)
}

/** A rule that is off is one all the same. */
function knownRule(
  name: string,
  inForce: readonly Rule[],
): Pick<LintReport['unused'][number], 'isRule' | 'nearest'> {
  const names = [...new Set([...inForce, ...builtIn].map((rule) => rule.name))]
  const isRule = names.includes(name)
  return { isRule, nearest: isRule ? null : (nearMisses(name, names)[0] ?? null) }
}

/** With what was not run, as what begins and ends transactions, at its place in the text; of a revision's statements each is a text of its own. */
function inPlace(
  all: readonly Observation[],
  unmovedStatements: LintSubject['control'],
): readonly Observation[] {
  const [first] = all
  const unmoved = unmovedStatements.map(
    (statement): Observation => ({
      statement,
      transaction: 0,
      isBlock: false,
      isUndone: false,
      locks: [],
      held: [],
      rewrites: [],
      scans: [],
      indexesBuilt: [],
      written: [],
      madeRows: 0,
      rows: new Map(),
      given: new Set(),
      error: null,
      before: first?.before ?? new Map(),
      after: first?.before ?? new Map(),
      old: first?.old ?? new Set(),
      lockTimeout: '0',
      broken: [],
      hidden: [],
      refused: [],
      recast: [],
      replaced: [],
      notes: [],
    }),
  )
  if (unmoved.length === 0) return all
  if (unmoved.some(({ statement }) => statement.revision !== null)) return [...all, ...unmoved]
  return [...all, ...unmoved].sort((a, b) => a.statement.parsed.offset - b.statement.parsed.offset)
}

function reported(
  { statement, transaction, locks, rewrites, scans, indexesBuilt, error }: Observation,
  {
    left,
    accepted,
    nameBefore,
    before,
  }: ReturnType<typeof sorted> & {
    readonly nameBefore: (relation: string) => string
    readonly before: number
  },
): LintedStatement {
  const { parsed, file, line, revision, stage } = statement
  return {
    text: parsed.text,
    file,
    line,
    revision,
    stage,
    transaction: transaction === 0 ? null : before + transaction,
    locks: locks.map(({ relation, mode, existedBefore }) => ({
      relation: existedBefore ? nameBefore(relation) : relation,
      mode,
      existedBefore,
    })),
    rewrites,
    scans,
    indexesBuilt,
    error,
    hazards: left,
    accepted: accepted.map(({ by: _, ...hazard }) => hazard),
  }
}

/** What relations were called at first that are called so when a statement runs. */
function namesBefore({ before }: Observation, first: Picture): (relation: string) => string {
  if (before === first) return (relation) => relation
  const renamed = new Map(
    [...before.values()].flatMap((now) => {
      const was = first.get(now.oid)
      return was === undefined || was === now ? [] : [[relationName(now), relationName(was)] as const]
    }),
  )
  return (relation) => renamed.get(relation) ?? relation
}
