/** What the project says of findings of `limbeck verify`. */
export type VerifyConfig = {
  /** Findings that are taken: those of a verification, of one revision or of all, and why. */
  readonly accept?: readonly VerifyAcceptance[]
}

export type VerifyAcceptance = {
  /** The verification's name. */
  readonly verification: string
  /** A revision's id. Default: whatever is found. */
  readonly revision?: string
  readonly reason: string
}
