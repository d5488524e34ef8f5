import type { Rule } from './rule.ts'
import { addColumnRewrite } from './rules/add-column-rewrite.ts'
import { alwaysFails } from './rules/always-fails.ts'
import { boundTimeZone } from './rules/bound-time-zone.ts'
import { bulkChange } from './rules/bulk-change.ts'
import { checkScan } from './rules/check-scan.ts'
import { columnTypeRewrite } from './rules/column-type-rewrite.ts'
import { deleteRows } from './rules/delete-rows.ts'
import { domainScan } from './rules/domain-scan.ts'
import { dropColumn } from './rules/drop-column.ts'
import { dropTable } from './rules/drop-table.ts'
import { enumValueOrder } from './rules/enum-value-order.ts'
import { failsOnRows } from './rules/fails-on-rows.ts'
import { foreignKeyScan } from './rules/foreign-key-scan.ts'
import { goneName } from './rules/gone-name.ts'
import { heldLock } from './rules/held-lock.ts'
import { hiddenRows } from './rules/hidden-rows.ts'
import { indexBuild } from './rules/index-build.ts'
import { invalidIndex } from './rules/invalid-index.ts'
import { keyBuild } from './rules/key-build.ts'
import { lockAllRows } from './rules/lock-all-rows.ts'
import { longLock } from './rules/long-lock.ts'
import { lossyType } from './rules/lossy-type.ts'
import { newerVersion } from './rules/newer-version.ts'
import { noLockTimeout } from './rules/no-lock-timeout.ts'
import { notNullScan } from './rules/not-null-scan.ts'
import { offsetPaging } from './rules/offset-paging.ts'
import { otherValues } from './rules/other-values.ts'
import { partitionScan } from './rules/partition-scan.ts'
import { partitionsEnd } from './rules/partitions-end.ts'
import { redundantIndex } from './rules/redundant-index.ts'
import { refresh } from './rules/refresh.ts'
import { refusedRows } from './rules/refused-rows.ts'
import { reindex } from './rules/reindex.ts'
import { requiredValue } from './rules/required-value.ts'
import { storageRewrite } from './rules/storage-rewrite.ts'
import { transactionControl } from './rules/transaction-control.ts'
import { unindexedForeignKey } from './rules/unindexed-foreign-key.ts'
import { unknownExtension } from './rules/unknown-extension.ts'
import { validateUnderLock } from './rules/validate-under-lock.ts'

/** All rules, in the order in which they look: what is told by a form of its own is not told once more in general. */
export const rules: readonly Rule[] = [
  newerVersion,
  unknownExtension,
  alwaysFails,
  columnTypeRewrite,
  keyBuild,
  checkScan,
  foreignKeyScan,
  notNullScan,
  validateUnderLock,
  addColumnRewrite,
  indexBuild,
  partitionScan,
  storageRewrite,
  reindex,
  refresh,
  domainScan,
  heldLock,
  longLock,
  bulkChange,
  lockAllRows,
  failsOnRows,
  invalidIndex,
  dropTable,
  dropColumn,
  deleteRows,
  lossyType,
  goneName,
  otherValues,
  requiredValue,
  refusedRows,
  hiddenRows,
  transactionControl,
  offsetPaging,
  boundTimeZone,
  noLockTimeout,
  unindexedForeignKey,
  redundantIndex,
  partitionsEnd,
  enumValueOrder,
]
