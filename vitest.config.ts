import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import ClosingLine from './test/report.ts'

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url))

export default defineConfig({
  resolve: {
    alias: [
      { find: /^limbeck$/, replacement: source('index.ts') },
      { find: /^limbeck\/testing$/, replacement: source('testing.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/servers/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // As the command does for itself: see src/cli/bin.ts.
    execArgv: ['--wasm-tier-up-filter=0'],
    maxWorkers: 2,
    reporters: ['default', new ClosingLine()],
  },
})
