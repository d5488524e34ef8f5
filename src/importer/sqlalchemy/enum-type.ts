import type { Value } from '../python/value.ts'
import { calledOf } from './term.ts'
import { type EnumType, sqlType } from './types.ts'

/** The enum that a value is; null where it is none. */
export function enumType(value: Value): EnumType | null {
  const called = calledOf(value)
  if (called === null || !/^(sa|postgresql)\.(Enum|ENUM)$/.test(called.name)) return null
  return sqlType(value).enum ?? null
}
