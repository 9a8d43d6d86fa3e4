/** One call of a tool of one server. */
import { SdkError, SdkErrorCode } from '@modelcontextprotocol/client';

import type { ToolCall, ToolResult } from '../../../../core/index.js';
import { wireArguments } from './call-arguments.js';
import type { ServerRequest } from '../connection/connection.js';
import { parameterHeaders, type HeaderParameter } from '../listing/header-parameters.js';
import { needsInput, type Answer } from '../clients/input-rounds.js';
import { isRecord } from '../message/loose-json.js';

/** Calls a tool by the name that the server gave it. Rejects as `pass` does. */
export async function callTool(
  pass: (request: ServerRequest) => Promise<Answer>,
  name: string,
  call: ToolCall,
  repeated: readonly HeaderParameter[] = [],
): Promise<ToolResult> {
  const { tool, args, ...rest } = call;
  const wired = wireArguments(args, tool);
  const params = { name, arguments: wired };
  const headers = repeated.length > 0 && { headers: parameterHeaders(repeated, wired) };
  const answer = await pass({ ...rest, method: 'tools/call', params, ...headers });
  if (needsInput(answer)) return { content: [], ...answer };
  if (isResult(answer)) return answer;
  throw new SdkError(SdkErrorCode.InvalidResult, 'not a tool result');
}

/** Looks only at what everybody relies on; the rest stays as it came. */
function isResult(result: Answer): result is ToolResult {
  const { content, isError } = result;
  const blocks =
    Array.isArray(content) && content.every((block) => isRecord(block) && typeof block['type'] === 'string');
  return blocks && (isError === undefined || typeof isError === 'boolean');
}
