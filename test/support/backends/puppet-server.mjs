/**
 * An MCP server over stdio whose every answer the test writes, byte for byte.
 * `node puppet-server.mjs 2025-11-25|2026-07-28 '{"lives":"file","plan":[…]}'`.
 *
 * The tool `say` writes its `lines` to standard output as they are, `$ID` being the id of the request and
 * `$TOKEN` its progress token; `exit` ends the process afterwards. `hang` never answers; `seen` answers
 * what the process was asked and told so far. `plan` says what each life of the process does, the last one
 * for all that follow; `lives` is the file in which lives are counted.
 */
import { appendFileSync, closeSync, readFileSync } from 'node:fs';
import { setInterval, setTimeout } from 'node:timers';
import { createInterface } from 'node:readline';

const [era, text = '{}'] = process.argv.slice(2);
const { lives, plan = [{}] } = JSON.parse(text);
const life = lives === undefined ? 0 : countLife();
const { tools = ['say', 'echo', 'seen', 'hang'], fault, callsLeft } = plan[Math.min(life, plan.length - 1)];

const seen = [];
let calls = 0;

function countLife() {
  appendFileSync(lives, '.');
  return readFileSync(lives, 'utf8').length - 1;
}

const write = (line) => {
  if (fault !== 'closes stdout') process.stdout.write(`${line}\n`);
};
const answer = (id, result) =>
  write(JSON.stringify({ jsonrpc: '2.0', id, result: { ...result, ...(era === '2026-07-28' && MODERN) } }));
const MODERN = { resultType: 'complete', ttlMs: 0, cacheScope: 'private' };

const FAULTS = {
  'dies at start': () => process.exit(4),
  'floods stdout': () => process.stdout.write('x'.repeat(80 * 1024 * 1024)),
  'floods stderr': () => setInterval(() => process.stderr.write('y'.repeat(64 * 1024)), 1),
  'closes stdout': () => closeSync(1),
  'stops reading': () => setInterval(() => undefined, 1_000),
};
FAULTS[fault]?.();

const TOOLS = {
  say: (id, { arguments: { lines, exit }, _meta }) => {
    for (const line of lines) {
      write(
        line.replaceAll('$ID', JSON.stringify(id)).replaceAll('$TOKEN', JSON.stringify(_meta?.progressToken)),
      );
    }
    if (exit !== undefined) setTimeout(() => process.exit(exit), 20);
  },
  echo: (id, params) => answer(id, { content: [{ type: 'text', text: JSON.stringify(params.arguments) }] }),
  seen: (id) => answer(id, { content: [{ type: 'text', text: JSON.stringify(seen) }] }),
  hang: () => undefined,
};

const METHODS = {
  'server/discover': (id) => {
    if (era !== '2026-07-28') return refuse(id);
    return answer(id, { supportedVersions: [era], capabilities: { tools: { listChanged: true } } });
  },
  initialize: (id, { protocolVersion }) => {
    if (fault === 'dies in initialize') return process.exit(5);
    if (fault === 'hangs in initialize') return undefined;
    const serverInfo = { name: 'puppet', version: '1.0.0' };
    return answer(id, { protocolVersion, capabilities: { tools: { listChanged: true } }, serverInfo });
  },
  'tools/list': (id, { cursor }) => {
    if (fault === 'dies in tools/list') return process.exit(6);
    if (fault === 'hangs in tools/list') return undefined;
    const listed = tools.map((name) => ({ name, inputSchema: { type: 'object' } }));
    if (fault === 'hangs on the second page') {
      return cursor === undefined ? answer(id, { tools: listed, nextCursor: 'more' }) : undefined;
    }
    return answer(id, { tools: listed });
  },
  'tools/call': (id, params) => {
    calls += 1;
    if (calls > callsLeft) return process.exit(7);
    return (TOOLS[params.name] ?? TOOLS.echo)(id, params);
  },
};

const refuse = (id) =>
  write(JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32601, message: 'Method not found' } }));

const take = (line) => {
  const { id, method, params = {}, ...rest } = JSON.parse(line);
  seen.push(
    method === undefined ? { id, ...rest } : method === 'tools/call' ? `call ${params.name}` : method,
  );
  if (id !== undefined && method !== undefined) (METHODS[method] ?? refuse)(id, params);
};

if (fault !== 'stops reading') createInterface({ input: process.stdin }).on('line', take);
