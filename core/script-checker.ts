/** Says what speaks against a script without running it. */
import type { Clock } from './clock.js';
import type { CheckRequest } from './code-mode.js';
import type { Ending } from './ending.js';
import { ToolscriptError } from './error.js';
import type { Failure } from './error.js';
import { inject, injectable, TOKENS } from './injection.js';
import type { Languages } from './languages.js';
import { boundedFailure, failureOf } from './output-gate.js';
import type { ScriptPreparation } from './script-preparation.js';
import { ScriptRun } from './script-run.js';
import type { ScriptHost } from './script-runtime.js';

/** Checks scripts. */
@injectable()
export class ScriptChecker {
  readonly #languages: Languages;
  readonly #preparation: ScriptPreparation;
  readonly #clock: Clock;

  constructor(
    @inject(TOKENS.languages) languages: Languages,
    @inject(TOKENS.scriptPreparation) preparation: ScriptPreparation,
    @inject(TOKENS.clock) clock: Clock,
  ) {
    this.#languages = languages;
    this.#preparation = preparation;
    this.#clock = clock;
  }

  /** Has the wall time of a run; never rejects for a fault of script or caller. */
  async check(request: CheckRequest, ending: Ending): Promise<Failure | undefined> {
    try {
      const run = new ScriptRun(request, this.#languages.default, ending, this.#clock);
      const script = await this.#preparation.script(run);
      const checking = async (): Promise<Failure | undefined> =>
        run.runtime.check?.(script, idleHost(run, this.#clock));
      const failure = await ending.until(checking());
      return failure && boundedFailure(failure);
    } catch (thrown) {
      return failureOf(thrown);
    }
  }
}

/** A host of which nothing can be asked: whatever a runtime does, no tool is called. */
function idleHost({ meter, ending }: ScriptRun, clock: Clock): ScriptHost {
  const refuse = (): never => {
    throw new ToolscriptError({ code: 'internal', message: 'check: nothing is run' });
  };
  const reject = async (): Promise<never> => Promise.resolve().then(refuse);
  return {
    meter,
    clock,
    signal: ending.signal,
    callTool: reject,
    findTools: reject,
    print: refuse,
    progress: refuse,
  };
}
