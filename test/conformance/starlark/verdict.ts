/** What is found when a chunk is judged. */

/** Something that went otherwise than the chunk says. */
export interface Fault {
  /** From 1, in the file. */
  readonly line: number;
  readonly text: string;
}

/** How one chunk did. */
export interface Verdict {
  readonly faults: readonly Fault[];
  /** Errors that must be raised, those within assertions (`assert.fails`) too. */
  readonly expected: number;
  /** Those that were raised where they must be. */
  readonly met: number;
  /** Those of them whose message is worded as an implementation words it. */
  readonly worded: number;
}

/** Gathers a verdict. */
export class Findings implements Verdict {
  readonly faults: Fault[] = [];
  expected = 0;
  met = 0;
  worded = 0;

  fault(line: number, text: string): void {
    this.faults.push({ line, text });
  }

  /** An expected error that came. */
  error(message: string, wordings: readonly string[]): void {
    this.expected++;
    this.met++;
    if (wordings.some((wording) => matches(wording, message))) this.worded++;
  }

  /** An expected error that did not come. */
  missed(line: number, wordings: readonly string[]): void {
    this.expected++;
    this.fault(line, `no error like ${wordings.join(' or ')}`);
  }
}

function matches(wording: string, message: string): boolean {
  if (message.toLowerCase().includes(wording.toLowerCase())) return true;
  try {
    return new RegExp(wording, 'i').test(message);
  } catch {
    return false;
  }
}
