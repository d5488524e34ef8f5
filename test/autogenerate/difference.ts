import { expect } from 'vitest'
import { changeBetween } from '../../src/autogenerate/directives.ts'
import type { Snapshot } from '../../src/catalog/snapshot.ts'
import type { Directive } from '../../src/operations/operation.ts'
import { openBench } from '../operations/bench.ts'
import type { Target } from '../servers/databases.ts'

/** A database in which two others are made, one after the other, so that what is found to differ can be tried. */
export type Comparison = {
  /** What is read of the database that this SQL makes. */
  read(given: string): Promise<Snapshot>
  /** The directives that make of one database the other, once these were applied and taken back, and were right both times. */
  thereAndBack(before: string, after: string): Promise<readonly Directive[]>
  close(): Promise<void>
}

export async function openComparison(target: Target): Promise<Comparison> {
  const bench = await openBench(target)
  const read = async (given: string) => {
    await bench.prepare(given)
    return { snapshot: await bench.snapshot(), catalog: await bench.catalog() }
  }
  return {
    read: async (given) => (await read(given)).snapshot,
    async thereAndBack(before, after) {
      const [to, from] = [await read(after), await read(before)]
      const { directives } = changeBetween(from.snapshot, to.snapshot)
      await bench.apply(directives)
      expect(await bench.catalog()).toEqual(to.catalog)
      expect(changeBetween(await bench.snapshot(), to.snapshot).directives).toEqual([])
      await bench.undo(directives)
      expect(await bench.catalog()).toEqual(from.catalog)
      return directives
    },
    close: bench.close,
  }
}

export const kindsOf = (directives: readonly Directive[]) => directives.map(({ kind }) => kind)
