/** The lines that one branch of a script prints. */
import { ToolscriptError } from '../../../core/index.js';
import type { ScriptHost } from '../../../core/index.js';

export class Printer {
  /** What no script may catch: the logs are full. */
  #refusal: Error | undefined;
  #parts: string[] = [];
  #length = 0;

  constructor(private readonly host: ScriptHost) {}

  /** Takes what Monty prints, piece by piece. Throws when the logs are full: Monty raises that in the script. */
  readonly take = (_stream: string, text: string): void => {
    this.check();
    const lines = text.split('\n');
    for (const line of lines.slice(0, -1)) {
      this.#parts.push(line);
      this.end();
      this.check();
    }
    const rest = lines.at(-1)!;
    if (rest === '') return;
    this.#length += rest.length;
    this.#parts.push(rest);
    if (this.#length > this.host.meter.limits.logBytes) this.end();
    this.check();
  };

  /** Throws what the host refused. */
  check(): void {
    if (this.#refusal !== undefined) throw this.#refusal;
  }

  /** The line ends here, if one has begun. */
  end(): void {
    if (this.#parts.length === 0) return;
    const line = this.#parts.join('');
    this.#parts = [];
    this.#length = 0;
    try {
      this.host.print(line);
    } catch (thrown) {
      this.#refusal = thrown instanceof ToolscriptError ? thrown : new Error('print', { cause: thrown });
    }
  }
}
