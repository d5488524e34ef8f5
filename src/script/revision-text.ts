import type { Directive } from '../operations/operation.ts'
import { factsOf } from '../operations/operations.ts'
import { printDirective } from '../operations/print.ts'
import { inlineSql } from '../sql/tag.ts'
import type { RevisionText } from './template.ts'

/** Directives as they stand in a revision. */
export function revisionText(directives: readonly Directive[]): RevisionText {
  return {
    code: directives.map(directiveCode).join(''),
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

/** A directive on lines of its own, under what is gone for good once it has run. */
function directiveCode(directive: Directive): string {
  const losses = factsOf(directive).loses.map((loss) => `  // Loses ${loss}.\n`)
  return `${losses.join('')}  ${printDirective(directive, '  ')}\n`
}

function statements(directive: Directive, major: number): readonly string[] {
  return factsOf(directive)
    .steps({ major })
    .flatMap((step) => {
      if (step.run === 'statement') return [inlineSql(step.sql)]
      return step.run === 'procedure' ? step.preview : []
    })
}

/** For who does not know yet on which server a revision will run. */
const newestMajor = 18
