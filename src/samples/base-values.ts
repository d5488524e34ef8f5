import { quoteLiteral } from '../sql/literal.ts'
import { numberKey, numberVariety, spanOf } from './number-values.ts'
import { declaredLength, textKey, textVariety } from './text-values.ts'

/** The literals of one of PostgreSQL's own types. */
export type BaseValues = {
  /** A few that differ in what matters. */
  readonly variety: readonly string[]
  /** The n-th of some that are all different, in the order of the type; `shift` gives one a little further on. Null where there are no more. */
  readonly key: (n: number, shift: number) => string | null
}

/** Null for a type that is not known here. */
export function baseValues(base: string, modifier: number): BaseValues | null {
  const span = spanOf(base, modifier)
  if (span !== null) {
    return {
      variety: numberVariety(base, modifier, span),
      key: (n, shift) => numberKey(span, n, shift),
    }
  }
  if (['text', 'varchar', 'bpchar', 'name', 'char'].includes(base)) {
    const length = declaredLength(base, modifier)
    return quoted(textVariety(length), (n) => textKey(length, n))
  }
  if (base === 'bit' || base === 'varbit') return bitValues(base, modifier)
  return others[base] ?? null
}

function quoted(variety: readonly string[], key: (n: number, shift: number) => string | null): BaseValues {
  return {
    variety: variety.map(quoteLiteral),
    key: (n, shift) => {
      const text = key(n, shift)
      return text === null ? null : quoteLiteral(text)
    },
  }
}

function bitValues(base: string, modifier: number): BaseValues {
  const length = modifier > 0 ? modifier : base === 'bit' ? 1 : 64
  const short = base === 'varbit' && length > 3 ? ['101'] : []
  return quoted(['1'.padEnd(length, '0'), ...short, '01'.repeat(length).slice(0, length)], (n) => {
    const bits = n.toString(2)
    return bits.length > length ? null : bits.padStart(length, '0')
  })
}

const day = 86_400_000
const start = Date.UTC(2001, 0, 15)

/** Keys are a year and some days apart, and a shift is a day. */
function date(n: number, shift: number): string {
  return new Date(start + (n * 400 + shift) * day).toISOString().slice(0, 10)
}

function moment(n: number, shift: number): string {
  return new Date(start + n * 400 * day + shift * 3_600_000 + 8 * 3_600_000)
    .toISOString()
    .replace('T', ' ')
    .slice(0, 19)
}

/** Days have 86400 seconds: a key each 20 minutes, and then none. */
function clock(n: number, shift: number): string | null {
  const minutes = n * 20 + shift
  return minutes >= 1440 ? null : new Date(start + minutes * 60_000).toISOString().slice(11, 19)
}

function hex(n: number, length: number): string {
  return n.toString(16).padStart(length, '0')
}

const dates = ['2024-02-29', '1969-07-20', '2087-12-31', '2001-01-01', '1900-01-01', '2026-06-15']
const times = ['12:34:56.789012', '00:00:00', '23:59:59', '08:30:00']
const json = [
  '{"name": "Sample", "count": 3, "tags": ["a", "b"], "nested": {"on": true}}',
  '{}',
  '{"name": null, "count": "3"}',
  '[1, 2, 3]',
]
const jsonKey = (n: number) => `{"id": ${n}, "name": "Sample ${n}"}`
const spot = (n: number, shift: number) => `(${n * 10 + shift},${n * 10})`

const others: Readonly<Record<string, BaseValues>> = {
  bool: { variety: ['TRUE', 'FALSE'], key: (n) => ['FALSE', 'TRUE'][n] ?? null },
  bytea: quoted(['\\x00ff', '\\x', `\\x${'5a'.repeat(300)}`], (n) => `\\x${hex(n, 8)}`),
  date: quoted(dates, date),
  time: quoted(times, clock),
  timetz: quoted(
    times.map((time) => `${time}+02`),
    (n, shift) => clock(n, shift)?.concat('+00') ?? null,
  ),
  timestamp: quoted(
    dates.map((one, at) => `${one} ${times[at % 4]}`),
    moment,
  ),
  timestamptz: quoted(
    dates.map((one, at) => `${one} ${times[at % 4]}+00`),
    (n, shift) => `${moment(n, shift)}+00`,
  ),
  interval: quoted(
    ['1 day', '3 years 2 mons 5 days 04:05:06', '00:00:01.5', '-2 days', '0'],
    (n, shift) => `${n + 1} years ${shift} days`,
  ),
  uuid: quoted(
    [
      '6f1c2f5e-8d1b-4c8e-9d3a-0b7a5a3c9e11',
      '00000000-0000-0000-0000-000000000000',
      'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
    ],
    (n) => `5a3c${hex(n, 4)}-1111-4222-8333-${hex(n * 7919, 12)}`,
  ),
  json: quoted(json, jsonKey),
  jsonb: quoted(json, jsonKey),
  jsonpath: quoted(['$.name', '$[*] ? (@ > 1)'], (n) => `$.a${n}`),
  inet: quoted(['192.168.1.7', '10.1.0.0/16', '2001:db8::1'], (n) => `10.${n >> 8}.${n & 255}.1`),
  cidr: quoted(['192.168.1.0/24', '10.0.0.0/8', '2001:db8::/32'], (n) => `10.${n >> 8}.${n & 255}.0/24`),
  macaddr: quoted(
    ['08:00:2b:01:02:03', 'ff:ff:ff:ff:ff:ff'],
    (n) => `08:00:2b:00:${hex(n >> 8, 2)}:${hex(n & 255, 2)}`,
  ),
  macaddr8: quoted(
    ['08:00:2b:01:02:03:04:05', 'ff:ff:ff:ff:ff:ff:ff:ff'],
    (n) => `08:00:2b:01:02:00:${hex(n >> 8, 2)}:${hex(n & 255, 2)}`,
  ),
  point: quoted(['(1.5,-2)', '(0,0)'], spot),
  line: quoted(['{1,-1,0}', '{0,1,5}'], (n) => `{1,-1,${n}}`),
  lseg: quoted(
    ['[(0,0),(1,1)]', '[(-5,2),(3,4)]'],
    (n, shift) => `[${spot(n, shift)},(${n * 10 + 5},${n * 10 + 5})]`,
  ),
  box: quoted(['(2,2),(0,0)', '(7.5,8),(-1,3)'], (n) => `(${n * 10 + 5},5),(${n * 10},0)`),
  path: quoted(['((0,0),(1,1),(2,0))', '[(0,0),(1,1)]'], (n) => `[(0,${n}),(1,1)]`),
  polygon: quoted(
    ['((0,0),(1,1),(2,0))', '((5,5),(6,9),(8,5))'],
    (n) => `((${n * 10},0),(${n * 10 + 5},5),(${n * 10 + 5},0))`,
  ),
  circle: quoted(['<(0,0),1>', '<(4,-4),2.5>'], (n) => `<(${n * 10},0),3>`),
  tsvector: quoted(["'sample':1 'text':2", ''], (n) => `'sample':1 'word${n}':2`),
  tsquery: quoted(["'sample' & 'text'", "!'a'"], (n) => `'word${n}'`),
  pg_lsn: quoted(['0/16B3748', 'FFFFFFFF/FFFFFFFF'], (n) => `0/${hex(n + 1, 4)}`),
  pg_snapshot: quoted(['10:20:10,14,15'], (n) => `${n + 10}:${n + 20}:`),
  txid_snapshot: quoted(['10:20:10,14,15'], (n) => `${n + 10}:${n + 20}:`),
  xid: quoted(['700', '4294967295'], (n) => String(n + 3)),
  xid8: quoted(['700', '5000000000'], (n) => String(n + 3)),
  cid: quoted(['0', '7'], (n) => String(n)),
  tid: quoted(['(0,1)', '(7,3)'], (n) => `(${n},1)`),
  regclass: quoted(['pg_class', 'pg_type'], () => null),
  regtype: quoted(['integer', 'text'], () => null),
  regnamespace: quoted(['pg_catalog', 'information_schema'], () => null),
  regrole: quoted(['pg_monitor', 'pg_signal_backend'], () => null),
  regproc: quoted(['now', 'pg_backend_pid'], () => null),
  regprocedure: quoted(['now()', 'lower(text)'], () => null),
  regoper: quoted(['||/', '|/'], () => null),
  regoperator: quoted(['+(integer,integer)'], () => null),
  regconfig: quoted(['simple', 'english'], () => null),
  regdictionary: quoted(['simple'], () => null),
  regcollation: quoted(['"C"', '"POSIX"'], () => null),
  refcursor: quoted(['a', 'b'], (n) => `cursor ${n}`),
  int2vector: quoted(['1 2', ''], (n) => `1 ${n}`),
  oidvector: quoted(['1 2', ''], (n) => `1 ${n}`),
}
