/** How scripts end, in few words: what metrics tell apart. */
import type { EndCode } from '../../../core/index.js';

/** Every way. */
export const RUN_STATUSES = [
  'success',
  'error',
  'timeout',
  'step_limit',
  'limit',
  'refused',
  'cancelled',
] as const;

/** One of them. */
export type RunStatus = (typeof RUN_STATUSES)[number];

/** Of a script that began. */
export function statusOfFinished(code: EndCode): RunStatus {
  return ENDS[code] ?? (code.startsWith('limit/') ? 'limit' : 'error');
}

/** Of a script that did not begin: refused, unless its time was up, its caller gone, or something broke. */
export function statusOfRefused(code: EndCode): RunStatus {
  return UNBEGUN[code] ?? 'refused';
}

/** The status of a script as ToolHive knows it. */
export function toolhiveStatus(status: RunStatus): 'success' | 'error' | 'timeout' | 'step_limit' {
  return status === 'success' || status === 'timeout' || status === 'step_limit' ? status : 'error';
}

type Statuses = Readonly<Partial<Record<EndCode, RunStatus>>>;

const ENDS: Statuses = {
  ok: 'success',
  'limit/wall-time': 'timeout',
  'limit/steps': 'step_limit',
  'limit/refused': 'refused',
  cancelled: 'cancelled',
};

const UNBEGUN: Statuses = {
  'limit/wall-time': 'timeout',
  cancelled: 'cancelled',
  'backend/unavailable': 'error',
  internal: 'error',
};
