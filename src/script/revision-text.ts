import type { Directive } from '../operations/operation.ts'
import { factsOf } from '../operations/operations.ts'
import { printDirective } from '../operations/print.ts'
import { inlineSql } from '../sql/tag.ts'
import type { RevisionText } from './template.ts'

/** Directives as they stand in a revision. */
export function revisionText(directives: readonly Directive[]): RevisionText {
  return {
    code: directives
      .map((directive, at) => paragraph(directive, directives[at - 1]) + directiveCode(directive))
      .join(''),
    sql: sqlText(directives, newestMajor),
  }
}

/** What directives send in an undisturbed run on a server of a major version. */
export function sqlText(directives: readonly Directive[], major: number): string {
  return directives
    .flatMap((directive) => statements(directive, major))
    .map((text) => `${text.replace(/;$/, '')};\n`)
    .join('\n')
}

/** An empty line where another table begins to be spoken of. */
function paragraph(directive: Directive, before: Directive | undefined): string {
  return before === undefined || subject(directive) === subject(before) ? '' : '\n'
}

/** The table that a directive makes, or changes the most. */
function subject(directive: Directive): string {
  const { makes, locks } = factsOf(directive)
  const [table] = [...makes, ...locks]
  return table === undefined ? '' : JSON.stringify([table.schema, table.table])
}

/** A directive on lines of its own, under what is gone for good once it has run and what a careful operator wants to know before. */
function directiveCode(directive: Directive): string {
  const { loses, warns } = factsOf(directive)
  const comments = [...loses.map((loss) => `Loses ${loss}.`), ...warns.map((warning) => `Mind: ${warning}.`)]
  return `${comments.map((comment) => `  // ${comment}\n`).join('')}  ${printDirective(directive, '  ')}\n`
}

function statements(directive: Directive, major: number): readonly string[] {
  return factsOf(directive)
    .steps({ major })
    .flatMap((step) => {
      if (step.run === 'statement') return [step.shown ?? inlineSql(step.sql)]
      if (step.run === 'script') return [inlineSql(step.sql)]
      return step.run === 'procedure' ? step.preview : []
    })
}

/** For who does not know yet on which server a revision will run. */
const newestMajor = 18
