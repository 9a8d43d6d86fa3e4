/** How far something is that takes its time. */

/** A step of a call's progress, as a backend reports it. */
export interface Progress {
  readonly progress: number;
  readonly total?: number;
  readonly message?: string;
}
