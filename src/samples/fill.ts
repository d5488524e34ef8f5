import type { Connection } from '../connection/connection.ts'
export async function fillWithSamples(
  _connection: Connection,
  _options: { ignoreSchemas: readonly string[] },
): Promise<void> {}
