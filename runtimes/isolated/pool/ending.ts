/** Why a process ended, and what its scripts are told. */
import { ToolscriptError } from '../../../core/index.js';

/** What came over a process. */
export type ProcessEnd =
  | { readonly by: 'memory' }
  /** It said what no child says. */
  | { readonly by: 'violation'; readonly detail: string }
  /** A script was told to end, and did not. */
  | { readonly by: 'silence' }
  | { readonly by: 'exit'; readonly detail: string }
  /** It was not needed any more. */
  | { readonly by: 'us' };

const HINT = 'what the script had called before is done: look at its calls before you send it again';

/** What a script is told whose process ended; `scripts` were in it, `memoryBytes` is its wall. */
export function lostScript(end: ProcessEnd, scripts: number, memoryBytes: number): ToolscriptError {
  const others = scripts > 1 ? `, with ${String(scripts)} scripts in it` : '';
  if (end.by === 'memory') {
    const message = `run the script: its process needed more than ${String(memoryBytes)} bytes${others}, and was ended`;
    return new ToolscriptError({
      code: 'limit/memory',
      message,
      hint: `keep only the fields that are needed; ${HINT}`,
    });
  }
  const message = `run the script: the process that ran it ${endText(end)}${others}`;
  return new ToolscriptError({ code: 'internal', message, hint: HINT });
}

/** How it ended, for the operator and for scripts. */
export function endText(end: ProcessEnd): string {
  switch (end.by) {
    case 'memory':
      return 'ran out of memory';
    case 'violation':
      return 'did not keep to its part, and was ended';
    case 'silence':
      return 'did not answer any more, and was ended';
    case 'exit':
      return `ended (${end.detail})`;
    case 'us':
      return 'was closed';
  }
}
