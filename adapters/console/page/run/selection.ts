/** Which call of a run is looked at: by its bar or by its line. */

/** What is looked at. */
export interface Selection {
  /** Indices into the calls: those of a line, or one. */
  readonly calls: ReadonlySet<number>;
  readonly line?: number;
  /** The call to bring into sight. */
  readonly reveal?: number;
}

/** Nothing is looked at. */
export const NOTHING: Selection = { calls: new Set() };

/** One call is looked at, and the line on which it stands. */
export function ofCall(index: number, line: number | undefined): Selection {
  return { calls: new Set([index]), ...(line !== undefined && { line }) };
}

/** A line is looked at, and all its calls. */
export function ofLine(line: number, calls: readonly number[]): Selection {
  return { calls: new Set(calls), line, ...(calls[0] !== undefined && { reveal: calls[0] }) };
}
