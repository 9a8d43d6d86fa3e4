/** What was decided of a use, read from whatever a policy answered, and the errors that come of it. */
import { ToolscriptError } from './error.js';
import { redactSecrets } from './redaction.js';

/** What was decided; the reason is for sinks. */
export interface Verdict {
  readonly allow: boolean;
  readonly reason?: string;
  readonly code?: 'limit/refused';
  /** Milliseconds, whole, up to a day. */
  readonly retryAfterMs?: number;
}

export const ALLOWED = { allow: true } as const satisfies Verdict;
export const POLICY_FAILED: Verdict = { allow: false, reason: 'the policy failed' };

const MAX_REASON = 500;
const MAX_RETRY_MS = 86_400_000;

/** Reads an answer; throws when it cannot even be looked at. */
export function verdictOf(answer: unknown): Verdict {
  const { allow, reason, code, retryAfterMs } = answer as Readonly<Record<string, unknown>>;
  if (allow === true) return ALLOWED;
  return {
    allow: false,
    ...(typeof reason === 'string' && { reason: redactSecrets(reason, MAX_REASON) }),
    ...(code === 'limit/refused' && { code }),
    ...(isMs(retryAfterMs) && { retryAfterMs: Math.min(Math.ceil(retryAfterMs), MAX_RETRY_MS) }),
  };
}

function isMs(value: unknown): value is number {
  return typeof value === 'number' && value >= 0;
}

/** What the caller reads of a denial: nothing of why, and nothing of anything else. Without a tool it is of context. */
export function deniedError(act: string, { code, retryAfterMs }: Verdict, tool?: string): ToolscriptError {
  const isForNow = code === 'limit/refused';
  return new ToolscriptError({
    code: code ?? (tool === undefined ? 'context/denied' : 'tool/denied'),
    message: `${act}: refused by the policy${isForNow ? ' for now' : ''}`,
    ...(retryAfterMs !== undefined && { hint: `try again after ${retryAfterMs} ms`, retryAfterMs }),
    ...(tool !== undefined && { tool }),
  });
}
