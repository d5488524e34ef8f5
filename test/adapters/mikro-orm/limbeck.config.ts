export default { schema: { command: 'npx mikro-orm schema:create --dump' } }
