/**
 * `/healthz` and `/readyz`, for those who start, route to and end gateways. They want no token, no
 * session and no certain `Host`; what they tell of backends is for whom the door knows.
 */
import type { CodeMode } from '../../../core/index.js';
import type { ReadyWhen } from './options.js';

/** What `/readyz` says. */
type State = 'ready' | 'starting' | 'draining' | 'backends down';

const PATHS: readonly string[] = ['/healthz', '/readyz'];

/** Whether a path asks for health. */
export function isHealthPath(path: string): boolean {
  return PATHS.includes(path);
}

/** The health of one door. */
export class Health {
  readonly #codeMode: CodeMode;
  readonly #readyWhen: ReadyWhen;
  #isStarted = false;
  #isDraining = false;

  constructor(codeMode: CodeMode, readyWhen: ReadyWhen) {
    this.#codeMode = codeMode;
    this.#readyWhen = readyWhen;
    const start = (): void => {
      this.#isStarted = true;
    };
    codeMode.listTools().then(start, start);
  }

  /** From now on not ready: no more clients, please. */
  drain(): void {
    this.#isDraining = true;
  }

  /** The answer to a path of health; with the backends, by name, where that is asked for. */
  report(path: string, isDetailed: boolean): Response {
    if (path === '/healthz') return answer(200, { status: 'alive' });
    const status = this.#state();
    const backends = isDetailed ? { backends: this.#backends() } : {};
    return answer(status === 'ready' ? 200 : 503, { status, ...backends });
  }

  #state(): State {
    if (this.#isDraining) return 'draining';
    if (!this.#isStarted) return 'starting';
    return this.#areBackendsUp() ? 'ready' : 'backends down';
  }

  #areBackendsUp(): boolean {
    const states = this.#codeMode.backends();
    if (this.#readyWhen === 'all-up') return states.every(({ up }) => up);
    if (this.#readyWhen === 'any-up') return states.length === 0 || states.some(({ up }) => up);
    return true;
  }

  #backends(): { name: string; up: boolean; problems: number }[] {
    const states = this.#codeMode.backends();
    return states.map(({ name, up, problems }) => ({ name, up, problems: problems.length }));
  }
}

function answer(status: number, body: object): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}
