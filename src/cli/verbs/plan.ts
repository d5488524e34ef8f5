import { relative } from 'node:path'
import type { PlannedRevisionReport, PlanReport } from '../../commands/plan.ts'
import { borderText, byTurn } from '../phase.ts'
import { unfinishedText } from '../standing.ts'
import type { Style } from '../style.ts'
import { plural } from '../text.ts'
import type { Input, Verb } from '../verb.ts'

export const plan: Verb = {
  name: 'plan',
  summary: 'what would run: stages, transactions, SQL, what is lost',
  arguments: [{ name: 'REVISION', summary: 'how far; default: head, or -1 with --downgrade' }],
  options: [
    { name: 'downgrade', summary: 'plan a downgrade instead of an upgrade' },
    { name: 'detach', summary: 'as with "limbeck upgrade --detach"' },
    { name: 'no-sql', summary: 'leave out the SQL' },
  ],
  examples: ['limbeck plan', 'limbeck plan --downgrade -1', 'limbeck plan head --json'],
  async run(input) {
    const { plan: makePlan } = await import('../../commands/plan.ts')
    const [to] = input.arguments
    const report = await makePlan(input.config, {
      detach: input.flag('detach'),
      direction: input.flag('downgrade') ? 'downgrade' : 'upgrade',
      ...(to === undefined ? {} : { to }),
    })
    return { report, text: planText(report, { ...input, sql: !input.flag('no-sql') }) }
  },
}

type PlanTextOptions = Pick<Input, 'style' | 'directory'> & { readonly sql: boolean }

function planText(report: PlanReport, options: PlanTextOptions): string {
  const unfinished = unfinishedText(report.unfinished, options.style)
  if (report.revisions.length === 0)
    return [`Nothing to do: ${report.database} is there already.`, ...unfinished].join('\n')
  const stages = report.revisions.reduce((sum, revision) => sum + revision.stages.length, 0)
  const total = `${plural(report.revisions.length, 'revision')}, ${plural(stages, 'stage')}, ${report.direction} of ${report.database}`
  const turns = byTurn(report.revisions)
  // Where everything may run before the new application, there is no border to show.
  const isDivided = turns.some(([turn]) => turn > 0)
  return [
    ...turns.flatMap(([turn, revisions]) => [
      ...(isDivided ? [borderText(turn, options.style)] : []),
      ...revisions.map((revision) => revisionText(revision, { ...options, direction: report.direction })),
    ]),
    options.style.faint(total),
    ...unfinished,
  ].join('\n\n')
}

const kinds = { transaction: 'transaction', procedure: 'no transaction', backfill: 'in batches' } as const

function revisionText(
  revision: PlannedRevisionReport,
  { style, directory, sql, direction }: PlanTextOptions & Pick<PlanReport, 'direction'>,
): string {
  const head = `${style.strong(revision.id)}  ${revision.message}  ${style.faint(relative(directory, revision.file))}`
  const stages = revision.stages.flatMap((stage, n) => [
    ...stage.titles.map(
      (title, line) =>
        `  ${line === 0 ? style.accent(String(n + 1)) : ' '} ${title}${line === 0 ? style.faint(`  (${stage.detached ? 'left to "limbeck backfill run"' : kinds[stage.type]})`) : ''}`,
    ),
    ...(sql ? stage.sql.flatMap((text) => text.split('\n').map((line) => `      ${line}`)) : []),
  ])
  const open = revision.open
    ? [`  ${style.warn('…')} it reads the database here: the rest is known only when it runs`]
    : []
  const notes = [
    ...(direction === 'upgrade' ? phaseNotes(revision, style) : []),
    ...revision.loses.map((what) => `  ${style.bad('loses')}  ${what}`),
    ...revision.warns.map((what) => `  ${style.warn('note')}   ${what}`),
    ...(revision.irreversible === null
      ? []
      : [`  ${style.warn('note')}   cannot be undone: ${revision.irreversible}`]),
  ]
  return [head, ...stages, ...open, ...notes].join('\n')
}

/** Why a revision is a contract; or that nobody can know it. */
function phaseNotes(
  { phase, phaseDeclared, breaks, open }: PlannedRevisionReport,
  style: Style,
): readonly string[] {
  const label = `  ${style.accent('phase')}  `
  if (phase === null)
    return open ? [`${label}not known before it runs: declare it for "upgrade --phase"`] : []
  if (phase === 'expand') return []
  if (phaseDeclared) return [`${label}contract, as its header says`]
  return breaks.map((what) => `${label}contract, by ${what}`)
}
