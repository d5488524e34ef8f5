import type { ExpressionContent } from '../sql/expression.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { spanOf, written } from './number-values.ts'
import { alike, matching } from './pattern-text.ts'
import { type SampleType, typed } from './sample-type.ts'
import { declaredLength, filled } from './text-values.ts'
import { key, variety } from './values.ts'

/** The constants of all conditions on a column or a type. */
export type Constants = Pick<ExpressionContent, 'numbers' | 'texts'>

/** How many of a pattern or a length are tried, so that a key has as many rows as it needs. */
const many = 40

/** What a type's values may be where a condition with these constants is on them, the likeliest first; each may still be refused. */
export function candidates(type: SampleType, constants: Constants): readonly string[] {
  const { form } = type
  switch (form.kind) {
    case 'array':
      return arrayCandidates(type, form.of, constants)
    case 'base':
      return baseCandidates(form, constants)
    default:
      return []
  }
}

/** Literals of any type that nobody knows: one or the other may be taken. */
export function guesses(type: SampleType): readonly string[] {
  const keys = Array.from({ length: many }, (_, n) => [
    `Sample-${n}`,
    `(${n},${n + 1})`,
    `[${n}, 2, 3]`,
    `${n}`,
  ])
  const texts = [
    ...[
      'Sample text',
      'a',
      '42',
      '1.5',
      '{}',
      '"a"=>"1", "b"=>NULL',
      'Top.Science',
      '{1,2}',
      '<a/>',
      'POINT(1 2)',
    ],
    ...[
      '(1,2),(3,4)',
      '[1,2]',
      '1-2',
      '$.a',
      '2026-01-15',
      '10.0.0.1',
      '\\x00',
      'pg_catalog',
      '978-0-393-04002-9',
    ],
    ...['6f1c2f5e-8d1b-4c8e-9d3a-0b7a5a3c9e11', 'public.t', "'a' & 'b'", '1 kg', ''],
  ]
  return [...texts, ...keys.flat()].map((text) => typed(quoteLiteral(text), type))
}

function baseCandidates(
  { base, modifier }: { readonly base: string; readonly modifier: number },
  constants: Constants,
): readonly string[] {
  if (spanOf(base, modifier) !== null) return numbers(base, modifier, constants)
  if (['text', 'varchar', 'bpchar', 'name', 'char'].includes(base)) {
    const length = declaredLength(base, modifier)
    return texts(constants, length)
      .filter((text) => length === null || text.length <= length)
      .map(quoteLiteral)
  }
  if (['date', 'timestamp', 'timestamptz'].includes(base))
    return moments(constants, base === 'date' ? 10 : 19)
  if (base === 'json' || base === 'jsonb') return objects(constants)
  if (base === 'bytea')
    return lengthsOf(constants).flatMap((length) =>
      Array.from({ length: many }, (_, n) =>
        quoteLiteral(
          `\\x${n
            .toString(16)
            .padStart(2 * length, '0')
            .slice(-2 * length)}`,
        ),
      ),
    )
  return constants.texts.map(quoteLiteral)
}

/** The constants, what is beside them, and what is between them. */
function numbers(base: string, modifier: number, constants: Constants): readonly string[] {
  const span = spanOf(base, modifier) ?? { greatest: 0, step: 1, digits: 0 }
  const said = [...constants.numbers, ...constants.texts].filter((text) => text.trim() !== '').map(Number)
  const known = [...new Set(said.filter(Number.isFinite))].sort((some, other) => some - other)
  const beside = known.flatMap((n) => [n, -n, n + 1, n - 1, n + span.step, n - span.step])
  const between = known.flatMap((n, at) => spread(n, known[at + 1] ?? n + 1_000 * many, span.step))
  return [...new Set([...beside, ...between])]
    .filter((n) => Math.abs(n) <= span.greatest)
    .map((n) => written(n, span))
}

function spread(from: number, to: number, step: number): readonly number[] {
  const stride = Math.max(Math.floor((to - from) / many / step) * step, step)
  return Array.from({ length: many }, (_, at) => from + at * stride).filter((n) => n <= to)
}

/** Texts of the usual looks, each with the number in it. */
const looks: readonly ((n: number) => string)[] = [
  (n) => `sample_${n}`,
  (n) => `SAMPLE${n}`,
  (n) => `user${n}@example.com`,
  (n) => `https://example.com/${n}`,
  (n) => `sample-${n}.example.com`,
  (n) => String(1_000 + n),
  (n) => `#${n.toString(16).padStart(6, '0')}`,
  (n) => `+1555${String(n).padStart(7, '0')}`,
  (n) => `/sample/${n}`,
  (n) => `5a3c0000-1111-4222-8333-${String(n).padStart(12, '0')}`,
  (n) => `2026-01-${String((n % 28) + 1).padStart(2, '0')}`,
]

function texts(constants: Constants, length: number | null): readonly string[] {
  const sorts = new Set<string>(constants.texts)
  const patterns = constants.texts.filter((text) => text !== '')
  // What an array or a list in a text has: 'a,b' and '{a,b}'.
  for (const pattern of patterns)
    for (const part of pattern.replaceAll(/^\{|\}$/g, '').split(/[,|]/)) sorts.add(part)
  for (let n = 0; n < many; n++) {
    for (const pattern of patterns) {
      if (/[%_]/.test(pattern)) sorts.add(alike(pattern, n))
      sorts.add(matching(pattern, n * 37) ?? pattern)
    }
  }
  for (const size of lengthsOf(constants)) {
    if (length !== null && size > length) continue
    for (let n = 0; n < many; n++) {
      sorts.add(
        n
          .toString(36)
          .padStart(size, 'a')
          .slice(-size || size),
      )
      sorts.add(
        n
          .toString(36)
          .toUpperCase()
          .padStart(size, 'A')
          .slice(-size || size),
      )
      sorts.add(
        String(n)
          .padStart(size, '0')
          .slice(-size || size),
      )
    }
    if (size > 12) sorts.add(filled('Long ', size))
  }
  for (let n = 0; n < many; n++) for (const look of looks) sorts.add(look(n))
  for (const text of ['en', 'en-US', 'USD', 'DE', 'a', 'A', 'Z', '0', '1.2.3', '12:30', 'true', 'a b'])
    sorts.add(text)
  return [...sorts]
}

/** Numbers that may be lengths. */
function lengthsOf({ numbers: said }: Constants): readonly number[] {
  const sizes = said.map(Number).filter((n) => Number.isInteger(n) && n >= 0 && n <= 2_000)
  return [...new Set(sizes.flatMap((n) => [n, n + 1, Math.max(n - 1, 0)]))]
}

const day = 86_400_000

/** The constants that are dates, days around them, and years within which they may have to be. */
function moments({ texts: said, numbers: years }: Constants, length: number): readonly string[] {
  const known = said.filter((text) => /^\d{4}-\d\d-\d\d/.test(text))
  const times = known
    .map((text) => Date.parse(`${text.slice(0, 10)}T00:00:00Z`))
    .filter((time) => !Number.isNaN(time))
    .sort((some, other) => some - other)
  const around = times.flatMap((time) => [time, time - day, time + day, time + 45 * day, time - 400 * day])
  const between = times.flatMap((time, at) =>
    spread(time, times[at + 1] ?? time + 1_000 * day, day / 24).filter(
      (one) => one < (times[at + 1] ?? one + 1),
    ),
  )
  const ofYears = years
    .filter((year) => /^[12]\d{3}$/.test(year))
    .map((year) => Date.UTC(Number(year), 5, 15))
  const all = [...around, ...between, ...ofYears].map((time) => new Date(time).toISOString())
  return [...new Set(all.map((text) => text.replace('T', ' ').slice(0, length)))].map(quoteLiteral)
}

/** Objects that have the constants for keys, for these may be asked for. */
function objects({ texts: keys }: Constants): readonly string[] {
  const names = keys.filter((text) => !/^[{["]/.test(text))
  const with_ = (value: unknown) => JSON.stringify(Object.fromEntries(names.map((name) => [name, value])))
  const nested = (value: unknown) =>
    JSON.stringify(names.reduceRight((inner: unknown, name) => ({ [name]: inner }), value))
  const pairs = names.flatMap((name) => names.map((value) => JSON.stringify({ [name]: value })))
  const whole = ['a', 1, true, {}, [], null, [{}]].flatMap((value) => [with_(value), nested(value)])
  return [...keys, ...whole, ...pairs, '{}', '[]', '[{}]', '["a"]', '"a"', '1', 'true', 'null'].map(
    quoteLiteral,
  )
}

/** Arrays of the constants, and of several lengths. */
function arrayCandidates(type: SampleType, of: SampleType, constants: Constants): readonly string[] {
  const literals = [...candidates(of, constants).slice(0, 20), ...variety(of)].map((literal) =>
    typed(literal, of),
  )
  const arrays = [
    ...literals.slice(0, 30).map((literal) => [literal]),
    ...lengthsOf(constants)
      .filter((length) => length <= 100)
      .map((length) => Array.from({ length }, (_, n) => typed(key(of, n) ?? variety(of)[0] ?? 'NULL', of))),
    literals.slice(0, 2),
    literals.slice(0, 3),
  ]
  return arrays.map((elements) => typed(`ARRAY[${elements.join(', ')}]`, type))
}
