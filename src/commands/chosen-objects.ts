import type { ChosenObjects } from './autogenerate-options.ts'

/** An object, as far as it can be chosen by. */
type Choosable = { readonly kind: string; readonly key: string }

/** Whether an object is one of those that are chosen. */
export function chosen(objects: ChosenObjects): (object: Choosable) => boolean {
  if (typeof objects === 'function') return ({ kind, key }) => objects({ kind, key, name: nameIn(key) })
  if (objects.includes('*')) return () => true
  if (objects.length === 0) return () => false
  const patterns = objects.map((text) => text.replaceAll(/\W/g, '\\$&').replaceAll('\\*', '.*'))
  // One for all of them: every object is held against it.
  const any = new RegExp(`^(?:${patterns.join('|')})$`, 's')
  return ({ kind, key }) => any.test(nameIn(key)) || any.test(`${kind} ${nameIn(key)}`)
}

/** These objects and those. */
export function chosenToo(objects: ChosenObjects, further: readonly string[]): ChosenObjects {
  if (typeof objects !== 'function') return [...objects, ...further]
  const isFurther = chosen(further)
  return (object) => objects(object) || isFurther(object)
}

/** `app.users` of `relation app.users`. */
function nameIn(key: string): string {
  return key.slice(key.indexOf(' ') + 1)
}
