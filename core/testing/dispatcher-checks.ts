/**
 * What every dispatcher keeps, as checks that any runner of tests can run:
 *
 *     for (const { name, run } of dispatcherChecks({ make, calls })) it(name, run)
 */
import { ANONYMOUS } from '../caller.js';
import { systemClock } from '../clock.js';
import type { Clock } from '../clock.js';
import type { ErrorCode } from '../error.js';
import { isJsonArray, isJsonObject } from '../json.js';
import type { JsonObject } from '../json.js';
import type { ToolCall, ToolDefinition, ToolDispatcher, ToolResult } from '../tool-dispatcher.js';
import { codeOf, must, thrownText, within } from './contract-check.js';
import type { ContractCheck } from './contract-check.js';
import { HOSTILE_TEXTS, shown } from './hostile-json.js';

/** A call that the tests may make. */
export interface SampleCall {
  readonly tool: string;
  readonly args?: JsonObject;
}

/** How the dispatcher is had. */
export interface DispatcherChecksOptions {
  /** Makes a new one, for each check; it is closed afterwards. */
  readonly make: () => ToolDispatcher | Promise<ToolDispatcher>;
  readonly calls: {
    /** A call that is answered. */
    readonly good: SampleCall;
    /** A call that fails, by an answer that says so or by a rejection. */
    readonly failing?: SampleCall;
    /** A call that is not answered before it is aborted. */
    readonly endless?: SampleCall;
  };
  /** Makes the tools of the last dispatcher change, where they can. */
  readonly change?: () => void | Promise<void>;
  /** Milliseconds to wait for what should be over at once. Default: 5,000. */
  readonly patienceMs?: number;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

interface Bench extends DispatcherChecksOptions {
  readonly dispatcher: ToolDispatcher;
  readonly patienceMs: number;
  readonly clock: Clock;
}

type Keep = (bench: Bench) => Promise<void>;

const PATIENCE_MS = 5_000;

const PROMISES: Readonly<Record<string, Keep>> = {
  async 'lists tools that can be called'(bench) {
    const tools = await listed(bench);
    for (const { name, inputSchema } of tools) {
      must(typeof name === 'string' && name !== '', 'listTools: got a tool without a name');
      must(isJsonObject(inputSchema), `listTools: ${name} has no input schema`);
    }
    must(new Set(tools.map(({ name }) => name)).size === tools.length, 'listTools: got a name twice');
    const { tool } = bench.calls.good;
    must(
      tools.some(({ name }) => name === tool),
      `listTools: got no ${tool}, which the tests call`,
    );
  },
  async 'lists the same array until something changed'(bench) {
    const tools = await listed(bench);
    const before = JSON.stringify(tools);
    await called(bench, bench.calls.good);
    must((await listed(bench)) === tools, 'listTools: got another array, want the same one');
    must(JSON.stringify(tools) === before, 'listTools: changed a definition that was listed');
  },
  async 'answers results'(bench) {
    mustBeResult(await called(bench, bench.calls.good));
  },
  async 'answers calls at the same time'(bench) {
    const results = await Promise.all(Array.from({ length: 20 }, () => called(bench, bench.calls.good)));
    for (const result of results) mustBeResult(result);
  },
  async 'leaves arguments and callers as they are'(bench) {
    const { tool, args = {} } = bench.calls.good;
    const frozen = { args: deepFrozen(structuredClone(args)), caller: deepFrozen({ id: 'x', claims: {} }) };
    mustBeResult(await called(bench, { tool, ...frozen }));
  },
  async 'fails for a reason'(bench) {
    const { failing } = bench.calls;
    if (failing === undefined) return;
    const end = await ended(bench, failing);
    if ('result' in end)
      must(end.result.isError === true, `callTool: ${failing.tool} was answered, want a failure`);
    else mustBeFailure(end.thrown);
  },
  async 'knows no tool that it did not list'(bench) {
    const names = new Set((await listed(bench)).map(({ name }) => name));
    for (const tool of ['no-such-tool', ...HOSTILE_TEXTS, 'constructor'].filter((name) => !names.has(name))) {
      const end = await ended(bench, { tool });
      must('thrown' in end, 'callTool: answered for a tool that is not there, want tool/unknown');
      mustBeFailure(end.thrown, ['tool/unknown']);
    }
  },
  async 'gives up a call soon after its signal'(bench) {
    const { good, endless } = bench.calls;
    const early = AbortSignal.abort(new Error('left'));
    const end = await ended(bench, { ...good, signal: early });
    if ('thrown' in end) mustBeFailure(end.thrown);
    if (endless === undefined) return;
    const leaving = new AbortController();
    const calling = ended(bench, { ...endless, signal: leaving.signal });
    bench.clock.after(10, () => {
      leaving.abort(new Error('left'));
    });
    const late = await calling;
    must('thrown' in late, 'callTool: answered a call that was given up, want a rejection');
    mustBeFailure(late.thrown);
  },
  async 'knows where its tools come from, and nothing of others'(bench) {
    const { dispatcher } = bench;
    for (const { name } of await listed(bench)) {
      const origin: unknown = dispatcher.origin?.(name);
      const isOrigin =
        isJsonObject(origin) && typeof origin.backend === 'string' && typeof origin.tool === 'string';
      must(origin === undefined || isOrigin, `origin: of ${name}, want a backend and a tool`);
    }
    for (const name of ['no-such-tool', ...HOSTILE_TEXTS])
      must(dispatcher.origin?.(name) === undefined, 'origin: of a tool that is not there, want undefined');
  },
  async 'says how its servers are'(bench) {
    await listed(bench);
    const states: unknown = bench.dispatcher.backends?.() ?? [];
    must(isJsonArray(states), 'backends: want a list');
    for (const state of states) {
      const { name, up, tools, problems } = isJsonObject(state) ? state : {};
      must(
        typeof name === 'string' && typeof up === 'boolean',
        'backends: want a name, and whether it is up',
      );
      must(
        Number.isInteger(tools) && isJsonArray(problems),
        'backends: want a number of tools, and problems',
      );
    }
  },
  async 'tells of changes until it is told to stop'(bench) {
    const { dispatcher, change } = bench;
    let [heard, unheard] = [0, 0];
    const stop = dispatcher.onChange?.(() => (heard += 1));
    const never = dispatcher.onChange?.(() => (unheard += 1));
    must(stop === undefined || typeof stop === 'function', 'onChange: want what stops it');
    never?.();
    never?.();
    if (change !== undefined) {
      const before = await listed(bench);
      await change();
      must(heard > 0, 'onChange: told nothing of a change');
      must((await listed(bench)) !== before, 'listTools: got the same array after a change, want another');
    }
    must(unheard === 0, 'onChange: told of a change after it was stopped');
    stop?.();
  },
  async 'closes, also twice'(bench) {
    await closed(bench);
    await closed(bench);
  },
  async 'closes while a call is under way'(bench) {
    const { endless } = bench.calls;
    if (endless === undefined) return;
    await listed(bench);
    const leaving = new AbortController();
    const calling = ended(bench, { ...endless, signal: leaving.signal });
    await closed(bench);
    leaving.abort(new Error('left'));
    const end = await calling;
    if ('thrown' in end) mustBeFailure(end.thrown);
  },
};

/** The names of all checks. */
export const DISPATCHER_CHECK_NAMES: readonly string[] = Object.keys(PROMISES);

/** The checks. */
export function dispatcherChecks(options: DispatcherChecksOptions): readonly ContractCheck[] {
  return Object.entries(PROMISES).map(([name, keep]) => ({
    name,
    async run() {
      const dispatcher = await options.make();
      const bench = { patienceMs: PATIENCE_MS, clock: systemClock, ...options, dispatcher };
      try {
        await keep(bench);
      } finally {
        await closed(bench);
      }
    },
  }));
}

async function listed({ clock, patienceMs, dispatcher }: Bench): Promise<readonly ToolDefinition[]> {
  const tools = await within(clock, patienceMs, 'listTools', () => dispatcher.listTools(ANONYMOUS));
  must(isJsonArray(tools), 'listTools: want a list');
  return tools;
}

async function called(bench: Bench, call: SampleCall & Partial<ToolCall>): Promise<ToolResult> {
  const end = await ended(bench, call);
  if ('thrown' in end) throw new Error(`callTool: rejected (${thrownText(end.thrown)}), want a result`);
  return end.result;
}

type End = { readonly result: ToolResult } | { readonly thrown: unknown };

async function ended(
  { clock, patienceMs, dispatcher }: Bench,
  call: SampleCall & Partial<ToolCall>,
): Promise<End> {
  const whole = { args: {}, caller: ANONYMOUS, signal: new AbortController().signal, ...call };
  return within(clock, patienceMs, 'callTool', async () => {
    const running = Promise.resolve(dispatcher.callTool(whole));
    return running.then(
      (result) => ({ result }),
      (thrown: unknown) => ({ thrown }),
    );
  });
}

async function closed({ clock, patienceMs, dispatcher }: Bench): Promise<void> {
  await within(clock, patienceMs, 'close', () => dispatcher.close?.());
}

function mustBeResult(result: unknown): void {
  const content = isJsonObject(result) ? result.content : undefined;
  must(isJsonArray(content), 'callTool: want a result with a list content');
  const isBlock = (block: unknown): boolean => isJsonObject(block) && typeof block.type === 'string';
  must(content.every(isBlock), 'content: want blocks with a type');
}

/** A failure: with one of these codes, or with a message alone, which is `tool/failed`. */
function mustBeFailure(thrown: unknown, codes: readonly ErrorCode[] = FAILURES): void {
  const isReadable = thrown instanceof Error && thrown.message !== '';
  must(isReadable, `callTool: rejected with ${shown(thrown)}, want an error with a message`);
  const code = codeOf(thrown) ?? 'tool/failed';
  must(
    codes.includes(code),
    `callTool: rejected with ${code} (${thrownText(thrown)}), want ${codes.join(' or ')}`,
  );
}

const FAILURES: readonly ErrorCode[] = [
  'tool/failed',
  'tool/denied',
  'tool/timeout',
  'tool/arguments',
  'backend/unavailable',
  'limit/wall-time',
  'cancelled',
];

function deepFrozen<T extends object>(value: T): T {
  for (const item of Object.values(value))
    if (typeof item === 'object' && item !== null) deepFrozen(item as object);
  return Object.freeze(value);
}
