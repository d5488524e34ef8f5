/** One privilege by its name, or for some columns only. */
export type Privilege = string | { readonly [privilege: string]: readonly string[] }

/** What a role holds of one object, apart: what it may grant to others too. */
export type Held = {
  readonly privileges: readonly Privilege[]
  readonly grantable: readonly Privilege[]
}

/** One GRANT or REVOKE. */
export type HeldStep = {
  readonly does: 'grant' | 'revoke'
  readonly privileges: readonly Privilege[]
  readonly withGrantOption?: true
  readonly grantOptionFor?: true
  readonly was?: { readonly privileges: readonly Privilege[]; readonly withGrantOption?: true }
}

/** What makes of what a role holds what it is to hold. */
export function heldChange(before: Held, after: Held): readonly HeldStep[] {
  const [heldBefore, heldAfter] = [
    [...before.privileges, ...before.grantable],
    [...after.privileges, ...after.grantable],
  ]
  const noLongerGrantable = without(before.grantable, after.grantable)
  const option = without(noLongerGrantable, without(noLongerGrantable, heldAfter))
  const lost = without(heldBefore, heldAfter)
  const [stays, staysGrantable] = [
    heldBefore.filter((one) => !isTakenAlong(one, lost)),
    before.grantable.filter((one) => !isTakenAlong(one, lost)),
  ]
  const newlyGrantable = without(after.grantable, staysGrantable)
  const [lostPlain, lostGrantable] = [
    without(lost, before.grantable),
    without(lost, without(lost, before.grantable)),
  ]
  const granted = without(without(after.privileges, stays), newlyGrantable)
  const steps: readonly HeldStep[] = [
    // A privilege on the whole table that is revoked takes that on its columns along, and so it goes before they are granted.
    { does: 'revoke', privileges: lostPlain },
    {
      does: 'revoke',
      privileges: lostGrantable,
      was: { privileges: lostGrantable, withGrantOption: true },
    },
    { does: 'grant', privileges: granted, ...held(without(granted, without(granted, heldBefore))) },
    {
      does: 'grant',
      privileges: newlyGrantable,
      withGrantOption: true,
      ...held(without(newlyGrantable, without(newlyGrantable, heldBefore))),
    },
    { does: 'revoke', privileges: option, grantOptionFor: true },
  ]
  return steps.filter(({ privileges }) => privileges.length > 0)
}

/** Whether a privilege on columns goes with that on the whole table, which is revoked: what is to stay of it is granted again. */
function isTakenAlong(one: Privilege, lost: readonly Privilege[]): boolean {
  return typeof one !== 'string' && Object.keys(one).some((name) => lost.includes(name))
}

/** Said where there were some, so that the way back takes no more than was given. */
function held(privileges: readonly Privilege[]) {
  return privileges.length === 0 ? {} : { was: { privileges } }
}

/** The privileges of the first list that are not in the second; of columns, those that are not. */
function without(some: readonly Privilege[], others: readonly Privilege[]): readonly Privilege[] {
  return some.flatMap((one): readonly Privilege[] => {
    if (typeof one === 'string') return others.includes(one) ? [] : [one]
    return Object.entries(one).flatMap(([name, columns]) => {
      const there = others.flatMap((other) => (typeof other === 'string' ? [] : (other[name] ?? [])))
      const left = columns.filter((column) => !there.includes(column))
      return left.length === 0 ? [] : [{ [name]: left }]
    })
  })
}
