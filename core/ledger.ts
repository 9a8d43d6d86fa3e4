/** The account of one script's tool calls: what became of each. */
import { roundedMs } from './clock.js';
import type { ErrorCode } from './error.js';
import type { CallRecord, CallTally } from './outcome.js';

const MAX_RECORDS = 1_000;

type Status = CallRecord['status'];

/** One call's line while it is written. */
export class LedgerLine {
  readonly tool: string;
  readonly startedMs: number;
  status: Status = 'unsent';
  code: ErrorCode | undefined;
  queuedMs = 0;
  ranMs = 0;

  constructor(tool: string, startedMs: number) {
    this.tool = tool;
    this.startedMs = roundedMs(startedMs);
  }

  record(): CallRecord {
    const { tool, status, code, startedMs, queuedMs, ranMs } = this;
    return { tool, status, ...(code !== undefined && { code }), startedMs, queuedMs, ranMs };
  }
}

/** Keeps the first lines whole and counts all. */
export class Ledger {
  readonly #lines: LedgerLine[] = [];
  readonly #tally = new Map<string, Record<Status, number>>();

  /** Opens a line: the call counts as unsent until it is closed. */
  open(tool: string, startedMs: number): LedgerLine {
    const line = new LedgerLine(tool, startedMs);
    if (this.#lines.length < MAX_RECORDS) this.#lines.push(line);
    this.#countsOf(tool).unsent += 1;
    return line;
  }

  /** Says how the call ended. */
  close(line: LedgerLine, status: Status, code?: ErrorCode): void {
    const counts = this.#countsOf(line.tool);
    counts[line.status] -= 1;
    counts[status] += 1;
    line.status = status;
    line.code = code;
  }

  get calls(): CallRecord[] {
    return this.#lines.map((line) => line.record());
  }

  get tally(): CallTally[] {
    return [...this.#tally].map(([tool, counts]) => ({ tool, ...counts }));
  }

  #countsOf(tool: string): Record<Status, number> {
    const counts = this.#tally.get(tool) ?? { succeeded: 0, failed: 0, unknown: 0, unsent: 0 };
    this.#tally.set(tool, counts);
    return counts;
  }
}
