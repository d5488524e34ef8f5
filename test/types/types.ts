import {
  addDomainConstraint,
  alterCompositeType,
  alterDomain,
  alterOperator,
  alterOperatorFamily,
  alterSequence,
  alterTextSearchConfiguration,
  createCast,
  createCollation,
  createOperator,
  createOperatorClass,
  createRangeType,
  createSequence,
  createTextSearchConfiguration,
  dropCollation,
  dropOperatorClass,
  dropRangeType,
  dropSequence,
} from '../../src/operations/registry.ts'
import { sql } from '../../src/sql/tag.ts'

/** What compiles, beside what must not; it is only type-checked. */
export function sequences() {
  createSequence({
    schema: 'app',
    name: 's',
    persistence: 'unlogged',
    minValue: null,
    maxValue: 9223372036854775807n,
  })
  createSequence({ name: 's', persistence: 'temporary', ownedBy: { table: 't', column: 'a' } })
  alterSequence({ name: 's', restart: true })
  alterSequence({ name: 's', ownedBy: null, was: { ownedBy: { table: 't', column: 'a' } } })
  dropSequence({ name: 's', was: { persistence: 'unlogged' } })

  // @ts-expect-error a temporary sequence is in no schema that has a name
  createSequence({ schema: 'app', name: 's', persistence: 'temporary' })
  // @ts-expect-error a sequence has a type of whole numbers
  createSequence({ name: 's', as: 'numeric' })
  // @ts-expect-error at least one property changes
  alterSequence({ name: 's' })
  // @ts-expect-error where it stood is no part of what it was
  alterSequence({ name: 's', cache: 1, was: { cache: 2, restart: 5 } })
}

export function domainsAndTypes() {
  alterDomain({ name: 'd', default: null, notNull: { name: 'known' } })
  addDomainConstraint({ domain: 'd', name: 'c', expression: sql`VALUE > ${1}`, validation: 'never' })
  alterCompositeType({ name: 'c', drop: ['a'], was: { attributes: [{ name: 'a', type: 'text' }] } })
  createRangeType({ name: 'r', subtype: 'text', canonical: { schema: 'app', name: 'f' } })

  // @ts-expect-error at least one property changes
  alterDomain({ name: 'd' })
  // @ts-expect-error an expression is SQL, not text
  addDomainConstraint({ domain: 'd', name: 'c', expression: 'VALUE > 1' })
  // @ts-expect-error at least one attribute changes
  alterCompositeType({ name: 'c', cascade: true })
  // @ts-expect-error an attribute takes no NOT NULL
  alterCompositeType({ name: 'c', add: [{ name: 'a', type: 'text', notNull: true }] })
  // @ts-expect-error a range has a subtype
  createRangeType({ name: 'r' })
  // @ts-expect-error a type with a canonical function cannot be made again in one statement
  dropRangeType({ name: 'r', was: { subtype: 'text', canonical: 'f' } })
}

export function collations() {
  createCollation({ name: 'c', provider: 'icu', locale: 'de', deterministic: false, rules: '&a < b' })
  createCollation({ name: 'c', lcCollate: 'C', lcCtype: 'POSIX' })
  createCollation({ name: 'c', provider: 'builtin', locale: 'C.UTF-8' })
  dropCollation({ name: 'c', was: { from: 'C' } })

  // @ts-expect-error a locale, or two
  createCollation({ name: 'c', locale: 'C', lcCollate: 'C', lcCtype: 'C' })
  // @ts-expect-error two locales, or one
  createCollation({ name: 'c', lcCollate: 'C' })
  // @ts-expect-error ICU has one locale
  createCollation({ name: 'c', provider: 'icu', lcCollate: 'C', lcCtype: 'C' })
  // @ts-expect-error only ICU lets texts of other bytes be equal
  createCollation({ name: 'c', locale: 'C', deterministic: false })
  // @ts-expect-error only ICU has rules
  createCollation({ name: 'c', provider: 'builtin', locale: 'C', rules: '&a < b' })
  // @ts-expect-error a copy takes no options
  createCollation({ name: 'c', from: 'C', version: '1' })
  // @ts-expect-error a collation has a locale or an original
  createCollation({ name: 'c' })
}

export function castsAndOperators() {
  createCast({ from: 'a', to: 'b', inout: true, as: 'implicit' })
  createCast({ from: 'a', to: 'b', withFunction: { name: 'f', arguments: ['a'] } })
  createOperator({ name: '@', right: 'integer', function: 'int4abs' })
  alterOperator({ name: '=', left: 'a', right: 'a', restrict: null, was: { restrict: 'eqsel' } })
  createOperatorClass({
    name: 'c',
    using: 'btree',
    type: 'text',
    operators: [{ strategy: 1, operator: '<' }],
  })
  alterOperatorFamily({
    name: 'f',
    using: 'btree',
    drop: { operators: [{ strategy: 1, operator: '<', left: 'text', right: 'text' }] },
  })

  // @ts-expect-error a cast is made in one way
  createCast({ from: 'a', to: 'b', inout: true, withoutFunction: true })
  // @ts-expect-error a cast is made in some way
  createCast({ from: 'a', to: 'b' })
  // @ts-expect-error an explicit cast is one without the word
  createCast({ from: 'a', to: 'b', inout: true, as: 'explicit' })
  // @ts-expect-error PostgreSQL has no postfix operators any more
  createOperator({ name: '!', left: 'integer', function: 'f' })
  // @ts-expect-error what an operator says for good cannot be taken back
  alterOperator({ name: '=', left: 'a', right: 'a', hashes: false })
  // @ts-expect-error at least one property changes
  alterOperator({ name: '=', left: 'a', right: 'a' })
  // @ts-expect-error a class has at least one member
  createOperatorClass({ name: 'c', using: 'btree', type: 'text' })
  const half = { strategy: 1, operator: '<', left: 'text' } as const
  // @ts-expect-error both operands, or none
  createOperatorClass({ name: 'c', using: 'btree', type: 'text', operators: [half] })
  // @ts-expect-error what a class was names its family
  dropOperatorClass({ name: 'c', using: 'btree', was: { type: 'text', storage: 'text' } })
  // @ts-expect-error in a family both operands are said
  alterOperatorFamily({ name: 'f', using: 'btree', add: { operators: [{ strategy: 1, operator: '<' }] } })
  // @ts-expect-error at least one member changes
  alterOperatorFamily({ name: 'f', using: 'btree', add: {} })
}

export function textSearch() {
  createTextSearchConfiguration({ name: 'c', copy: 'english' })
  alterTextSearchConfiguration({ name: 'c', replace: [{ dictionary: 'simple', with: 'english_stem' }] })

  // @ts-expect-error a parser or a copy
  createTextSearchConfiguration({ name: 'c', copy: 'english', parser: 'default' })
  // @ts-expect-error a copy has the mappings of its original
  createTextSearchConfiguration({ name: 'c', copy: 'english', mappings: [] })
  // @ts-expect-error at least one mapping changes
  alterTextSearchConfiguration({ name: 'c' })
}
