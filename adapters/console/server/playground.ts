/** The scripts of the playground: checked, run as any other, cancelled. */
import type { Failure } from '../../../core/index.js';
import type { Mark, ScriptDraft, StartedRun } from '../api.js';
import type { RunRecorder } from '../record/index.js';
import type { Subject } from './console-view.js';
import { RouteFault } from './fault.js';

/** Runs at once. */
const MOST_RUNS = 8;

/** The playground of one console. */
export class Playground {
  readonly #subject: Subject;
  readonly #recorder: RunRecorder;
  readonly #running = new Map<
    string,
    { readonly controller: AbortController; readonly over: Promise<unknown> }
  >();

  constructor(subject: Subject, recorder: RunRecorder) {
    this.#subject = subject;
    this.#recorder = recorder;
  }

  /** What speaks against a script before it runs. */
  async check(draft: ScriptDraft, signal: AbortSignal): Promise<readonly Mark[]> {
    const { codeMode, caller } = this.#subject;
    const failure = await codeMode.check({ ...draft, caller: caller(), signal });
    return failure === undefined ? [] : [failure, ...(failure.also ?? [])].map(markOf);
  }

  /** Starts a script; its outcome is what the recorder hears. */
  start(draft: ScriptDraft): StartedRun {
    if (this.#running.size >= MOST_RUNS) {
      throw new RouteFault(
        429,
        'limit/refused',
        `run: more than ${String(MOST_RUNS)} scripts of the console at once`,
      );
    }
    const { codeMode, caller } = this.#subject;
    const id = crypto.randomUUID();
    const controller = new AbortController();
    this.#recorder.announce(id);
    const over = codeMode
      .run({ ...draft, id, caller: caller(), signal: controller.signal })
      .catch(() => undefined)
      .then(() => this.#running.delete(id));
    this.#running.set(id, { controller, over });
    return { id };
  }

  /** Cancels a run that the console started, and that still goes on. */
  cancel(id: string): void {
    const run = this.#running.get(id);
    if (run === undefined)
      throw new RouteFault(404, 'request/invalid', 'console: no such run of this console goes on');
    run.controller.abort();
  }

  /** Cancels all, and waits for their ends. */
  async close(): Promise<void> {
    const runs = [...this.#running.values()];
    for (const { controller } of runs) controller.abort();
    await Promise.all(runs.map(({ over }) => over));
  }
}

function markOf({
  code,
  message,
  position,
  hint,
}: Pick<Failure, 'code' | 'message' | 'position' | 'hint'>): Mark {
  return {
    code,
    message,
    ...(position !== undefined && { position }),
    ...(hint !== undefined && { hint }),
  };
}
