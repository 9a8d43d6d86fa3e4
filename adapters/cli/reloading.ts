/** Takes up an edited manifest; one that is at fault is told of, and changes nothing. */
import type { Manifest } from '../../core/manifest/index.js';
import type { LiveComposition } from './live-composition.js';
import { reportProblem } from './problem-report.js';
import { reloadSummary, restartKeys } from './reload-summary.js';
import { printable, type Terminal } from './terminal.js';

/** What it takes to reload. */
export interface ReloadingOptions {
  readonly live: LiveComposition;
  /** Reads the manifest as it is now; rejects with its faults. */
  readonly load: () => Promise<Manifest>;
  readonly terminal: Terminal;
  /** Told after each reload that changed what is in use. */
  readonly onReloaded?: () => void;
}

/** Reloads one at a time: what is asked for meanwhile is done once, afterwards. */
export class Reloading {
  readonly #options: ReloadingOptions;
  /** As the doors were opened. */
  readonly #first: Manifest;
  #work: Promise<void> | undefined;
  #isAsked = false;
  #isClosed = false;

  constructor(options: ReloadingOptions) {
    this.#options = options;
    this.#first = options.live.manifest;
  }

  /** Asks for a reload. */
  readonly ask = (): void => {
    this.#isAsked = true;
    this.#work ??= this.#reload();
  };

  /** Waits for the reload under way, and does no more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#work;
  }

  async #reload(): Promise<void> {
    while (this.#takeAsking()) await this.#reloadOnce();
    this.#work = undefined;
  }

  #takeAsking(): boolean {
    const isAsked = this.#isAsked && !this.#isClosed;
    this.#isAsked = false;
    return isAsked;
  }

  async #reloadOnce(): Promise<void> {
    const { live, load, terminal } = this.#options;
    const before = live.manifest;
    try {
      await live.follow(await load());
    } catch (problem) {
      reportProblem(problem, terminal);
      terminal.note('not reloaded: what was in use stays in use');
      return;
    }
    const offers = { scripts: live.offersScripts(), optimizer: live.optimizes() };
    terminal.note(printable(`reloaded: ${reloadSummary(before, live.manifest, offers)}`));
    const keys = restartKeys(this.#first, live.manifest);
    if (keys.length > 0) terminal.warn(`only a restart takes up ${keys.join(', ')}`);
    this.#options.onReloaded?.();
  }
}
