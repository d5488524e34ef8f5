import type { Recast } from '../trace/recast.ts'

/** Whether all numbers were multiplied by one and the same: then each still says what it was. */
export function isScaled(pairs: Recast['pairs']): boolean {
  const numbers = pairs.map(([was, is]) => [Number(was), Number(is)] as const)
  const [first] = numbers.filter(([was]) => was !== 0)
  if (first === undefined) return false
  const factor = first[1] / first[0]
  const isNear = (one: number, other: number) => Math.abs(one - other) <= Math.abs(other) * 1e-9
  return factor !== 1 && factor !== 0 && numbers.every(([was, is]) => isNear(is, was * factor))
}
