/**
 * What every policy keeps, as checks that any runner of tests can run:
 *
 *     for (const { name, run } of policyChecks({ make })) it(name, run)
 *
 * What a policy does not have, it leaves open.
 */
import { ANONYMOUS } from '../caller.js';
import type { Caller } from '../caller.js';
import { systemClock } from '../clock.js';
import type { Clock } from '../clock.js';
import { isJsonArray, isJsonObject } from '../json.js';
import type { JsonObject } from '../json.js';
import { limitFaults } from '../limit-check.js';
import type { LimitPolicy, Release } from '../limit-policy.js';
import type { ToolDefinition } from '../tool-dispatcher.js';
import { codeOf, must, thrownText, within } from './contract-check.js';
import type { ContractCheck } from './contract-check.js';
import { HOSTILE_TEXTS, shown } from './hostile-json.js';

/** How the policy is had. */
export interface PolicyChecksOptions {
  /** Makes a new one, for each check; it is closed afterwards. */
  readonly make: () => LimitPolicy | Promise<LimitPolicy>;
  /** Callers that it knows, beside strangers. */
  readonly callers?: readonly Caller[];
  /** Milliseconds to wait for an answer. Default: 5,000. */
  readonly patienceMs?: number;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

interface Bench {
  readonly policy: LimitPolicy;
  readonly callers: readonly Caller[];
  readonly answered: <T>(act: string, answer: () => T | Promise<T>) => Promise<T>;
}

const PATIENCE_MS = 5_000;
const MODES = ['script', 'direct'] as const;

const PROMISES: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  async 'gives limits within their ranges'({ policy, callers, answered }) {
    for (const caller of callers)
      for (const use of [...MODES, 'describe'] as const) {
        const limits: unknown = await unlessRefused(() =>
          answered('limitsFor', () => policy.limitsFor?.(caller, use) ?? {}),
        );
        const faults = limits === undefined ? [] : limitFaults(limits);
        must(faults.length === 0, `limitsFor: ${faults.join('; ')}`);
      }
  },
  async 'chooses of the languages that there are'({ policy, callers, answered }) {
    const languages = ['starlark', 'javascript'];
    for (const caller of callers) {
      const chosen: unknown = await answered(
        'languagesFor',
        () => policy.languagesFor?.(caller, languages) ?? [],
      );
      const isOne = (language: unknown): boolean => languages.includes(String(language));
      must(
        isJsonArray(chosen) && chosen.every(isOne),
        `languagesFor: got ${shown(chosen)}, want some of those given`,
      );
    }
  },
  async 'decides each call'({ policy, callers, answered }) {
    for (const caller of callers)
      for (const tool of TOOLS)
        for (const mode of MODES) {
          const request = { caller, tool, args: ARGS, mode };
          mustDecide('authorize', await answered('authorize', () => policy.authorize?.(request) ?? ALLOWED));
        }
  },
  async 'decides of resources and prompts'({ policy, callers, answered }) {
    for (const caller of callers)
      for (const kind of ['resource', 'prompt'] as const)
        for (const name of ['file:///a', ...HOSTILE_TEXTS]) {
          const use = { caller, kind, name, args: ARGS };
          mustDecide(
            'authorizeContext',
            await answered('authorizeContext', () => policy.authorizeContext?.(use) ?? ALLOWED),
          );
        }
  },
  async 'says whether scripts are shown'({ policy, callers, answered }) {
    for (const caller of callers) {
      const shows: unknown = await answered('showsScripts', () => policy.showsScripts?.(caller) ?? true);
      must(typeof shows === 'boolean', `showsScripts: got ${shown(shows)}, want true or false`);
    }
  },
  async 'shows some of the tools in their order, the same array for the same one'({
    policy,
    callers,
    answered,
  }) {
    for (const caller of callers) {
      const show = (): Promise<unknown> =>
        answered('visibleTools', () => policy.visibleTools?.(caller, TOOLS) ?? TOOLS);
      const shownTools = await show();
      mustBeSome('visibleTools', shownTools, TOOLS);
      must((await show()) === shownTools, 'visibleTools: got another array, want the same one');
    }
  },
  async 'shows some of the resources and prompts in their order'({ policy, callers, answered }) {
    for (const caller of callers) {
      const show = (): Promise<unknown> =>
        answered('visibleContext', () => policy.visibleContext?.(caller, 'resources', CONTEXT) ?? CONTEXT);
      mustBeSome('visibleContext', await show(), CONTEXT);
    }
  },
  async 'gives turns that are given back, once or twice'({ policy, callers, answered }) {
    const { signal } = new AbortController();
    for (const caller of callers)
      for (const use of MODES) {
        const admission = { caller, use, tool: 'echo', signal };
        const release = await unlessRefused(() =>
          answered('admit', () => policy.admit?.(admission) ?? NO_TURN),
        );
        must(release === undefined || typeof release === 'function', 'admit: want what gives the turn back');
        release?.();
        release?.();
      }
  },
  async 'ends the wait for a turn soon after its signal'({ policy, answered }) {
    const admission = {
      caller: ANONYMOUS,
      use: 'script',
      tool: 'echo',
      signal: AbortSignal.abort(new Error('left')),
    } as const;
    const asked = async (): Promise<Release | undefined> => policy.admit?.(admission);
    const release = await answered('admit', () => asked().catch(() => undefined));
    release?.();
  },
  async 'closes, also twice'({ policy, answered }) {
    await answered('close', () => policy.close?.());
  },
};

/** The names of all checks. */
export const POLICY_CHECK_NAMES: readonly string[] = Object.keys(PROMISES);

/** The checks. */
export function policyChecks({
  make,
  callers = [],
  patienceMs = PATIENCE_MS,
  clock = systemClock,
}: PolicyChecksOptions): readonly ContractCheck[] {
  const answered: Bench['answered'] = (act, answer) => within(clock, patienceMs, act, answer);
  return Object.entries(PROMISES).map(([name, keep]) => ({
    name,
    async run() {
      const policy = await make();
      policy.learn?.(() => undefined);
      try {
        await keep({ policy, callers: [...callers, ...STRANGERS], answered });
      } finally {
        await answered('close', () => policy.close?.());
      }
    },
  }));
}

/** Too much for now is an answer too. */
async function unlessRefused<T>(answer: () => Promise<T>): Promise<T | undefined> {
  try {
    return await answer();
  } catch (thrown) {
    if (codeOf(thrown) === 'limit/refused') return undefined;
    throw new Error(`rejected (${thrownText(thrown)}), want an answer or limit/refused`, { cause: thrown });
  }
}

function mustDecide(act: string, decision: unknown): void {
  const { allow, reason, code, retryAfterMs } = isJsonObject(decision) ? decision : {};
  must(typeof allow === 'boolean', `${act}: got ${shown(decision)}, want allow`);
  if (allow) return;
  must(reason === undefined || typeof reason === 'string', `${act}: want a reason that is a text`);
  must(
    code === undefined || code === 'limit/refused',
    `${act}: got the code ${shown(code)}, want limit/refused or none`,
  );
  must(retryAfterMs === undefined || Number(retryAfterMs) >= 0, `${act}: want retryAfterMs from 0`);
}

function mustBeSome(act: string, some: unknown, all: readonly unknown[]): void {
  must(isJsonArray(some), `${act}: got ${shown(some)}, want a list`);
  const places = some.map((item) => all.indexOf(item));
  must(!places.includes(-1), `${act}: got what was not given`);
  must(
    places.every((place, at) => at === 0 || place > places[at - 1]!),
    `${act}: got another order`,
  );
}

const ALLOWED = { allow: true };
const NO_TURN = (): void => undefined;
const ARGS = JSON.parse('{"text":"hello","__proto__":{"id":"admin"}}') as JsonObject;

const STRANGERS: readonly Caller[] = [
  ANONYMOUS,
  ...HOSTILE_TEXTS.map((text) => ({
    id: text,
    session: text,
    claims: { roles: [text], sub: text, [text]: text },
  })),
  {
    id: 'odd',
    claims: JSON.parse(
      '{"__proto__":{"roles":["admin"]},"roles":{"length":1},"scope":7,"groups":null}',
    ) as JsonObject,
  },
];

const TOOLS: readonly ToolDefinition[] = [
  'echo',
  'execute_tool_script',
  'delete_all',
  'constructor',
  ...HOSTILE_TEXTS.map((text) => `${text}.`),
].map((name) => ({ name, inputSchema: { type: 'object' } }));

const CONTEXT: readonly JsonObject[] = TOOLS.map(({ name }) => ({ uri: `file:///${name}`, name }));
