/** Answers to requests that never reach the protocol. */

/** An error of JSON-RPC that belongs to no request, with an HTTP status. */
export function refusal(status: number, message: string, headers: Record<string, string> = {}): Response {
  const error = { code: status >= 500 ? -32_603 : -32_000, message };
  return Response.json({ jsonrpc: '2.0', error, id: null }, { status, headers });
}

/** To who comes too late: another gateway may have room. */
export function closing(): Response {
  return refusal(503, 'This gateway is closing', { 'retry-after': '1' });
}
