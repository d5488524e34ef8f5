export * from './commands/downgrade.ts'
export type { Config } from './commands/project.ts'
export * from './commands/upgrade.ts'
export type { Operations } from './operations/operations.ts'
