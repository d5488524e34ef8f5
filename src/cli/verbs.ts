import type { Verb } from './verb.ts'
import { abort } from './verbs/abort.ts'
import { accept } from './verbs/accept.ts'
import { backfill } from './verbs/backfill.ts'
import { baseline } from './verbs/baseline.ts'
import { branches } from './verbs/branches.ts'
import { check } from './verbs/check.ts'
import { completion } from './verbs/completion.ts'
import { current } from './verbs/current.ts'
import { diff } from './verbs/diff.ts'
import { doctor } from './verbs/doctor.ts'
import { downgrade } from './verbs/downgrade.ts'
import { drift } from './verbs/drift.ts'
import { dump } from './verbs/dump.ts'
import { edit } from './verbs/edit.ts'
import { ensureVersion } from './verbs/ensure-version.ts'
import { heads } from './verbs/heads.ts'
import { history } from './verbs/history.ts'
import { importVerb } from './verbs/import.ts'
import { init } from './verbs/init.ts'
import { lint } from './verbs/lint.ts'
import { listTemplates } from './verbs/list-templates.ts'
import { merge } from './verbs/merge.ts'
import { partitions } from './verbs/partitions.ts'
import { plan } from './verbs/plan.ts'
import { revision } from './verbs/revision.ts'
import { show } from './verbs/show.ts'
import { squash } from './verbs/squash.ts'
import { stamp } from './verbs/stamp.ts'
import { status } from './verbs/status.ts'
import { types } from './verbs/types.ts'
import { upgrade } from './verbs/upgrade.ts'
import { verify } from './verbs/verify.ts'

/** All verbs, in the order in which a person meets them. */
export const verbs: readonly Verb[] = [
  init,
  revision,
  plan,
  upgrade,
  downgrade,
  abort,
  backfill,
  partitions,
  status,
  current,
  history,
  show,
  edit,
  heads,
  branches,
  merge,
  squash,
  stamp,
  importVerb,
  accept,
  lint,
  verify,
  check,
  diff,
  drift,
  dump,
  baseline,
  types,
  doctor,
  ensureVersion,
  listTemplates,
  completion,
]
