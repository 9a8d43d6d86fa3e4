import { expect } from 'chai';
import { ANONYMOUS, noTools } from '../../../core/index.js';
import type { ToolDispatcher, ToolResult } from '../../../core/index.js';
import {
  DISPATCHER_CHECK_NAMES,
  dispatcherChecks,
  ScriptedDispatcher,
  textResult,
} from '../../../core/testing/index.js';
import type { DispatcherChecksOptions } from '../../../core/testing/index.js';
import { createInProcessDispatcher } from '../../../plugins/dispatchers/in-process/index.js';
import { createJoinedDispatcher } from '../../../plugins/dispatchers/joined/index.js';
import { createMcpDispatcher } from '../../../plugins/dispatchers/mcp/index.js';
import { fixture } from '../../support/backends/index.js';
import { definition } from '../../support/test-tools.js';

const tools = [definition('say'), definition('break'), definition('wait'), definition('other')];
const never = (): Promise<never> => new Promise(() => undefined);
const calls = {
  good: { tool: 'say', args: { text: 'hello', list: [1, 2] } },
  failing: { tool: 'break' },
  endless: { tool: 'wait' },
};
let scripted: ScriptedDispatcher;
let servers: ToolDispatcher;

function makeScripted(): ScriptedDispatcher {
  scripted = new ScriptedDispatcher(tools, {
    say: textResult('hello'),
    break: () => Promise.reject(new Error('broken')),
    wait: never,
  });
  return scripted;
}

const change = (): void => {
  scripted.change(tools.slice(0, 3));
};

function ownTools(): ToolDispatcher {
  return createInProcessDispatcher([
    { ...definition('say'), call: ({ text }) => text ?? null },
    { ...definition('break'), call: () => Promise.reject(new Error('broken')) },
    {
      ...definition('wait'),
      call: (_args, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(new Error('left'));
          });
        }),
    },
  ]);
}

const ours: Readonly<Record<string, DispatcherChecksOptions>> = {
  scripted: { make: makeScripted, calls, change },
  'in-process': { make: ownTools, calls },
  joined: {
    make: () =>
      createJoinedDispatcher([
        { name: 'own', dispatcher: ownTools() },
        { name: 'scripted', dispatcher: makeScripted() },
      ]),
    calls: { ...calls, failing: { tool: 'scripted_break' }, endless: { tool: 'scripted_wait' } },
    change,
  },
  mcp: {
    make: () =>
      (servers = createMcpDispatcher({
        servers: { one: fixture({ tools: ['echo', 'fail', 'grow'] }), two: fixture({ tools: ['hang'] }) },
      })),
    calls: {
      good: { tool: 'echo', args: calls.good.args },
      failing: { tool: 'fail' },
      endless: { tool: 'hang' },
    },
    async change() {
      const grown = new Promise<void>((resolve) => servers.onChange!(resolve));
      await servers.callTool({
        tool: 'grow',
        args: {},
        caller: ANONYMOUS,
        signal: new AbortController().signal,
      });
      await grown;
    },
  },
};

const base = { listTools: () => tools, callTool: () => Promise.resolve(textResult('hello')) };

/** The scripted dispatcher, but for this. */
function but(changes: Partial<ToolDispatcher>): () => ToolDispatcher {
  return () => Object.assign(makeScripted(), changes);
}

const broken: readonly (readonly [check: string, make: () => ToolDispatcher, message: RegExp])[] = [
  ['lists tools that can be called', but({ listTools: () => [definition('')] }), /without a name/],
  ['lists tools that can be called', but({ listTools: () => [...tools, ...tools] }), /a name twice/],
  ['lists tools that can be called', () => noTools, /got no say/],
  [
    'lists tools that can be called',
    but({ listTools: () => [{ name: 'say', inputSchema: 'none' as never }] }),
    /no input schema/,
  ],
  ['lists tools that can be called', but({ listTools: () => 'none' as never }), /want a list/],
  ['lists tools that can be called', but({ listTools: never }), /no end within/],
  [
    'lists the same array until something changed',
    but({ listTools: () => [...tools] }),
    /another array, want the same/,
  ],
  [
    'lists the same array until something changed',
    () => {
      const own = [{ ...tools[0]! }];
      return but({
        listTools: () => own,
        callTool: () => {
          own[0]!.description = 'called';
          return base.callTool();
        },
      })();
    },
    /changed a definition/,
  ],
  [
    'answers results',
    but({ callTool: () => Promise.resolve({} as ToolResult) }),
    /want a result with a list/,
  ],
  ['answers results', but({ callTool: never }), /callTool: no end/],
  [
    'answers results',
    but({ callTool: () => Promise.resolve({ content: ['text' as never] }) }),
    /want blocks with a type/,
  ],
  ['answers calls at the same time', () => one(), /rejected \(busy\)/],
  [
    'leaves arguments and callers as they are',
    but({
      callTool: ({ args }) => {
        Reflect.deleteProperty(args, 'text');
        (args as { list: number[] }).list.push(3);
        return base.callTool();
      },
    }),
    /not extensible/,
  ],
  ['fails for a reason', () => base, /break was answered/],
  ['fails for a reason', but({ callTool: () => Promise.reject() }), /rejected with undefined/],
  ['knows no tool that it did not list', () => base, /answered for a tool that is not there/],
  [
    'knows no tool that it did not list',
    but({ callTool: () => Promise.reject(new TypeError('undefined')) }),
    /rejected with tool\/failed \(undefined\), want tool\/unknown/,
  ],
  ['gives up a call soon after its signal', but({ callTool: never }), /callTool: no end/],
  ['gives up a call soon after its signal', () => base, /answered a call that was given up/],
  [
    'knows where its tools come from, and nothing of others',
    but({ origin: () => ({ backend: 'x', tool: 'y' }) }),
    /of a tool that is not there/,
  ],
  [
    'knows where its tools come from, and nothing of others',
    but({ origin: () => ({ backend: 'x' }) as never }),
    /of say, want/,
  ],
  ['says how its servers are', but({ backends: () => ({}) as never }), /want a list/],
  ['says how its servers are', but({ backends: () => [{ name: 'x' } as never] }), /whether it is up/],
  [
    'says how its servers are',
    but({ backends: () => [{ name: 'x', up: true } as never] }),
    /number of tools/,
  ],
  ['tells of changes until it is told to stop', but({ onChange: () => 1 as never }), /want what stops it/],
  ['tells of changes until it is told to stop', but({ onChange: () => () => undefined }), /told nothing/],
  [
    'tells of changes until it is told to stop',
    () => {
      const dispatcher = makeScripted();
      const onChange = dispatcher.onChange.bind(dispatcher);
      return Object.assign(dispatcher, {
        onChange(listener: () => void) {
          onChange(listener);
          return () => undefined;
        },
      });
    },
    /after it was stopped/,
  ],
  ['tells of changes until it is told to stop', but({ listTools: () => tools }), /same array after a change/],
  ['closes, also twice', but({ close: never }), /close: no end/],
  ['closes while a call is under way', but({ callTool: never }), /callTool: no end/],
];

function one(): ToolDispatcher {
  let busy = false;
  return {
    ...base,
    async callTool() {
      if (busy) throw new Error('busy');
      busy = true;
      await new Promise((resolve) => setImmediate(resolve));
      busy = false;
      return textResult('hello');
    },
  };
}

describe('contract of ToolDispatcher', () => {
  for (const [dispatcher, options] of Object.entries(ours)) {
    describe(dispatcher, () => {
      for (const { name, run } of dispatcherChecks({ ...options, patienceMs: 15_000 })) it(name, run);
    });
  }

  for (const [name, make, message] of broken) {
    it(`is seen to be broken: ${name}, ${String(message)}`, async () => {
      const checks = dispatcherChecks({ make, calls, change, patienceMs: 200 });
      let failure = 'nothing';
      await checks
        .find((check) => check.name === name)!
        .run()
        .catch((thrown: unknown) => (failure = (thrown as Error).message));
      expect(failure).to.match(message);
    });
  }

  it('has each check seen to fail', () => {
    expect(new Set(broken.map(([name]) => name))).to.deep.equal(new Set(DISPATCHER_CHECK_NAMES));
  });
});
