/** The error of a tool that is not there, or that the caller may not know of. */
import { ToolscriptError } from './error.js';
import { cutText } from './short-text.js';

const MAX_NAME = 200;

/** `nearest` is a name that is close, of a tool that the caller may know of. */
export function unknownTool(name: string, nearest?: string): ToolscriptError {
  const ask = nearest === undefined ? '' : `, did you mean "${nearest}"?`;
  const message = `call a tool: no tool named "${cutText(name, MAX_NAME)}"${ask}`;
  return new ToolscriptError({ code: 'tool/unknown', message });
}
