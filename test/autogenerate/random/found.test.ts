import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bench, openBench } from '../../operations/bench.ts'
import { oneTarget } from '../../servers/databases.ts'
import { failureOf, type Sides } from './attempt.ts'

/** Pairs that were drawn once and went wrong, as small as they could be made. They are no cases of the corpus: what a table has left and joined again is its own there. */
const found: readonly (readonly [name: string, ...Sides])[] = [
  [
    'a child leaves its parent for the parent’s parent while a column of both gets another type',
    [
      'CREATE TABLE h0 (id int, d int)',
      'CREATE TABLE h1 (own int, a text) INHERITS (h0)',
      'CREATE TABLE h2 () INHERITS (h1)',
    ],
    [
      'CREATE TABLE h0 (id int, d text)',
      'CREATE TABLE h1 (own int, a text) INHERITS (h0)',
      'CREATE TABLE h2 () INHERITS (h0)',
    ],
  ],
  [
    'a child gets a parent between while a column of both is made anew',
    [
      "CREATE TYPE e AS ENUM ('two words', 'b')",
      'CREATE TABLE h0 (id int, a e)',
      'CREATE TABLE h1 (own int) INHERITS (h0)',
      'CREATE TABLE h2 () INHERITS (h0)',
    ],
    [
      "CREATE TYPE e AS ENUM ('two words', 'b')",
      'CREATE TABLE h0 (id int, a real)',
      'CREATE TABLE h1 (own int) INHERITS (h0)',
      'CREATE TABLE h2 () INHERITS (h1)',
    ],
  ],
  [
    'a child leaves one of two parents while a column of the other is made anew',
    [
      'CREATE TABLE t1 (id int)',
      'CREATE TABLE h0 (id int, a int GENERATED ALWAYS AS (id * 2) STORED)',
      'CREATE TABLE h1 (own int) INHERITS (h0, t1)',
    ],
    [
      'CREATE TABLE t1 (id int)',
      'CREATE TABLE h0 (id int, a inet)',
      'CREATE TABLE h1 (own int) INHERITS (h0)',
    ],
  ],
  [
    'a parent gets a column that its child has in another type',
    ['CREATE TABLE h0 (id int)', 'CREATE TABLE h1 (own int, a text) INHERITS (h0)'],
    ['CREATE TABLE h0 (id int, a bytea)', 'CREATE TABLE h1 (own int) INHERITS (h0)'],
  ],
  [
    'and a default with it',
    ['CREATE TABLE h0 (id int)', 'CREATE TABLE h1 (own int, a text) INHERITS (h0)'],
    ["CREATE TABLE h0 (id int, a bytea DEFAULT '1')", 'CREATE TABLE h1 (own int) INHERITS (h0)'],
  ],
]

describe.each(oneTarget)('on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  test.for(found)('%s', async ([, before, after]) => {
    expect((await failureOf(bench, [before, after]))?.message ?? null).toBe(null)
  })
})
