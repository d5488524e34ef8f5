import { relative } from 'node:path'
import type { Finding } from '../../commands/verify/verification.ts'
import type { VerifiedReport, VerifyReport } from '../../commands/verify.ts'
import { Misuse } from '../options.ts'
import type { Style } from '../style.ts'
import { columns, duration, plural } from '../text.ts'
import type { Verb } from '../verb.ts'

export const verify: Verb = {
  name: 'verify',
  summary: 'every revision up, down and up again, with rows; exit code 3 if anything is found',
  options: [
    { name: 'crash', summary: 'kill each revision at every point too, and run it again' },
    {
      name: 'on',
      value: 'URL',
      summary: 'a server on which empty databases are made for it; default: embedded ones',
    },
  ],
  examples: [
    'limbeck verify',
    'limbeck verify --crash',
    'limbeck verify --on postgres://ci@localhost/postgres',
  ],
  async run(input) {
    const { verify: verifyRevisions } = await import('../../commands/verify.ts')
    const on = serverOf(input.text('on'))
    const report = await verifyRevisions(input.config, {
      crash: input.flag('crash'),
      ...(on === undefined ? {} : { on }),
      signal: input.run.signal,
    })
    const isFound = report.verifications.some(({ findings }) => findings.length > 0)
    return { report, text: verifyText(report, input), exitCode: isFound || report.unused.length > 0 ? 3 : 0 }
  },
}

function serverOf(url: string | undefined): `postgres${string}` | undefined {
  if (url === undefined) return undefined
  if (isServerUrl(url)) return url
  throw new Misuse(`--on has to be the URL of a server, not ${JSON.stringify(url)}.`, {
    hint: 'Say postgres://user@host:5432/database; without --on it runs on embedded databases.',
  })
}

function isServerUrl(url: string): url is `postgres${string}` {
  return /^postgres(ql)?:/.test(url)
}

type Look = { readonly style: Style; readonly directory: string }

function verifyText(report: VerifyReport, look: Look): string {
  const { style } = look
  return [
    columns(report.verifications.map((one) => heading(one, style))),
    ...report.verifications.flatMap((one) => [
      ...one.findings.flatMap((finding) => ['', ...findingLines(one.name, finding, look)]),
    ]),
    ...notes(report, style),
    '',
    summary(report, style),
  ].join('\n')
}

function heading({ name, title, findings, accepted, milliseconds }: VerifiedReport, style: Style) {
  const mark = findings.length === 0 ? style.good('✓') : style.bad('✗')
  const taken = accepted.length === 0 ? '' : style.faint(` (${accepted.length} accepted)`)
  return [`${mark} ${name}`, `${title}${taken}`, style.faint(duration(milliseconds))]
}

function findingLines(name: string, finding: Finding, { style, directory }: Look): readonly string[] {
  const { revision, file, line, message, details } = finding
  const where = [
    ...(revision === null ? [] : [style.strong(revision)]),
    ...(file === null ? [] : [style.faint(`${relative(directory, file)}${line === null ? '' : `:${line}`}`)]),
  ]
  return [
    ...(where.length === 0 ? [] : [where.join('  ')]),
    `  ${style.bad('✗')} ${message} ${style.faint(name)}`,
    ...details.map((line) => `      ${line}`),
  ]
}

function notes(report: VerifyReport, style: Style): readonly string[] {
  const lines = [
    ...report.verifications.flatMap((one) => one.notes),
    ...report.unused.map(
      ({ verification, revision }) =>
        `The configuration accepts what ${verification} finds${revision === undefined ? '' : ` in ${revision}`}, and it finds nothing there.`,
    ),
  ]
  return lines.length === 0 ? [] : ['', ...lines.map((line) => `${style.warn('!')} ${line}`)]
}

function summary({ verifications, revisions }: VerifyReport, style: Style): string {
  const found = verifications.flatMap(({ findings }) => findings).length
  return found === 0
    ? `${style.good('✓')} ${plural(revisions, 'revision')} verified`
    : `${style.bad('✗')} ${plural(found, 'finding')} in ${plural(revisions, 'revision')}`
}
