import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { CHECKS } from './contract-checks.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = 'test/conformance/contracts';

/** Where plugs live, and which contract they are behind. */
const ROOMS: Readonly<Record<string, string>> = {
  runtimes: 'ScriptRuntime',
  'plugins/dispatchers': 'ToolDispatcher',
  'plugins/limits': 'LimitPolicy',
  'plugins/indexes': 'ToolIndex',
  'plugins/telemetry': 'TelemetrySink',
};

/** Doors of these rooms that lead to no plug. */
const NO_PLUGS: ReadonlySet<string> = new Set([
  'runtimes/isolated/child',
  'runtimes/starlark',
  'plugins/telemetry/otel-export',
]);

/** Which checks run on which plug: told by the tests themselves, without running them. */
async function judged(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith('.test.ts'));
  const mocha = join(root, 'node_modules/mocha/bin/mocha.js');
  const args = [mocha, '--dry-run', '--reporter', 'json', ...files.map((file) => join(folder, file))];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, maxBuffer: 1 << 26 });
  const { tests } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
    tests: { fullTitle: string; title: string }[];
  };
  const plugs = new Map<string, Set<string>>();
  for (const { fullTitle, title } of tests) {
    const place = /^contract of (\w+)(, in processes of its own)? (.+)$/.exec(
      fullTitle.slice(0, -title.length).trim(),
    );
    const [, contract = '', apart, plug] = place ?? [];
    if (CHECKS[contract]?.includes(title) !== true) continue;
    const key = `\`${contract}\` | ${apart === undefined ? '' : 'isolated, with '}${plug!}`;
    plugs.set(key, (plugs.get(key) ?? new Set()).add(title));
  }
  return plugs;
}

/** The plugs of the package, as the table has them. */
function ownPlugs(): string[] {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: object };
  return Object.keys(exports).flatMap((door) => {
    const path = door.slice('./'.length);
    const room = Object.keys(ROOMS).find((known) => path.startsWith(`${known}/`));
    if (room === undefined || NO_PLUGS.has(path)) return [];
    return [`\`${ROOMS[room]!}\` | ${path.slice(room.length + 1).replace(/\/plug$/, '')}`];
  });
}

describe('the plugs and the suites of their contracts', function () {
  this.timeout(120_000);
  let plugs: ReadonlyMap<string, ReadonlySet<string>>;

  before(async () => {
    plugs = await judged();
  });

  it('are together: no plug of the package goes without', () => {
    const names = [...plugs.keys()];
    expect(ownPlugs()).to.have.length.greaterThan(14);
    expect(ownPlugs().filter((plug) => !names.some((name) => name.startsWith(plug)))).to.deep.equal([]);
  });

  it('are told in a table', () => {
    const page = readFileSync(join(root, 'docs/reference/contract-suites.md'), 'utf8');
    const rows = Object.keys(CHECKS).flatMap((contract) =>
      [...plugs].flatMap(([plug, checks]) => {
        if (!plug.startsWith(`\`${contract}\``)) return [];
        const all = CHECKS[contract]!.length;
        const left = CHECKS[contract]!.filter((name) => !checks.has(name));
        return [`| ${plug} | ${left.length === 0 ? `all ${String(all)}` : `all but: ${left.join(', ')}`} |`];
      }),
    );
    const table = page.split('| contract | plug | checks |\n| --- | --- | --- |\n')[1]?.split('\n\n')[0];
    expect(table?.split('\n')).to.deep.equal(rows);
  });
});
