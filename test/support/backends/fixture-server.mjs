/**
 * An MCP server (2025-11-25, stdio) that misbehaves on request, written by hand so that it can send what
 * no SDK would. `node fixture-server.mjs '{"tools":[…],"faults":["…"]}'`: the tools are listed as they are
 * given; what a tool does is decided by its name (see `behaviours`).
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setInterval, setTimeout } from 'node:timers';
import { createInterface } from 'node:readline';

const { tools = [], faults = [], capabilities = {}, lists = {} } = JSON.parse(process.argv[2] ?? '{}');
const has = (fault) => faults.includes(fault);
const cancelled = [];

const write = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
const answer = (id, result) => write({ jsonrpc: '2.0', id, result });
const refuse = (id, code, message) => write({ jsonrpc: '2.0', id, error: { code, message } });
const text = (value) => ({
  content: [{ type: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) }],
});
const later = (ms, act) => setTimeout(act, ms);
const notify = (method, params) => write({ jsonrpc: '2.0', method, params });

/** What was asked for, by method. */
const asked = [];
/** Requests of our own, and what to do with their answers. */
const questions = new Map();
const ask = (method, params, then) => {
  const id = `question ${questions.size + 1}`;
  questions.set(id, then);
  write({ jsonrpc: '2.0', id, method, params });
  return id;
};

if (has('exits at once')) {
  process.stderr.write('MISSING_TOKEN is not set\n');
  process.exit(3);
}
if (has('ignores the end of its input')) setInterval(() => undefined, 1_000);
if (has('ignores SIGTERM')) process.on('SIGTERM', () => undefined);
if (has('prints garbage')) process.stdout.write('Welcome to the server!\n{"half": \n[1, 2]\n"text"\n{}\n');
if (has('floods stderr')) process.stderr.write('x'.repeat(8 * 1024 * 1024));

const behaviours = {
  asked: (id) => answer(id, text(asked)),
  ask: (id, { arguments: { method, params } }) =>
    void ask(method, params, (reply) => answer(id, text(reply))),
  /** Asks when it is told that nobody waits any more. */
  ask_late: () => undefined,
  give_up: (id, { arguments: { method, params } }) => {
    const question = ask(method, params, (reply) => answer(id, text(reply)));
    notify('notifications/cancelled', { requestId: question });
    answer(id, text('gave up'));
  },
  log: (id, { arguments: { of } }) => {
    for (const level of ['debug', 'warning', 'nonsense'])
      notify('notifications/message', { level, logger: 'fixture', data: `${of} ${level}` });
    answer(id, text('logged'));
  },
  visit: (id, { arguments: { elicitationId } }) => {
    const elicitations = [{ mode: 'url', url: 'https://a.example/', message: 'Go', elicitationId }];
    write({
      jsonrpc: '2.0',
      id,
      error: { code: -32042, message: 'go there', data: { elicitations, more: 1 } },
    });
  },
  visited: (id, { arguments: { elicitationId } }) => {
    notify('notifications/elicitation/complete', { elicitationId });
    answer(id, text('told'));
  },
  touch: (id, { arguments: { uri } }) => {
    notify('notifications/resources/updated', { uri });
    answer(id, text('touched'));
  },
  echo: (id, params) =>
    answer(id, {
      ...text({ arguments: params.arguments ?? null, _meta: params._meta ?? null }),
      structuredContent: params.arguments,
    }),
  meta: (id, { _meta }) => answer(id, text(_meta ?? null)),
  crash: () => process.exit(1),
  hang: () => undefined,
  /** Tells of its progress for ever, and never answers. */
  tick: (id, { _meta }, step = 1) => {
    notify('notifications/progress', { progressToken: _meta?.progressToken, progress: step });
    later(5, () => behaviours.tick(id, { _meta }, step + 1));
  },
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
  wait: (id, { arguments: { path } }) =>
    existsSync(path)
      ? answer(id, text('found'))
      : later(10, () => behaviours.wait(id, { arguments: { path } })),
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

const FIELDS = {
  'resources/list': 'resources',
  'resources/templates/list': 'resourceTemplates',
  'prompts/list': 'prompts',
};

/** Lists that are configured, and what is read from them. */
function context(id, method, params) {
  const field = FIELDS[method];
  if (field !== undefined && lists[field] !== undefined) return answer(id, { [field]: lists[field] });
  if (method === 'resources/read' && lists.resources !== undefined) {
    if (params.uri === 'test://gone') return refuse(id, -32002, 'Resource not found');
    return answer(id, { contents: [{ uri: params.uri, text: `read ${params.uri}` }] });
  }
  if (method === 'prompts/get' && lists.prompts !== undefined)
    return answer(id, { messages: [], got: params });
  if (/^(resources\/(un)?subscribe|logging\/setLevel)$/.test(method)) return answer(id, {});
  return refuse(id, -32601, 'Method not found');
}

function take({ id, method, params = {}, result, error }) {
  if (method === undefined) return questions.get(id)?.(error === undefined ? { result } : { error });
  if (!/^(tools|notifications)/.test(method)) asked.push({ method, ...params });
  if (method === 'notifications/cancelled') {
    cancelled.push(params.requestId);
    if (has('asks when left')) ask('elicitation/create', { message: 'Too late?' }, () => undefined);
  }
  if (id === undefined) return undefined;
  if (method === 'initialize') {
    if (has('hangs on initialise')) return undefined;
    const { protocolVersion } = params;
    return answer(id, {
      protocolVersion,
      capabilities: { tools: { listChanged: true }, ...capabilities },
      serverInfo: { name: 'fixture', version: '1.0.0' },
    });
  }
  if (method === 'server/discover' && has('exits when asked first')) return process.exit(2);
  if (method === 'tools/list') return list(id, params);
  if (method === 'tools/call') return (behaviours[params.name] ?? behaviours.echo)(id, params);
  return context(id, method, params);
}

createInterface({ input: process.stdin }).on('line', (line) => take(JSON.parse(line)));
