import type { DriftReport } from '../../commands/drift.ts'
import type { Style } from '../style.ts'
import { plural } from '../text.ts'
import type { Verb } from '../verb.ts'

export const drift: Verb = {
  name: 'drift',
  summary: 'what was done to the database by hand; exit code 3 if anything was',
  examples: ['limbeck drift', 'limbeck drift --json'],
  async run(input) {
    const { drift: findDrift } = await import('../../commands/drift.ts')
    const report = await findDrift(input.config, input.run)
    const differs = report.inDatabase.length + report.inRevisions.length > 0
    return { report, text: driftText(report, input.style), exitCode: differs ? 3 : 0 }
  },
}

function driftText(report: DriftReport, style: Style): string {
  const { database, inDatabase, inRevisions, halfDone } = report
  const make = `${plural(report.revisions, 'revision')} ${report.revisions === 1 ? 'makes' : 'make'}`
  if (inDatabase.length + inRevisions.length === 0)
    return `${style.good('✓')} ${database} is what its ${make}`
  return [
    `${style.bad('✗')} ${style.strong(database)} is not what its ${make}`,
    ...section('done by hand', report.byHand, style.faint('·')),
    ...(report.byHand.length > 0 ? [] : catalogLines(report, style)),
    ...halfDone.map((id) => style.faint(`\n${id} is half done: what it has done so far is among these`)),
  ].join('\n')
}

/** What nobody can say otherwise. */
function catalogLines({ inDatabase, inRevisions }: DriftReport, style: Style): readonly string[] {
  return [
    ...section('in the database alone', inDatabase, style.good('+')),
    ...section('in the revisions alone', inRevisions, style.bad('-')),
  ]
}

function section(title: string, lines: readonly string[], mark: string): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${mark} ${line}`)]
}
