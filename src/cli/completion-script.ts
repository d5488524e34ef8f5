import { globalOptions } from './options.ts'
import type { Option, Verb } from './verb.ts'

/** For each shell, the script that completes verbs and their options. */
export const completionScripts: ReadonlyMap<string, (verbs: readonly Verb[]) => string> = new Map([
  ['bash', bashScript],
  ['zsh', (verbs: readonly Verb[]) => `autoload -U +X bashcompinit && bashcompinit\n${bashScript(verbs)}`],
  ['fish', fishScript],
])

function bashScript(verbs: readonly Verb[]): string {
  const cases = verbs.map(
    (verb) =>
      `    ${verb.name}) words="${optionsOf(verb)
        .map(({ name }) => `--${name}`)
        .join(' ')}" ;;`,
  )
  return `_limbeck() {
  local current="\${COMP_WORDS[COMP_CWORD]}" verb="\${COMP_WORDS[1]}" words
  case "$verb" in
${cases.join('\n')}
    *) words="" ;;
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="${verbs.map(({ name }) => name).join(' ')} --help --version"; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _limbeck limbeck`
}

function fishScript(verbs: readonly Verb[]): string {
  const quote = (text: string) => `'${text.replaceAll("'", "\\'")}'`
  return verbs
    .flatMap((verb) => [
      `complete -c limbeck -n __fish_use_subcommand -a ${verb.name} -d ${quote(verb.summary)}`,
      ...optionsOf(verb).map(
        ({ name, summary, value }) =>
          `complete -c limbeck -n '__fish_seen_subcommand_from ${verb.name}' -l ${name}${value === undefined ? '' : ' -r'} -d ${quote(summary)}`,
      ),
    ])
    .join('\n')
}

function optionsOf(verb: Verb): readonly Option[] {
  return [...(verb.options ?? []), ...globalOptions]
}
