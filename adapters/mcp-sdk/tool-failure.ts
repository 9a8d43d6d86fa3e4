/** Failed calls as the SDK answers them. */
import { ToolscriptError, type ToolResult } from '../../core/index.js';

const INVALID_PARAMS = -32_602;

/** An error of the protocol: the SDK sends any error with a whole number as its code. */
export function protocolError(code: number, message: string): Error {
  return Object.assign(new Error(message), { code });
}

/** No such tool, as an error of the protocol. */
export function unknownTool(name: unknown): Error {
  return protocolError(INVALID_PARAMS, `unknown tool: ${String(name)}`);
}

/** A failure as a result that a model can read; throws what belongs to the protocol. */
export function failedCall(error: unknown, name: string): ToolResult {
  if (!(error instanceof ToolscriptError)) throw error;
  const { code, message, hint, rpc } = error;
  if (rpc !== undefined) throw protocolError(rpc.code, rpc.message);
  if (code === 'tool/unknown') throw unknownTool(name);
  const text = `${code}: ${message}${hint === undefined ? '' : `; ${hint}`}`;
  return { content: [{ type: 'text', text }], isError: true };
}
