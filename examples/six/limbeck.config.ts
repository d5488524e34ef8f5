import type { Config } from 'limbeck'

export default {
  migrations: 'migrations',
} satisfies Config
