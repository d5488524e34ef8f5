import { items } from './builtins.ts'
import { type Arguments, Dict, dictOf, type Value } from './value.ts'

/** `OrderedDict(…)`: a dict, which keeps its order anyway. */
export function orderedDict({ positional: [of], named }: Arguments): Dict {
  if (of instanceof Dict) return dictOf([...of.entries.values(), ...named])
  const pairs =
    of === undefined
      ? []
      : items(of).map((pair): readonly [Value, Value] => [items(pair)[0] ?? null, items(pair)[1] ?? null])
  return dictOf([...pairs, ...named])
}
