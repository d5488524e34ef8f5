import { commandsPage } from './commands-page.ts'
import { errorsPage } from './errors-page.ts'
import { operationsPage } from './operations-page.ts'
import { rulesPages } from './rules-pages.ts'

/** The pages of docs/reference, by file name, as the source of now gives them. */
export async function referencePages(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['operations.md', await operationsPage()],
    ['commands.md', commandsPage()],
    ['errors.md', errorsPage()],
    ...rulesPages(),
  ])
}
