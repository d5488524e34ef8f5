/** Something that is there until it is let go, and not only for as long as a function runs. */
export type Held<Value> = { readonly value: Value; release(): Promise<void> }

/** Holds what `use` gives to a function for as long as that runs. */
export async function held<Value>(
  use: (keep: (value: Value) => Promise<void>) => Promise<void>,
): Promise<Held<Value>> {
  const opened = Promise.withResolvers<Value>()
  const released = Promise.withResolvers<void>()
  const ended = use((value) => {
    opened.resolve(value)
    return released.promise
  })
  ended.catch(opened.reject)
  const value = await opened.promise
  return {
    value,
    async release() {
      released.resolve()
      await ended
    },
  }
}
