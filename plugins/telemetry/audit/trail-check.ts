/** Checks a trail: that its lines are records, and that each fits the one before. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

import { digestOf, NO_LINE_BEFORE } from './line-chain.js';
import { auditRecord, type AuditRecord } from './record-schema.js';

/** Where a trail is not whole. */
export interface TrailFault {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** What is known of a trail. */
export interface TrailReport {
  readonly records: number;
  /** Time of the first and the last record. */
  readonly from?: string;
  readonly to?: string;
  /** How many records the trail says were lost, for want of a disk. */
  readonly lost: number;
  /** Whether the first record is the first of all: else what was before is not among the files. */
  readonly isFromStart: boolean;
  /** The digest of the last line: noted elsewhere, it shows later that nothing was cut off. */
  readonly lastHash: string;
  readonly faults: readonly TrailFault[];
}

/** The most that are told. */
const MAX_FAULTS = 100;

/** Reads the files one after another, the oldest first. Rejects for a file that cannot be read. */
export async function verifyTrail(files: readonly string[], key?: string): Promise<TrailReport> {
  const check = new TrailCheck(key);
  for (const file of files) {
    const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
    let number = 0;
    for await (const line of lines) check.add(line, file, (number += 1));
  }
  return check.report();
}

class TrailCheck {
  readonly #key: string | undefined;
  readonly #faults: TrailFault[] = [];
  #records = 0;
  #lost = 0;
  #first: AuditRecord | undefined;
  #last: AuditRecord | undefined;
  #lastHash: string | undefined;

  constructor(key: string | undefined) {
    this.#key = key;
  }

  add(line: string, file: string, number: number): void {
    const record = recordIn(line);
    const tell = (message: string): void => {
      if (this.#faults.length < MAX_FAULTS) this.#faults.push({ file, line: number, message });
    };
    if (record === undefined) tell('found no record');
    else this.#check(record, tell);
    this.#lastHash = digestOf(line, this.#key);
  }

  report(): TrailReport {
    return {
      records: this.#records,
      ...(this.#first !== undefined && { from: this.#first.time }),
      ...(this.#last !== undefined && { to: this.#last.time }),
      lost: this.#lost,
      isFromStart: this.#first?.prev === NO_LINE_BEFORE,
      lastHash: this.#lastHash ?? NO_LINE_BEFORE,
      faults: this.#faults,
    };
  }

  #check(record: AuditRecord, tell: (message: string) => void): void {
    const before = this.#last;
    if (this.#lastHash !== undefined && record.prev !== this.#lastHash) {
      tell(
        'found a record that does not follow from the line before: one of both was changed, put in or cut out',
      );
    } else if (before?.boot === record.boot && record.seq !== before.seq + 1) {
      tell(`found record ${String(record.seq)} of its process, wanted ${String(before.seq + 1)}`);
    }
    this.#records += 1;
    if (record.kind === 'gap') this.#lost += record.records;
    this.#first ??= record;
    this.#last = record;
  }
}

function recordIn(line: string): AuditRecord | undefined {
  try {
    return auditRecord.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
