/** What clients ask of the gateway, and what its metrics must say of it afterwards. */
import type { Client } from '@modelcontextprotocol/client';

/** What was asked, counted by whoever asked. */
export interface Sent {
  /** Scripts by how they ended. */
  readonly scripts: { success: number; error: number; timeout: number };
  /** Tool calls by who made them. */
  readonly calls: { script: number; direct: number };
  /** Calls of any tool by clients, scripts among them. */
  requests: number;
}

const SUCCEEDS = 'return [echo(message = str(i)) for i in range(3)]';
const FAILS = 'echo(message = "before")\nfail("as asked")';
const HANGS = 'return trigger_long_running_operation(duration = 20, steps = 1)';

/** Scripts that succeed, fail and time out, and calls without any script. */
export async function makeLoad(client: Client): Promise<Sent> {
  const sent: Sent = {
    scripts: { success: 0, error: 0, timeout: 0 },
    calls: { script: 0, direct: 0 },
    requests: 0,
  };
  const run = async (script: string, status: keyof Sent['scripts'], calls: number): Promise<void> => {
    const answer = await client.callTool({ name: 'execute_tool_script', arguments: { script } });
    expectEnd(answer.isError === true, status !== 'success', script);
    sent.scripts[status] += 1;
    sent.calls.script += calls;
    sent.requests += 1;
  };
  const call = async (name: string, args: Record<string, unknown>, fails: boolean): Promise<void> => {
    const answer = await client.callTool({ name, arguments: args });
    expectEnd(answer.isError === true, fails, name);
    sent.calls.direct += 1;
    sent.requests += 1;
  };
  const hanging = run(HANGS, 'timeout', 1);
  for (let turn = 0; turn < 12; turn += 1) await run(SUCCEEDS, 'success', 3);
  for (let turn = 0; turn < 4; turn += 1) await run(FAILS, 'error', 1);
  for (let turn = 0; turn < 10; turn += 1) await call('echo', { message: String(turn) }, false);
  for (let turn = 0; turn < 2; turn += 1) await call('delete_entities', { entityNames: 'none' }, true);
  await hanging;
  return sent;
}

function expectEnd(isError: boolean, fails: boolean, what: string): void {
  if (isError !== fails) throw new Error(`${what}: ${isError ? 'failed' : 'succeeded'}, unlike planned`);
}
