/** Tells the sinks of the calls that code mode answers, from their coming to their answer. */
import {
  resultCode,
  ToolscriptError,
  traceContextOf,
  type CodeMode,
  type RequestContext,
  type RequestEnd,
  type RequestStart,
} from '../../core/index.js';
import { requestContext, type ToolExtra } from './tool-extra.js';
import { ProtocolFault } from './tool-failure.js';

/** Answers a call, whose context says which request it is. */
type Work<T> = (context: RequestContext) => Promise<T>;

/** Answers a call of `target`, and tells of it. */
export async function toldCall<T extends object>(
  codeMode: CodeMode,
  target: unknown,
  extra: ToolExtra,
  work: Work<T>,
): Promise<T> {
  const context = requestContext(extra);
  const request = codeMode.openRequest(startOf(target, extra, context));
  if (request === undefined) return work(context);
  try {
    const result = await work({ ...context, request });
    request.end({ code: extra.signal.aborted ? 'cancelled' : resultCode(result) });
    return result;
  } catch (error) {
    request.end(extra.signal.aborted ? { code: 'cancelled' } : endOf(error));
    throw error;
  }
}

/** Longer names and ids are told to nobody. */
const MAX_TOLD = 512;

function startOf(
  target: unknown,
  { requestId, requestInfo }: ToolExtra,
  context: RequestContext,
): RequestStart {
  const trace = traceContextOf(context.meta);
  const version = requestInfo?.headers['mcp-protocol-version'];
  return {
    caller: context.caller!,
    method: 'tools/call',
    ...(typeof target === 'string' && target.length <= MAX_TOLD && { target }),
    transport: requestInfo === undefined ? 'stdio' : 'http',
    ...(typeof version === 'string' && { protocolVersion: version }),
    ...(String(requestId).length <= MAX_TOLD && { rpcId: requestId }),
    ...(trace !== undefined && { trace }),
  };
}

/** Other errors with a number are the server's own words for a tool that it has not. */
function endOf(error: unknown): RequestEnd {
  if (error instanceof ToolscriptError) return { code: error.code };
  const { code: rpcCode } = error as { readonly code?: unknown };
  if (typeof rpcCode !== 'number') return { code: 'internal' };
  return { code: error instanceof ProtocolFault ? error.meaning : 'tool/unknown', rpcCode };
}
