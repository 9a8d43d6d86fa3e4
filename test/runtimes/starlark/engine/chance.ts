/** Tools and a clock whose timing is drawn: calls answer at once or later, in any order. */
import { Builtin, StarlarkError } from '../../../../runtimes/starlark/index.js';
import type { BuiltinBody, Clock, Value } from '../../../../runtimes/starlark/index.js';

/** `draw(n)` answers a whole number below n. */
export type Draw = (below: number) => number;

/** What a tool does with its argument, whenever it does it. */
type Work = (argument: number) => Value;

/** One run's surroundings. */
export class Chance {
  /** What the tools were asked, in the order of asking. */
  readonly asked: string[] = [];
  readonly predeclared = new Map<string, Value>([
    ['tool', this.tool('tool', (x) => (x * 7) % 11)],
    ['broken', this.tool('broken', failure)],
  ]);
  readonly clock: Clock = { now: () => this.now(), after: (_delayMs, callback) => this.later(callback) };
  private time = 0;
  private readonly open: (() => void)[] = [];

  constructor(private readonly draw: Draw) {}

  /** Lets the event loop breathe, for as long as it likes. */
  readonly yieldToEventLoop = (callback: () => void): void => {
    this.later(callback);
  };

  private now(): number {
    this.time += this.draw(5);
    return this.time;
  }

  private tool(name: string, work: Work): Builtin {
    const body: BuiltinBody = (thread, [x = null]) => {
      const argument = Number(x);
      this.asked.push(`${name}(${argument})`);
      const act = (): Value => work(argument);
      if (this.draw(3) === 0) return act();
      const promise = new Promise<Value>((resolve) => {
        if (this.draw(3) === 0) resolve(null);
        else this.later(() => resolve(null));
      });
      return thread.wait(promise.then(act));
    };
    return new Builtin(name, body, true);
  }

  /** Calls back in some later turn, before or after what else waits. */
  private later(callback: () => void): () => void {
    this.open.push(callback);
    setImmediate(() => this.open.splice(this.draw(this.open.length), 1)[0]?.());
    return () => {
      if (this.open.includes(callback)) this.open.splice(this.open.indexOf(callback), 1, () => undefined);
    };
  }
}

function failure(argument: number): never {
  const code = argument % 2 === 0 ? 'tool/failed' : 'tool/denied';
  throw new StarlarkError(code, `broken: ${argument} is too many`, { tool: 'broken' });
}
