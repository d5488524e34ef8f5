import { expect, test } from 'vitest'
import { cutStages, stageTitles } from '../../src/plan/stage.ts'
import { plannedSteps } from '../../src/plan/steps.ts'
import { type Case, cases, sinceOf } from './examples.ts'

/** The titles of the stages of one directive. */
async function titlesOf({ directive }: Pick<Case, 'directive'>, major: number): Promise<readonly string[]> {
  const stages = cutStages(await plannedSteps({ directive, at: null }, { major }))
  return stages.map((stage) => stageTitles(stage).join('\n'))
}

test.each([13, 18])('no two stages of an operation have one title, on PostgreSQL %i', async (major) => {
  for (const one of cases.filter((candidate) => sinceOf(candidate) <= major)) {
    const titles = await titlesOf(one, major)
    expect.soft(new Set(titles).size, `${one.name}\n${titles.join('\n')}`).toBe(titles.length)
  }
})

test('a part of a part is told with both', async () => {
  const [one] = cases.filter(({ directive }) => directive.kind === 'expandKey')
  expect(await titlesOf(one!, 18)).toEqual(
    expect.arrayContaining([
      'expand key users.id to bigint: look at the foreign keys',
      'expand key users.id to bigint: users.id, fill',
      'expand key users.id to bigint: posts.author, fill',
    ]),
  )
})
