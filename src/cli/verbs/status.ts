import type { StatusReport } from '../../commands/status.ts'
import { otherToolsText } from '../other-tools.ts'
import { borderText, byTurn } from '../phase.ts'
import { editedText, missingText, unfinishedText } from '../standing.ts'
import type { Style } from '../style.ts'
import { plural } from '../text.ts'
import { unfinishedRunText } from '../unfinished-run.ts'
import type { Input, Verb } from '../verb.ts'

export const status: Verb = {
  name: 'status',
  summary: 'what is applied, pending, running, failed',
  examples: ['limbeck status', 'limbeck status --json'],
  async run(input) {
    const { status: readStatus } = await import('../../commands/status.ts')
    const report = await readStatus(input.config)
    return { report, text: statusText(report, input) }
  },
}

function statusText(report: StatusReport, input: Input): string {
  const { style } = input
  const at =
    report.applied.length === 0
      ? 'nothing applied'
      : `at ${report.current.join(', ')}, ${plural(report.applied.length, 'revision')} applied`
  const sections = [`${style.strong(report.database)}\n  ${at}`]
  for (const run of report.unfinished) sections.push(unfinishedRunText(run, style))
  if (report.pending.length > 0) {
    sections.push(
      [`${plural(report.pending.length, 'revision')} pending`, ...pendingText(report.pending, style)].join(
        '\n',
      ),
    )
  }
  if (report.backfills.length > 0) sections.push(unfinishedText(report.backfills, style).join('\n'))
  const edited = editedText(report.edited, input)
  if (edited.length > 0) sections.push(edited.join('\n'))
  const missing = missingText(report.missing, style)
  if (missing.length > 0) sections.push(missing.join('\n'))
  const others = otherToolsText(report.otherTools, style)
  if (others.length > 0) sections.push(others.join('\n'))
  return sections.join('\n\n')
}

/** What is pending, with the borders between applications where there are any. */
function pendingText(pending: StatusReport['pending'], style: Style): readonly string[] {
  const turns = byTurn(pending)
  const isDivided = turns.some(([turn]) => turn > 0)
  return turns.flatMap(([turn, revisions]) => [
    ...(isDivided ? [borderText(turn, style)] : []),
    ...revisions.flatMap(({ id, message, phase, problem }) => [
      `  ${style.strong(id)}  ${message}${phase === null && problem === null ? style.warn('  phase not known: declare it') : ''}`,
      ...(problem === null ? [] : [`    ${style.bad(problem)}`]),
    ]),
  ])
}
