import { expect } from 'chai';

import { createCodeMode } from '../../core/index.js';
import type { CodeMode, LimitPolicy, TelemetryEvent, TelemetrySink } from '../../core/index.js';
import { createPlanRuntime } from '../support/plan-runtime.js';
import { answering, definition, jsonResult } from '../support/test-tools.js';

const SCRIPT = JSON.stringify({ call: 'a', args: { secret: 'argument' } });

class Keeper implements TelemetrySink {
  readonly content = ['script', 'data', 'arguments', 'result', 'logs', 'error'] as const;
  readonly isWindow: boolean;
  readonly events: TelemetryEvent[] = [];

  constructor(isWindow: boolean) {
    this.isWindow = isWindow;
  }

  record(event: TelemetryEvent): void {
    this.events.push(event);
  }

  /** The kinds of content that came, each once. */
  get kinds(): string[] {
    return [...new Set(this.events.flatMap(({ content }) => Object.keys(content ?? {})))].sort();
  }

  get privacies(): unknown[] {
    return this.events
      .filter(({ name }) => /^(?:script|tool)\.(?:started|called|finished|refused)$/.test(name))
      .map((event) => 'isPrivate' in event);
  }
}

describe('scripts that a policy keeps private', () => {
  let codeMode: CodeMode;
  let shown: Keeper;
  let kept: Keeper;

  beforeEach(() => {
    shown = new Keeper(true);
    kept = new Keeper(false);
  });
  afterEach(() => codeMode.close());

  async function run(limits: readonly LimitPolicy[], script = SCRIPT): Promise<void> {
    const dispatcher = answering([definition('a')], () => jsonResult({ secret: 'result' }));
    const sinks = [shown, kept];
    codeMode = await createCodeMode({ runtime: createPlanRuntime(), dispatcher, limits, sinks });
    await codeMode.run({ script, caller: { id: 'ada' } });
  }

  it('show nothing of themselves to a window, and all to a sink that writes by a setting of its own', async () => {
    await run([{ showsScripts: ({ id }) => id !== 'ada' }]);
    expect(shown.kinds).to.deep.equal([]);
    expect(JSON.stringify(shown.events)).not.to.include('secret');
    expect(kept.kinds).to.deep.equal(['arguments', 'data', 'logs', 'result', 'script']);
    expect(shown.privacies).to.deep.equal([true, true, true, true]);
  });

  it('nor when they are refused before anything is asked', async () => {
    await run([{ showsScripts: () => false, limitsFor: () => ({ scriptBytes: 1 }) }]);
    expect(shown.events.map(({ name }) => name)).to.include('script.refused');
    expect(shown.kinds).to.deep.equal([]);
    expect(kept.kinds).to.deep.equal(['error', 'script']);
  });

  const KEEPING: readonly [what: string, policies: readonly LimitPolicy[]][] = [
    ['of several one says no', [{ showsScripts: () => true }, { showsScripts: () => false }]],
    [
      'it throws',
      [
        {
          showsScripts: () => {
            throw new Error('no');
          },
        },
      ],
    ],
    ['it answers nonsense', [{ showsScripts: () => 'yes' as unknown as boolean }]],
  ];
  for (const [what, policies] of KEEPING) {
    it(`nor when ${what}`, async () => {
      await run(policies);
      expect(shown.kinds).to.deep.equal([]);
    });
  }

  it('are shown where all policies say so, and where none says anything', async () => {
    await run([{ showsScripts: () => Promise.resolve(true) }]);
    expect(shown.kinds).to.include.members(['script', 'result']);
    await codeMode.close();
    await run([{}]);
    expect(shown.privacies).not.to.include(true);
  });

  it('are not asked about where nothing shows anything', async () => {
    let asked = 0;
    shown = new Keeper(false);
    await run([{ showsScripts: () => (asked += 1) > 0 }]);
    expect(asked).to.equal(0);
  });
});
