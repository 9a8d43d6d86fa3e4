/** Failed calls as the SDK answers them. */
import { codedResult, ToolscriptError, type ErrorCode, type ToolResult } from '../../core/index.js';

const INVALID_PARAMS = -32_602;

/** An error of the protocol: the SDK sends any error with a whole number as its code. */
export class ProtocolFault extends Error {
  readonly code: number;
  /** What it is to the sinks. */
  readonly meaning: ErrorCode;

  constructor(code: number, message: string, meaning: ErrorCode) {
    super(message);
    this.code = code;
    this.meaning = meaning;
  }
}

/** No such tool, as an error of the protocol. */
export function unknownTool(name: unknown): Error {
  return new ProtocolFault(INVALID_PARAMS, `unknown tool: ${String(name)}`, 'tool/unknown');
}

/** A failure as a result that a model can read; throws what belongs to the protocol. */
export function failedCall(error: unknown, name: string): ToolResult {
  if (!(error instanceof ToolscriptError)) throw error;
  const { code, message, hint, rpc } = error;
  if (rpc !== undefined) throw new ProtocolFault(rpc.code, rpc.message, code);
  if (code === 'tool/unknown') throw unknownTool(name);
  const text = `${code}: ${message}${hint === undefined ? '' : `; ${hint}`}`;
  return codedResult({ content: [{ type: 'text', text }], isError: true }, code);
}
