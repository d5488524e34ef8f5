import type { LintReport } from '../../commands/lint.ts'
import type { Rule } from '../../lint/rule.ts'
import { rules } from '../../lint/rules.ts'
import { version } from '../../version.ts'
import { type Found, foundIn, notices, slashed, wholeText } from './found.ts'
import { ruleHelp } from './rule-help.ts'

const levels = { error: 'error', warning: 'warning', advice: 'note' } as const

/** SARIF 2.1.0, which code scanning and editors read. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarifText(report: LintReport): string {
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Limbeck', semanticVersion: version, rules: rules.map(descriptor) } },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: notices(report).map((text) => ({ level: 'note', message: { text } })),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: foundIn(report).map(result),
      },
    ],
  }
  return JSON.stringify(log, null, 2)
}

function descriptor(rule: Rule) {
  const { name, title, problem, instead, ignore, level, classes } = rule
  return {
    id: name,
    shortDescription: { text: title },
    fullDescription: { text: problem },
    help: {
      text: `${problem}\n\nInstead: ${instead}\n\nWhen to ignore it: ${ignore}`,
      markdown: ruleHelp(rule),
    },
    defaultConfiguration: { level: levels[level] },
    properties: { tags: classes },
  }
}

function result({ statement, hazard, reason, fingerprint }: Found) {
  const ruleIndex = rules.findIndex(({ name }) => name === hazard.rule)
  const { file, line, text, revision } = statement
  return {
    ruleId: hazard.rule,
    // A rule of the project's own has no descriptor.
    ...(ruleIndex === -1 ? {} : { ruleIndex }),
    level: levels[hazard.level],
    message: { text: wholeText(hazard) },
    locations: [
      { physicalLocation: { artifactLocation: { uri: relativeUrl(file) }, region: { startLine: line } } },
    ],
    ...(reason === null ? {} : { suppressions: [{ kind: 'external', justification: reason }] }),
    partialFingerprints: { 'limbeckHazard/v1': fingerprint },
    properties: { class: hazard.class, relations: hazard.relations, statement: text, revision },
  }
}

/** A colon in the first part of a path would make a scheme of what is before it. */
function relativeUrl(file: string): string {
  return slashed(file).split('/').map(encodeURIComponent).join('/')
}
