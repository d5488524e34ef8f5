import {
  alterFunction,
  alterProcedure,
  createAggregate,
  createFunction,
  createProcedure,
  dropAggregate,
  dropFunction,
  replaceFunction,
} from '../../src/operations/registry.ts'
import { sql } from '../../src/sql/tag.ts'

/** What compiles, beside what must not; it is only type-checked. */
export function functions() {
  createFunction({ name: 'f', returns: 'trigger', language: 'plpgsql', body: 'BEGIN END' })
  createFunction({ name: 'f', returns: { setOf: 'users' }, language: 'sql', body: 'TABLE users', rows: 5 })
  createFunction({ name: 'f', returns: { table: [{ name: 'a', type: 'int' }] }, return: sql`1` })
  createFunction({ name: 'f', arguments: [{ mode: 'out', type: 'int' }], atomicBody: [sql`SELECT 1`] })
  createFunction({ name: 'f', returns: 'int', language: 'c', body: '$libdir/f', linkSymbol: 'f' })
  createFunction({
    name: 'f',
    returns: 'int',
    return: sql`1`,
    set: { a: 1, b: ['x'], c: { fromCurrent: true } },
  })
  dropFunction({ name: 'f', was: { returns: 'int', return: sql`1` } })
  replaceFunction({
    name: 'f',
    returns: 'int',
    return: sql`1`,
    was: { returns: 'int', language: 'sql', body: '' },
  })
  alterFunction({ name: 'f', volatility: 'stable', was: { volatility: 'volatile' } })
  alterFunction({ name: 'f', set: { work_mem: null } })

  // @ts-expect-error a function has a body
  createFunction({ name: 'f', returns: 'int', language: 'sql' })
  // @ts-expect-error a function has one body
  createFunction({ name: 'f', returns: 'int', language: 'sql', body: '', return: sql`1` })
  // @ts-expect-error RETURN or BEGIN ATOMIC, not both
  createFunction({ name: 'f', returns: 'int', return: sql`1`, atomicBody: [] })
  // @ts-expect-error BEGIN ATOMIC is SQL's alone
  createFunction({ name: 'f', returns: 'int', language: 'plpgsql', atomicBody: [] })
  // @ts-expect-error a body that is text says its language
  createFunction({ name: 'f', returns: 'int', body: '' })
  // @ts-expect-error only C has link symbols
  createFunction({ name: 'f', returns: 'int', language: 'sql', body: '', linkSymbol: 'f' })
  // @ts-expect-error a setting is not taken away where there is none
  createFunction({ name: 'f', returns: 'int', return: sql`1`, set: { work_mem: null } })
  // @ts-expect-error a change says what changes
  alterFunction({ name: 'f' })
  // @ts-expect-error a support function cannot be taken away
  alterFunction({ name: 'f', support: null })
  // @ts-expect-error a body is replaced, not altered
  alterFunction({ name: 'f', body: '' })
}

export function procedures() {
  createProcedure({ name: 'p', language: 'plpgsql', body: 'BEGIN END' })
  createProcedure({ name: 'p', atomicBody: [sql`DELETE FROM t`] })
  alterProcedure({ name: 'p', securityDefiner: true })

  // @ts-expect-error a procedure returns nothing
  createProcedure({ name: 'p', returns: 'int', language: 'sql', body: '' })
  // @ts-expect-error a procedure has no RETURN as its body
  createProcedure({ name: 'p', return: sql`1` })
  // @ts-expect-error a procedure is not immutable
  createProcedure({ name: 'p', language: 'sql', body: '', volatility: 'immutable' })
  // @ts-expect-error a procedure has no cost
  alterProcedure({ name: 'p', cost: 5 })
}

export function aggregates() {
  createAggregate({ name: 'a', arguments: '*', sfunc: 'f', stype: 'int', sortop: '<', combinefunc: 'g' })
  createAggregate({
    name: 'a',
    arguments: [],
    orderBy: [{ type: 'int' }],
    sfunc: 'f',
    stype: 'int',
    hypothetical: true,
  })
  createAggregate({
    name: 'a',
    arguments: '*',
    sfunc: 'f',
    stype: 'internal',
    serialfunc: 's',
    deserialfunc: 'd',
  })
  createAggregate({
    name: 'a',
    arguments: '*',
    sfunc: 'f',
    stype: 'int',
    moving: { msfunc: 'f', minvfunc: 'g', mstype: 'int' },
  })
  dropAggregate({
    name: 'a',
    arguments: [],
    orderBy: [{ type: 'int' }],
    was: { sfunc: 'f', stype: 'int', hypothetical: true },
  })

  // @ts-expect-error an aggregate has a type for its state
  createAggregate({ name: 'a', arguments: '*', sfunc: 'f' })
  // @ts-expect-error only an ordered set is hypothetical
  createAggregate({ name: 'a', arguments: '*', sfunc: 'f', stype: 'int', hypothetical: true })
  // @ts-expect-error an ordered set has no sort operator
  createAggregate({
    name: 'a',
    arguments: [],
    orderBy: [{ type: 'int' }],
    sfunc: 'f',
    stype: 'int',
    sortop: '<',
  })
  // @ts-expect-error what is serialized is deserialized
  createAggregate({ name: 'a', arguments: '*', sfunc: 'f', stype: 'internal', serialfunc: 's' })
  createAggregate({
    name: 'a',
    arguments: '*',
    sfunc: 'f',
    stype: 'int',
    // @ts-expect-error a moving aggregate has an inverse function
    moving: { msfunc: 'f', mstype: 'int' },
  })
  // @ts-expect-error an aggregate says what it takes
  createAggregate({ name: 'a', sfunc: 'f', stype: 'int' })
  // @ts-expect-error an ordered set is not one of everything
  createAggregate({ name: 'a', arguments: '*', orderBy: [{ type: 'int' }], sfunc: 'f', stype: 'int' })
  // @ts-expect-error an aggregate has no out arguments
  createAggregate({ name: 'a', arguments: [{ mode: 'out', type: 'int' }], sfunc: 'f', stype: 'int' })
  // @ts-expect-error what was no ordered set is not hypothetical
  dropAggregate({ name: 'a', arguments: '*', was: { sfunc: 'f', stype: 'int', hypothetical: true } })
}
