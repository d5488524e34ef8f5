export default {
  // What changes here is dangerous where there is an application, and is to be run.
  lint: 'warn',
  schema: { command: 'npx mikro-orm schema:create --dump' },
}
