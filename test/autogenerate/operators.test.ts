import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { targets } from '../servers/databases.ts'
import { type Comparison, kindsOf, openComparison } from './difference.ts'

describe.each(targets)('on $name', (target) => {
  let databases: Comparison
  beforeAll(async () => {
    databases = await openComparison(target)
  })
  afterAll(() => databases.close())

  const compare = `CREATE FUNCTION compare(text, text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT bttextcmp($1, $2)';
    CREATE FUNCTION same(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2';
    CREATE OPERATOR === (FUNCTION = same, LEFTARG = text, RIGHTARG = text, RESTRICT = eqsel);
    CREATE OPERATOR CLASS spots FOR TYPE text USING btree AS OPERATOR 3 ===, FUNCTION 1 compare(text, text)`
  const index = 'CREATE TABLE t (a text); CREATE INDEX u ON t (a spots)'

  test('an operator class comes with all that it is made of, and goes with it', async () => {
    await databases.thereAndBack('', `${compare}; ${index}`)
    await databases.thereAndBack(`${compare}; ${index}`, 'CREATE TABLE t (a text)')
  })

  test('what is added to a family is added, and its classes and their indexes stay', async () => {
    const member = `ALTER OPERATOR FAMILY spots USING btree ADD OPERATOR 3 = (name, text), FUNCTION 1 (name, text) btnametextcmp(name, text)`
    const directives = await databases.thereAndBack(`${compare}; ${index}`, `${compare}; ${index}; ${member}`)
    expect(kindsOf(directives)).toEqual(['alterOperatorFamily'])
  })

  test('what an operator estimates by is changed', async () => {
    const other = compare.replace('RESTRICT = eqsel', 'JOIN = eqjoinsel')
    const directives = await databases.thereAndBack(`${compare}; ${index}`, `${other}; ${index}`)
    expect(directives).toEqual([
      {
        kind: 'alterOperator',
        name: '===',
        left: 'text',
        right: 'text',
        restrict: null,
        join: 'eqjoinsel',
        was: { restrict: 'eqsel', join: null },
      },
    ])
  })

  test('an operator that changes otherwise is made anew, with the class that uses it and its indexes', async () => {
    const other = compare.replace('RESTRICT = eqsel', 'COMMUTATOR = ===')
    const directives = await databases.thereAndBack(`${compare}; ${index}`, `${other}; ${index}`)
    expect(kindsOf(directives)).toEqual([
      'dropIndex',
      'dropOperatorClass',
      'dropOperator',
      'createOperator',
      'createOperatorClass',
      'createIndex',
    ])
  })

  test('two operators that say the opposite of each other are made, changed and dropped', async () => {
    const pair = (negated: string, options = '') =>
      `CREATE OPERATOR <!> (FUNCTION = int4ne, LEFTARG = integer, RIGHTARG = integer);
      CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer${negated}${options})`
    await databases.thereAndBack('', pair(', NEGATOR = <!>'))
    await databases.thereAndBack(pair(', NEGATOR = <!>'), '')
    await databases.thereAndBack(pair(''), pair(', NEGATOR = <!>', ', HASHES'))
  })

  test('a class of an access method that asks for little keeps its operators in its family', async () => {
    const made = `CREATE OPERATOR CLASS boxes FOR TYPE box USING gist AS OPERATOR 1 <<, OPERATOR 2 &<, OPERATOR 15 <-> (box, point) FOR ORDER BY float_ops,
        FUNCTION 1 gist_box_consistent(internal, box, smallint, oid, internal), FUNCTION 2 gist_box_union(internal, internal),
        FUNCTION 5 gist_box_penalty(internal, internal, internal), FUNCTION 6 gist_box_picksplit(internal, internal),
        FUNCTION 7 gist_box_same(box, box, internal), FUNCTION 8 gist_box_distance(internal, box, smallint, oid, internal);
      CREATE TABLE t (b box); CREATE INDEX u ON t USING gist (b boxes)`
    await databases.thereAndBack('', made)
    await databases.thereAndBack(made, 'CREATE TABLE t (b box)')
  })

  test('a class of a type that is indexed as another says for what its functions are', async () => {
    const made = `CREATE OPERATOR CLASS words FOR TYPE varchar USING btree AS OPERATOR 3 = (text, text), FUNCTION 1 bttextcmp(text, text);
      CREATE OPERATOR CLASS hashes FOR TYPE varchar USING hash AS OPERATOR 1 = (text, text), FUNCTION 1 (varchar, varchar) hashtext(text)`
    await databases.thereAndBack('', made)
    await databases.thereAndBack(made, '')
  })

  test.runIf(target.major >= 14)(
    'the casts and constructors that a range type brings are not made by themselves',
    async () => {
      const snapshot = await databases.read('CREATE TYPE span AS RANGE (subtype = integer)')
      expect([...snapshot.keys()].filter((key) => /^(routine|cast)/.test(key))).toEqual([])
    },
  )
})
