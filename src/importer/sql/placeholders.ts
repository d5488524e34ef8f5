/** Why something cannot be put in its place. */
export type Missing = { readonly reason: string }

/** A line in which `${NAME}` and `$NAME` stand for variables, with these in their place. */
export function withVariables(line: string, values: ReadonlyMap<string, string>): string | Missing {
  const unknown: string[] = []
  const text = line.replaceAll(/\$\{(\w+)\}|\$([A-Za-z_]\w*)/g, (whole, braced, bare) => {
    const name = String(braced ?? bare)
    const value = values.get(name)
    if (value === undefined) unknown.push(name)
    return value ?? whole
  })
  const [name] = unknown
  if (name !== undefined) return { reason: `${name} has no value: --placeholder ${name}=VALUE.` }
  // Defaults and the like, `${NAME:-value}`: only the tool itself knows what they come to.
  if (/\$\{/.test(line.replaceAll(/\$\{\w+\}/g, '')))
    return { reason: 'it has an expression in braces: write there what it comes to.' }
  return text
}
