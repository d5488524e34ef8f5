import { globalOptions } from './options.ts'
import type { Option, Verb } from './verb.ts'

/** For each shell, the script that completes verbs and their options. */
export const completionScripts: ReadonlyMap<string, (verbs: readonly Verb[]) => string> = new Map([
  ['bash', bashScript],
  ['zsh', zshScript],
  ['fish', fishScript],
])

/** The verb is the first word that is neither a global option nor the value of one. */
function bashScript(verbs: readonly Verb[]): string {
  const valued = globalOptions.filter(({ value }) => value !== undefined).flatMap(spellings)
  const cases = verbs.map((verb) => `    ${verb.name}) words="${longNames(optionsOf(verb))}" ;;`)
  return `_limbeck() {
  local current="\${COMP_WORDS[COMP_CWORD]}" verb="" words="" n
  for ((n = 1; n < COMP_CWORD; n++)); do
    case "\${COMP_WORDS[n]}" in
    ${valued.join('|')}) n=$((n + 1)) ;;
    -*) ;;
    *) verb="\${COMP_WORDS[n]}"; break ;;
    esac
  done
  if [ "$n" -gt "$COMP_CWORD" ]; then COMPREPLY=(); return; fi
  case "$verb" in
    "") words="${verbs.map(({ name }) => name).join(' ')} ${longNames(globalOptions)} --version" ;;
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _limbeck limbeck`
}

/** zsh runs bash's script once it has its own completion and its emulation of bash's. */
function zshScript(verbs: readonly Verb[]): string {
  return `(( $+functions[compdef] )) || { autoload -U compinit && compinit; }
autoload -U +X bashcompinit && bashcompinit
${bashScript(verbs)}`
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

function longNames(options: readonly Option[]): string {
  return options.map(({ name }) => `--${name}`).join(' ')
}

function spellings({ name, short }: Option): readonly string[] {
  return [`--${name}`, ...(short === undefined ? [] : [`-${short}`])]
}
