import fc from 'fast-check'

/** One thing as it is before and after: mostly the same, so that what differs meets what stays. */
export type Two<Value> = readonly [before: Value, after: Value]

/** A property: of four objects that are there on both sides, about one gets another. */
export function property<Value>(values: fc.Arbitrary<Value>, rarely = 12): fc.Arbitrary<Two<Value>> {
  const same = values.map((value): Two<Value> => [value, value])
  return fc.oneof({ weight: rarely, arbitrary: same }, { weight: 1, arbitrary: fc.tuple(values, values) })
}

/** One of these words. */
export function word<const Word>(...words: readonly Word[]): fc.Arbitrary<Two<Word>> {
  return property(fc.constantFrom(...words))
}

/** What there is on both sides, on one, or on none; it shrinks to none. `often`: how often it is there. */
export function maybe<Value>(values: fc.Arbitrary<Two<Value>>, often = 6): fc.Arbitrary<Two<Value | null>> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.constant<Two<null>>([null, null]) },
    { weight: often, arbitrary: values },
    { weight: 1, arbitrary: values.map(([value]): Two<Value | null> => [value, null]) },
    { weight: 1, arbitrary: values.map(([, value]): Two<Value | null> => [null, value]) },
  )
}

type Parts = { readonly [name: string]: unknown }

/** All that an object has, each part as it is before and after. */
export function object<Whole extends Parts>(
  parts: {
    readonly [Name in keyof Whole]: fc.Arbitrary<Two<Whole[Name]>>
  },
): fc.Arbitrary<Two<Whole>> {
  const names = Object.keys(parts)
  return fc
    .tuple(...Object.values<fc.Arbitrary<Two<unknown>>>(parts))
    .map((twos): Two<Whole> => [side(names, twos, 0), side(names, twos, 1)])
}

function side<Whole extends Parts>(
  names: readonly string[],
  twos: readonly Two<unknown>[],
  at: 0 | 1,
): Whole {
  // A value for each name: that is what Whole says.
  return Object.fromEntries(names.map((name, number) => [name, twos[number]?.[at]])) as Whole
}

/** A text that is made of what an object has. */
export function text<Whole extends Parts>(
  parts: { readonly [Name in keyof Whole]: fc.Arbitrary<Two<Whole[Name]>> },
  write: (whole: Whole) => string,
): fc.Arbitrary<Two<string>> {
  return object(parts).map(([before, after]): Two<string> => [write(before), write(after)])
}

/** The statements of several objects, one after the other; what is not there says nothing. */
export function statements(
  ...parts: readonly fc.Arbitrary<Two<string | readonly string[] | null>>[]
): fc.Arbitrary<Two<readonly string[]>> {
  return fc
    .tuple(...parts)
    .map(
      (all): Two<readonly string[]> => [
        all.flatMap(([before]) => before ?? []),
        all.flatMap(([, after]) => after ?? []),
      ],
    )
}
