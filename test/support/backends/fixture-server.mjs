/**
 * An MCP server (2025-11-25, stdio) that misbehaves on request, written by hand so that it can send what
 * no SDK would. `node fixture-server.mjs '{"tools":[…],"faults":["…"]}'`: the tools are listed as they are
 * given; what a tool does is decided by its name (see `behaviours`).
 */
import { spawn } from 'node:child_process';
import { setInterval, setTimeout } from 'node:timers';
import { createInterface } from 'node:readline';

const { tools = [], faults = [] } = JSON.parse(process.argv[2] ?? '{}');
const has = (fault) => faults.includes(fault);
const cancelled = [];

const write = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
const answer = (id, result) => write({ jsonrpc: '2.0', id, result });
const refuse = (id, code, message) => write({ jsonrpc: '2.0', id, error: { code, message } });
const text = (value) => ({
  content: [{ type: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) }],
});
const later = (ms, act) => setTimeout(act, ms);

if (has('exits at once')) {
  process.stderr.write('MISSING_TOKEN is not set\n');
  process.exit(3);
}
if (has('ignores the end of its input')) setInterval(() => undefined, 1_000);
if (has('ignores SIGTERM')) process.on('SIGTERM', () => undefined);
if (has('prints garbage')) process.stdout.write('Welcome to the server!\n{"half": \n[1, 2]\n"text"\n{}\n');
if (has('floods stderr')) process.stderr.write('x'.repeat(8 * 1024 * 1024));

const behaviours = {
  echo: (id, params) =>
    answer(id, {
      ...text({ arguments: params.arguments ?? null, _meta: params._meta ?? null }),
      structuredContent: params.arguments,
    }),
  crash: () => process.exit(1),
  hang: () => undefined,
  slow: (id, { arguments: { ms } }) => later(ms, () => answer(id, text('done'))),
  fail: (id) => answer(id, { ...text('no such order'), isError: true }),
  refuse: (id) => refuse(id, -32603, 'MCP error -32603: the disk is full'),
  unlisted: (id, { name }) => refuse(id, -32602, `Unknown tool: ${name}`),
  text: (id) => answer(id, 'only a text'),
  nothing: (id) => write({ jsonrpc: '2.0', id }),
  contentless: (id) => answer(id, { anything: 1 }),
  strange: (id) =>
    answer(id, {
      content: [{ type: 'hologram', depth: 3 }],
      structuredContent: [1, 2],
      extra: { kept: true },
      _meta: { 'x/trace': 7 },
    }),
  big: (id, { arguments: { bytes } }) => answer(id, text('x'.repeat(bytes))),
  cancelled: (id) => answer(id, text(cancelled)),
  steps: (id, { _meta }) => {
    for (const progress of [1, 2, 3]) {
      write({
        jsonrpc: '2.0',
        method: 'notifications/progress',
        params: { progressToken: _meta?.progressToken, progress, total: 3, message: `step ${progress}` },
      });
    }
    answer(id, text('done'));
  },
  pid: (id) => answer(id, text(String(process.pid))),
  grow: (id) => {
    tools.push({ name: `grown_${tools.length}`, inputSchema: { type: 'object' } });
    write({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' });
    answer(id, text('grown'));
  },
  breed: (id) => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'inherit' });
    answer(id, text(String(child.pid)));
  },
};

function list(id, { cursor }) {
  const page = Number(cursor ?? 0);
  if (has('repeats a page'))
    return answer(id, { tools: [{ name: 'first', inputSchema: { type: 'object' } }], nextCursor: 'again' });
  if (has('lists for ever')) {
    return answer(id, {
      tools: [{ name: `tool_${page}`, inputSchema: { type: 'object' } }],
      nextCursor: String(page + 1),
    });
  }
  if (has('lists in pages')) {
    return answer(id, {
      tools: [tools[page]],
      ...(page + 1 < tools.length && { nextCursor: String(page + 1) }),
    });
  }
  if (has('lists no list')) return answer(id, { tools: 'many' });
  return answer(id, { tools });
}

function take({ id, method, params = {} }) {
  if (method === 'notifications/cancelled') cancelled.push(params.requestId);
  if (id === undefined) return undefined;
  if (method === 'initialize') {
    if (has('hangs on initialise')) return undefined;
    const { protocolVersion } = params;
    return answer(id, {
      protocolVersion,
      capabilities: { tools: { listChanged: true } },
      serverInfo: { name: 'fixture', version: '1.0.0' },
    });
  }
  if (method === 'server/discover' && has('exits when asked first')) return process.exit(2);
  if (method === 'tools/list') return list(id, params);
  if (method === 'tools/call') return (behaviours[params.name] ?? behaviours.echo)(id, params);
  return refuse(id, -32601, 'Method not found');
}

createInterface({ input: process.stdin }).on('line', (line) => take(JSON.parse(line)));
