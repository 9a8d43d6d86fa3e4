/** Where the tool calls of one script stand: a place is worked out once, however often it calls. */
import type { Position } from '../../../core/index.js';
import { lineStarts, positionIn } from '../syntax/index.js';

/** The places of one script. */
export class CallSites {
  private readonly known = new Map<number, Position>();
  private starts: readonly number[] | undefined;

  constructor(private readonly source: string) {}

  /** The place of an offset; the same object each time. */
  at(offset: number): Position {
    const known = this.known.get(offset);
    if (known !== undefined) return known;
    this.starts ??= lineStarts(this.source);
    const position = Object.freeze(positionIn(this.source, this.starts, offset));
    this.known.set(offset, position);
    return position;
  }
}
