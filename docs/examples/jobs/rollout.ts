/** Forty changes, of which some fail and one is sent without an answer; then the rest, and nothing twice. */
import { createCodeMode } from 'toolscript';
import { createMcpDispatcher } from 'toolscript/plugins/dispatchers/mcp';
import { judge } from './judge.js';
import { scriptOr } from './script.js';
import { createDeployments } from './servers/deployments.js';
import { serveAll } from './servers/served.js';

const locked = new Set(['login-web', 'search-web']);
const lost = ['checkout-cache'];
const { server, services } = createDeployments({ latencyMs: 30, locked, lost });
const before = new Map(services.map(({ name, version }) => [name, version]));
const served = await serveAll({ deployments: server });
const codeMode = await createCodeMode({
  dispatcher: createMcpDispatcher(served),
  limits: { toolCallTimeoutMs: 3000 },
});
const script = scriptOr('rollout.star');
const run = () => codeMode.run({ script, data: { version: '1.8.0' } });

const first = await run();
console.log('first:', first.ok ? first.value : first.error);
// The outcome has a ledger of its own, which is there even when a script fails half-way.
const statuses = first.calls.filter(({ tool }) => tool === 'set_version').map(({ status }) => status);
const count = (wanted: string): number => statuses.filter((status) => status === wanted).length;
judge('the ledger counts 27, 2 and 1', [count('succeeded'), count('failed'), count('unknown')], [27, 2, 1]);

locked.clear();
const second = await run();
console.log('second:', second.ok ? second.value : second.error);
await codeMode.close();
await served.close();

judge('every service has the version', [...new Set(services.map(({ version }) => version))], ['1.8.0']);
judge(
  'each was changed once, and those that had it never',
  services.map(({ changes }) => changes),
  services.map(({ name }) => (before.get(name) === '1.8.0' ? 0 : 1)),
);
judge('the second run knew what the first had done', second.ok && second.value, {
  already: 38,
  applied: 2,
  failed: {},
  unknown: [],
});

//> first: {
//>   already: 10,
//>   applied: 27,
//>   failed: {
//>     'login-web': 'login-web is locked by the release train',
//>     'search-web': 'search-web is locked by the release train'
//>   },
//>   unknown: [ 'checkout-cache' ]
//> }
//> right: the ledger counts 27, 2 and 1
//> second: { already: 38, applied: 2, failed: {}, unknown: [] }
//> right: every service has the version
//> right: each was changed once, and those that had it never
//> right: the second run knew what the first had done
