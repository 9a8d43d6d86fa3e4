/** Answers to requests that never reach the protocol. */

/** An error of JSON-RPC that belongs to no request, with an HTTP status. */
export function refusal(status: number, message: string, headers: Record<string, string> = {}): Response {
  const error = { code: status >= 500 ? -32_603 : -32_000, message };
  return Response.json({ jsonrpc: '2.0', error, id: null }, { status, headers });
}
