import { globalOptions } from './options.ts'
import type { Style } from './style.ts'
import { columns } from './text.ts'
import type { Argument, Option, Verb } from './verb.ts'

/** What `limbeck --help` prints. */
export function helpText(verbs: readonly Verb[], style: Style): string {
  return `${style.strong('limbeck')} – migrations for PostgreSQL in TypeScript

${style.strong('Usage')}  limbeck COMMAND [ARGUMENTS] [OPTIONS]

${style.strong('Commands')}
${indented(verbs.map((verb) => [style.accent(verb.name), verb.summary]))}

${style.strong('Options of every command')}
${indented(globalOptions.map((option) => [style.accent(optionSyntax(option)), option.summary]))}

${style.strong('Revisions')} are named by id or the beginning of one, head, heads, base, current, +2, -1, id+2, label@head.
${style.strong('Exit codes')}  0 done, 1 failed, 2 misuse, 3 a check found a difference, 130 interrupted.`
}

/** What `limbeck VERB --help` prints. */
export function verbHelp(verb: Verb, style: Style): string {
  const parts = [verb.summary, `${style.strong('Usage')}  ${usage(verb)}`]
  if (verb.arguments !== undefined) {
    parts.push(
      `${style.strong('Arguments')}\n${indented(verb.arguments.map((argument) => [style.accent(argument.name), argument.summary]))}`,
    )
  }
  const options = [...(verb.options ?? []), ...globalOptions]
  parts.push(
    `${style.strong('Options')}\n${indented(options.map((option) => [style.accent(optionSyntax(option)), option.summary]))}`,
  )
  if (verb.examples !== undefined) {
    parts.push(`${style.strong('Examples')}\n${verb.examples.map((example) => `  ${example}`).join('\n')}`)
  }
  return parts.join('\n\n')
}

/** `limbeck upgrade [REVISION] [OPTIONS]`. */
export function usage(verb: Verb): string {
  return ['limbeck', verb.name, ...(verb.arguments ?? []).map(argumentSyntax), '[OPTIONS]'].join(' ')
}

/** `-m, --message TEXT`. */
export function optionSyntax(option: Option): string {
  const short = option.short === undefined ? '' : `-${option.short}, `
  return `${short}--${option.name}${option.value === undefined ? '' : ` ${option.value}`}`
}

function argumentSyntax({ name, required, many }: Argument): string {
  const text = many === true ? `${name}...` : name
  return required === true ? text : `[${text}]`
}

function indented(rows: readonly (readonly string[])[]): string {
  return columns(rows.map(([first = '', ...rest]) => [`  ${first}`, ...rest]))
}
