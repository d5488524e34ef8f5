import type { LintedStatement, LintReport } from '../../commands/lint.ts'
import { cut } from '../text.ts'
import { slashed, wholeText } from './found.ts'

/** A suite for each file and a case for each statement, which fails by each hazard that is more than advice. What was not tried is skipped. */
export function junitText({ statements, assumed }: LintReport): string {
  const files = [...new Set(statements.map(({ file }) => file))]
  const suites = files.map((file) => suite(file, statements.filter((one) => one.file === file).map(testCase)))
  const untried = assumed.length === 0 ? [] : [suite('not tried', assumed.map(skippedCase))]
  const all = [...suites, ...untried]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="limbeck lint"${counts(all.flatMap(({ cases }) => cases))}>`,
    ...all.map(({ text }) => text),
    '</testsuites>',
  ].join('\n')
}

type Case = { readonly result: 'passed' | 'failed' | 'skipped'; readonly text: string }
type Suite = { readonly cases: readonly Case[]; readonly text: string }

function suite(name: string, cases: readonly Case[]): Suite {
  const lines = [
    `  <testsuite name="${attribute(slashed(name))}"${counts(cases)}>`,
    ...cases.map(({ text }) => text),
    '  </testsuite>',
  ]
  return { cases, text: lines.join('\n') }
}

function counts(cases: readonly Case[]): string {
  const of = (wanted: Case['result']) => cases.filter(({ result }) => result === wanted).length
  return ` tests="${cases.length}" failures="${of('failed')}" errors="0" skipped="${of('skipped')}"`
}

function testCase({ file, line, text, hazards, accepted }: LintedStatement): Case {
  const failures = hazards.filter(({ level }) => level !== 'advice')
  const beside = [
    ...hazards.filter(({ level }) => level === 'advice').map(wholeText),
    ...accepted.map((hazard) => `accepted: ${hazard.reason}\n${wholeText(hazard)}`),
  ]
  const inside = [
    ...failures.map(
      (hazard) =>
        `      <failure type="${attribute(hazard.rule)}" message="${attribute(hazard.message)}">${content(wholeText(hazard))}</failure>`,
    ),
    ...(beside.length === 0 ? [] : [`      <system-out>${content(beside.join('\n\n'))}</system-out>`]),
  ]
  const name = `line ${line}: ${cut(text.replaceAll(/\s+/g, ' '), 100)}`
  const start = `    <testcase classname="${attribute(slashed(file))}" name="${attribute(name)}" file="${attribute(slashed(file))}" line="${line}"`
  const written = inside.length === 0 ? `${start}/>` : [`${start}>`, ...inside, '    </testcase>'].join('\n')
  return { result: failures.length > 0 ? 'failed' : 'passed', text: written }
}

function skippedCase(reason: string): Case {
  const text = `    <testcase classname="not tried" name="${attribute(reason)}"><skipped message="${attribute(reason)}"/></testcase>`
  return { result: 'skipped', text }
}

/** In a quoted attribute a parser makes a blank of each line feed that is not written as a number. */
function attribute(text: string): string {
  return content(text)
    .replaceAll('"', '&quot;')
    .replaceAll(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
}

function content(text: string): string {
  return withinXml(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** XML 1.0 has no way at all to write most control characters. https://www.w3.org/TR/xml/#charsets */
function withinXml(text: string): string {
  return text.toWellFormed().replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
}
