/** The ledger of a run by tool: how often each was called, and what became of it. */
import type { CallBar } from '../../api.js';

/** What became of the calls of one tool. */
export interface ToolTally {
  readonly tool: string;
  readonly backend?: string;
  readonly calls: number;
  readonly failed: number;
  readonly unknown: number;
  readonly unsent: number;
  readonly ranMs: number;
  readonly resultBytes: number;
}

/** The tools of these calls, the one that ran longest first. */
export function callTally(calls: readonly CallBar[]): ToolTally[] {
  const byTool = new Map<string, ToolTally>();
  for (const call of calls) {
    const key = `${call.backend ?? ''}\n${call.tool}`;
    byTool.set(key, withCall(byTool.get(key), call));
  }
  return [...byTool.values()].sort((a, b) => b.ranMs - a.ranMs);
}

function withCall(tally: ToolTally | undefined, call: CallBar): ToolTally {
  const count = (state: CallBar['state']): number => (call.state === state ? 1 : 0);
  return {
    tool: call.tool,
    ...(call.backend !== undefined && { backend: call.backend }),
    calls: (tally?.calls ?? 0) + 1,
    failed: (tally?.failed ?? 0) + count('failed'),
    unknown: (tally?.unknown ?? 0) + count('unknown'),
    unsent: (tally?.unsent ?? 0) + count('unsent'),
    ranMs: (tally?.ranMs ?? 0) + call.ranMs,
    resultBytes: (tally?.resultBytes ?? 0) + call.resultBytes,
  };
}
