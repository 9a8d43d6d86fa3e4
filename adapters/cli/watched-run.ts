/**
 * Runs a script again whenever it, its data or the manifest changes; the servers stay up between runs. A run that is
 * under way then is cancelled: what it called stays called, and is told.
 */
import { existsSync } from 'node:fs';

import { systemClock, type Clock } from '../../core/index.js';
import { createExports } from './compose/index.js';
import { FileWatch } from './file-watch.js';
import { dataFile } from './input-file.js';
import { interruptible, type Interruption } from './interruption.js';
import { LiveComposition } from './live-composition.js';
import { DEFAULT_MANIFEST, openManifestIfAny } from './manifest-option.js';
import { reportOutcome, type ReportOptions } from './outcome-report.js';
import { ownCaller } from './own-caller.js';
import { reportProblem } from './problem-report.js';
import { Reloading } from './reloading.js';
import { codeModeFor } from './script-language.js';
import { CLI_SERVICE, jobLanguage, progressTo, readJob, type JobOptions } from './script-job.js';
import { printable, type Terminal } from './terminal.js';

/** How a script is run again and again. */
export interface WatchedRunOptions extends JobOptions, ReportOptions {
  /** The manifest; default: that of the working folder, else none. */
  readonly config: string | undefined;
}

/** Runs the script of a file until the process is asked to end. */
export async function runWatched(
  path: string,
  options: WatchedRunOptions,
  terminal: Terminal,
  clock: Clock = systemClock,
): Promise<void> {
  const codeMode = codeModeFor(jobLanguage(path, options));
  const load = () => openManifestIfAny(options.config, terminal, { codeMode });
  const manifest = await load();
  const report = (line: string): void => terminal.warn(line);
  await interruptible(async (interruption) => {
    const live = await LiveComposition.start(manifest, {
      report,
      exports: createExports({ report, scraped: false }),
      servers: 'all',
      isolation: 'none',
    });
    live.codeMode.tell({ name: 'service.started', ...CLI_SERVICE });
    const runs = new WatchedRun(path, options, live, terminal);
    const reloading = new Reloading({ live, load, terminal, onReloaded: () => runs.again('the manifest') });
    const watches = watched(path, options).map(
      ([file, isManifest]) =>
        new FileWatch({ file, clock, onChange: isManifest ? reloading.ask : () => runs.again(file) }),
    );
    try {
      await Promise.all(watches.map(({ ready }) => ready));
      await runs.until(interruption);
    } finally {
      await Promise.all([...watches.map((watch) => watch.close()), reloading.close()]);
      await live.close();
    }
  });
}

/** The files that matter, and whether each is the manifest. */
function watched(path: string, { data, config }: WatchedRunOptions): (readonly [string, boolean])[] {
  const given = data === undefined ? undefined : dataFile(data);
  const manifest = config ?? (existsSync(DEFAULT_MANIFEST) ? DEFAULT_MANIFEST : undefined);
  return [
    [path, false],
    ...(given === undefined ? [] : [[given, false] as const]),
    ...(manifest === undefined ? [] : [[manifest, true] as const]),
  ];
}

/** One run after another. */
class WatchedRun {
  readonly #path: string;
  readonly #options: WatchedRunOptions;
  readonly #live: LiveComposition;
  readonly #terminal: Terminal;
  /** What changed since the last run began. */
  readonly #changed = new Set<string>();
  #current = new AbortController();
  #wake: () => void = () => undefined;

  constructor(path: string, options: WatchedRunOptions, live: LiveComposition, terminal: Terminal) {
    this.#path = path;
    this.#options = options;
    this.#live = live;
    this.#terminal = terminal;
  }

  /** Runs it again, because of what changed. */
  again(what: string): void {
    this.#changed.add(what);
    this.#current.abort();
    this.#wake();
  }

  /** Runs it now, and after each change. */
  async until({ signal, asked }: Interruption): Promise<void> {
    // Servers start before the script's clock does.
    await Promise.race([this.#live.codeMode.listTools().catch(() => undefined), asked]);
    for (let run = 1; !signal.aborted; run += 1) {
      this.#begin(run);
      await this.#once(AbortSignal.any([signal, this.#current.signal]));
      await Promise.race([this.#change(), asked]);
    }
  }

  #begin(run: number): void {
    const { colors } = this.#terminal;
    const why =
      run === 1 ? 'until Ctrl-C, again after each change' : `${[...this.#changed].join(', ')} changed`;
    this.#changed.clear();
    this.#current = new AbortController();
    this.#terminal.note(colors.dim(printable(`── run ${String(run)}: ${why} ──`)));
  }

  async #once(signal: AbortSignal): Promise<void> {
    try {
      const { name, job } = await readJob(this.#path, this.#options, this.#terminal);
      const { codeMode, manifest } = this.#live;
      const caller = ownCaller(manifest);
      const outcome = await codeMode.run({ ...job, caller, signal, onProgress: progressTo(this.#terminal) });
      reportOutcome({ outcome, source: job.script, name }, this.#options, this.#terminal);
    } catch (problem) {
      reportProblem(problem, this.#terminal);
    }
  }

  async #change(): Promise<void> {
    if (this.#changed.size > 0) return;
    await new Promise<void>((resolve) => (this.#wake = resolve));
  }
}
