import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'
import ClosingLine from './test/report.ts'

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url))

/** Killing at every point takes minutes, so those tests run when `LIMBECK_CRASH=full` asks for them. */
const slow = process.env.LIMBECK_CRASH === 'full' ? [] : ['test/crash/**']

export default defineConfig({
  resolve: {
    alias: [
      { find: /^limbeck$/, replacement: source('index.ts') },
      { find: /^limbeck\/testing$/, replacement: source('testing.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...slow],
    globalSetup: ['test/servers/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default', new ClosingLine()],
  },
})
