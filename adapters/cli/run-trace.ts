/** A run kept as one HTML file that opens without a server. */
import { writeFile } from 'node:fs/promises';

import type { TelemetrySink } from '../../core/index.js';
import { createRecorder, createRunFiles, type RunFiles, type RunRecorder } from './compose/index.js';
import { UsageError } from './usage-error.js';

/** The trace of one run that is going to be made. */
export class RunTrace {
  /** The id that the run must have. */
  readonly id = crypto.randomUUID();
  readonly #file: string;
  readonly #recorder: RunRecorder;
  readonly #fileOf: RunFiles;

  private constructor(file: string, recorder: RunRecorder, fileOf: RunFiles) {
    this.#file = file;
    this.#recorder = recorder;
    this.#fileOf = fileOf;
  }

  /** What is missing is told before anything runs. */
  static async begin(file: string): Promise<RunTrace> {
    return new RunTrace(file, await createRecorder('cli'), await createRunFiles());
  }

  /** What must hear of the run. */
  get sinks(): readonly TelemetrySink[] {
    return [this.#recorder];
  }

  /** Writes what was heard of it. */
  async write(): Promise<void> {
    const text = this.#fileOf(this.#recorder, this.id) ?? '';
    try {
      await writeFile(this.#file, text);
    } catch (error) {
      const { code = 'unknown' } = error as NodeJS.ErrnoException;
      throw new UsageError(`--trace: found ${this.#file}, which cannot be written (${code})`);
    }
  }
}
