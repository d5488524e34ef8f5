import { readFileSync } from 'node:fs'

const packageJson: { readonly version: string } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
)

/** This Limbeck's version, as the ledger records it. */
export const version: string = packageJson.version
