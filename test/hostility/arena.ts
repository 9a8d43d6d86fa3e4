/**
 * Runs attacks, a row each: the script ends with the code that it should, and the process is as it was.
 *
 * Every row goes the whole way, through core, with tools that answer as no tool should. After it a canary
 * runs in the same process and must give its right value.
 */
import { expect } from 'chai';
import { createCodeMode } from '../../adapters/library/index.js';
import type { CodeMode, JsonObject, Limits, Outcome } from '../../adapters/library/index.js';
import { HostileDispatcher } from './hostile-tools.js';
import { changes, hostSnapshot } from './host-snapshot.js';

/** What a row may say besides. */
export interface More {
  readonly data?: JsonObject;
  readonly limits?: Partial<Limits>;
  /** The value of a script that ends well. */
  readonly value?: unknown;
  /** What the message must match. */
  readonly says?: RegExp;
}

/** `code` is "ok" or an error's; several that will do stand between bars. */
export type Attack = readonly [name: string, script: string, code: string, more?: More];

/** One test for each row. */
export function attacks(subject: string, rows: readonly Attack[]): void {
  describe(`attacks on ${subject}`, function () {
    this.timeout(30_000);
    const arena = new Arena();
    before(() => arena.open());
    after(() => arena.close());
    for (const [name, script, code, more = {}] of rows) {
      it(name, () => arena.run(script, code, more));
    }
  });
}

const CANARY = `
def twice(f, x):
    return f(f(x))
d = {"__proto__": 1, "then": 2}
e = attempt(lambda: 1 // 0)
return [twice(lambda n: n * 3, 7), sorted([3, 1, 2]), list(d), e.ok, echo(a=[1, {"b": None}]), "%d|%s" % (5, "x")]
`;
const CANARY_VALUE = [63, [1, 2, 3], ['__proto__', 'then'], false, { a: [1, { b: null }] }, '5|x'];

/** One composition over hostile tools. */
export class Arena {
  readonly dispatcher = new HostileDispatcher();
  private codeMode: CodeMode | undefined;
  private readonly unhandled: unknown[] = [];
  private readonly keep = (reason: unknown): void => void this.unhandled.push(reason);

  async open(): Promise<void> {
    this.codeMode = await createCodeMode({ dispatcher: this.dispatcher });
    process.on('unhandledRejection', this.keep);
  }

  async close(): Promise<void> {
    await this.codeMode?.close();
    process.off('unhandledRejection', this.keep);
  }

  async run(script: string, code: string, more: More = {}): Promise<Outcome> {
    const before = hostSnapshot();
    const { data, limits } = more;
    const outcome = await this.codeMode!.run({
      script,
      ...(data !== undefined && { data }),
      ...(limits !== undefined && { limits }),
    });
    check(outcome, script, code, more);
    const canary = await this.codeMode!.run({ script: CANARY });
    expect(canary.ok ? canary.value : canary.error, 'the canary').to.deep.equal(CANARY_VALUE);
    await new Promise((resolve) => setImmediate(resolve));
    expect(this.unhandled, 'unhandled rejections').to.deep.equal([]);
    expect(changes(before, hostSnapshot()), 'changes of the host').to.deep.equal([]);
    return outcome;
  }
}

function check(outcome: Outcome, script: string, code: string, { value, says }: More): void {
  const met = outcome.ok ? 'ok' : outcome.error.code;
  expect(code.split('|'), outcome.ok ? 'it ended well' : outcome.error.message).to.include(met);
  if (outcome.ok) {
    if (value !== undefined) expect(outcome.value).to.deep.equal(value);
    return;
  }
  const { message, position } = outcome.error;
  expect(message.length).to.be.within(1, 4_001);
  expect(message).not.to.match(/at .*\.[jt]s:\d|node:internal|\[object |secret of the host/);
  if (says !== undefined) expect(message).to.match(says);
  if (position !== undefined) {
    const lines = script.split(/\r\n|\r|\n/);
    expect(position.line).to.be.within(1, lines.length);
    expect(position.column).to.be.within(1, (lines[position.line - 1] ?? '').length + 1);
  }
}
