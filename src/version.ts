import packageJson from '../package.json' with { type: 'json' }

/** This Limbeck's version, as the ledger records it. */
export const version: string = packageJson.version
