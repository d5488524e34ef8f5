import type { ChosenObjects } from './autogenerate-options.ts'

/** An object, as far as it can be chosen by. */
type Choosable = { readonly kind: string; readonly key: string }

/** Whether an object is one of those that are chosen. */
export function chosen(objects: ChosenObjects): (object: Choosable) => boolean {
  if (typeof objects === 'function') return ({ kind, key }) => objects({ kind, key, name: nameIn(key) })
  const patterns = objects.map((text) => {
    const escaped = text.replaceAll(/\W/g, '\\$&')
    return new RegExp(`^${escaped.replaceAll('\\*', '.*')}$`, 's')
  })
  return ({ kind, key }) =>
    patterns.some((pattern) => pattern.test(nameIn(key)) || pattern.test(`${kind} ${nameIn(key)}`))
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
