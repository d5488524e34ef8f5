import { refuse } from '../python/evaluation.ts'
import type { Value } from '../python/value.ts'
import { type Called, optionalText } from './term.ts'
import type { SqlType } from './types.ts'

/** What a call of a type makes of its arguments. */
export type TypeMaker = (called: Called) => SqlType

/** A type without arguments. */
export function plain(
  text: string,
  affinity: SqlType['affinity'] = 'other',
  serial?: SqlType['serial'],
): TypeMaker {
  return () => ({ text, affinity, ...(serial === undefined ? {} : { serial }) })
}

/** A type with a length, and perhaps a collation. */
export function sized(text: string, named: readonly string[] = ['length', 'collation']): TypeMaker {
  return (called) => {
    const size = called.positional[0] ?? called.named.get(named[0] ?? 'length') ?? null
    const collation = optionalText(called.positional[1] ?? called.named.get('collation'), 'a collation')
    return {
      text: size === null ? text : `${text}(${number(size)})`,
      affinity: 'other',
      ...(collation === undefined ? {} : { collation }),
    }
  }
}

export function number(value: Value): string {
  return typeof value === 'number' ? String(value) : refuse('the size of a type is no known number')
}
