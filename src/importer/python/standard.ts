import { jsonText } from '../sqlalchemy/json.ts'
import { items } from './builtins.ts'
import { codeOf, holdsResidual, queriesOf, residualOf } from './code.ts'
import { orderedDict } from './collections.ts'
import { dedent } from './dedent.ts'
import { variable } from './environment.ts'
import { refuse } from './evaluation.ts'
import { str } from './text.ts'
import { type Arguments, dictOf, Float, Foreign, List, Native, Residual, Tuple, type Value } from './value.ts'

function written(code: string, sort: 'text' | 'json', of: Value): Residual {
  return new Residual(code, { sort, queries: queriesOf(of), simple: true })
}

/** What a file that is read by the Python may say. */
type Files = { readFile(path: string): string }

type Standard = (given: Arguments, files: Files) => Value

/** A function of Python's own library, where the importer has it; undefined for any other. */
export function standardCall(name: string, given: Arguments, files: Files): Value | undefined {
  return Object.hasOwn(functions, name) ? functions[name]?.(given, files) : undefined
}

const functions: { readonly [name: string]: Standard } = {
  'os.getenv': ({ positional: [name = null, other = null] }) => variable(name, other),
  'json.dumps': ({ positional: [value = null] }) =>
    holdsResidual(value) ? written(`JSON.stringify(${codeOf(value)})`, 'text', value) : jsonText(value),
  'json.loads': ({ positional: [text = ''] }) =>
    residualOf(text) === null
      ? pythonOf(JSON.parse(str(text)))
      : written(`JSON.parse(${codeOf(text)})`, 'json', text),
  'json.load': ({ positional: [file = null] }) =>
    file instanceof OpenFile ? pythonOf(JSON.parse(file.text)) : refuse('a file that is not known here'),
  'textwrap.dedent': ({ positional: [text = ''] }) => dedent(str(text)),
  'inspect.cleandoc': ({ positional: [text = ''] }) => dedent(str(text)).trim(),
  'collections.OrderedDict': (given) => orderedDict(given),
  'collections.defaultdict': () => refuse('a defaultdict'),
  'itertools.product': ({ positional }) =>
    new List(
      positional
        .map(items)
        .reduce<readonly (readonly Value[])[]>(
          (all, list) => all.flatMap((one) => list.map((item) => [...one, item])),
          [[]],
        )
        .map((one) => new Tuple(one)),
    ),
  'itertools.chain': ({ positional }) => new List(positional.flatMap(items)),
  'tqdm.tqdm': ({ positional: [list = null] }) => list,
  'tqdm.auto.tqdm': ({ positional: [list = null] }) => list,
  'copy.copy': ({ positional: [value = null] }) => value,
  'os.path.join': ({ positional }) => positional.map(str).join('/'),
  'os.path.dirname': ({ positional: [path = ''] }) => str(path).replace(/\/[^/]*$/, ''),
  'os.path.abspath': ({ positional: [path = ''] }) => str(path),
  'os.path.realpath': ({ positional: [path = ''] }) => str(path),
  'os.path.basename': ({ positional: [path = ''] }) => str(path).replace(/^.*\//, ''),
  'pathlib.Path': ({ positional }) => new PathValue(positional.map(str).join('/')),
  open: ({ positional: [path = ''] }, files) =>
    new OpenFile(files.readFile(path instanceof PathValue ? path.path : str(path))),
}

/** A file that the Python has open: its text is known now. */
export class OpenFile extends Foreign {
  readonly what = 'a file'
  readonly text: string
  constructor(text: string) {
    super()
    this.text = text
  }
  attribute(name: string): Value | undefined {
    if (name === 'read') return new Native(name, () => this.text)
    if (name === 'readlines') return new Native(name, () => new List(this.#lines()))
    return name === 'close' ? new Native(name, () => null) : undefined
  }
  override iterate(): readonly Value[] {
    return this.#lines()
  }
  override enter(): { readonly value: Value; leave(): void } {
    return { value: this, leave: () => {} }
  }
  #lines(): readonly string[] {
    return this.text.match(/[^\n]*\n|[^\n]+$/g) ?? []
  }
}

/** `pathlib.Path`. */
class PathValue extends Foreign {
  readonly what = 'a path'
  readonly path: string
  constructor(path: string) {
    super()
    this.path = path
  }
  attribute(name: string, { library }: Parameters<Foreign['attribute']>[1]): Value | undefined {
    if (name === 'parent') return new PathValue(this.path.replace(/\/[^/]*$/, ''))
    if (name === 'resolve' || name === 'absolute') return new Native(name, () => this)
    if (name === 'name') return this.path.replace(/^.*\//, '')
    if (name === 'joinpath')
      return new Native(
        name,
        ({ positional }) => new PathValue([this.path, ...positional.map(str)].join('/')),
      )
    if (name === 'read_text')
      return new Native(name, (_, evaluation) => {
        const file = library.open?.(this.path, evaluation)
        return file instanceof OpenFile ? file.text : refuse('a file that is not known here')
      })
    if (name === 'open')
      return new Native(name, (_, evaluation) => library.open?.(this.path, evaluation) ?? null)
    return undefined
  }
}

/** A value of JSON as Python's. */
export function pythonOf(value: unknown): Value {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return Number.isInteger(value) ? value : new Float(value)
  if (Array.isArray(value)) return new List(value.map(pythonOf))
  return dictOf(Object.entries(value as object).map(([key, member]) => [key, pythonOf(member)]))
}
