import { busySource } from './busy-source.ts';
import { changedColumns } from './changed-columns.ts';
import { changedValues } from './changed-values.ts';
import type { Fault } from './fault.ts';
import { missingRows } from './missing-rows.ts';

/** Every harm there is. */
export const faults: readonly Fault[] = [...missingRows, ...changedColumns, ...changedValues, ...busySource];
