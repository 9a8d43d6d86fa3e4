/** Runs one program the whole way, over hostile tools, and says what was wrong with how that went. */
import { ERROR_CODES } from '../../core/index.js';
import { createCodeMode } from '../../adapters/library/index.js';
import type { CodeMode, JsonObject, Outcome } from '../../adapters/library/index.js';
import { HostileDispatcher } from '../hostility/hostile-tools.js';
import { changes, hostSnapshot } from '../hostility/host-snapshot.js';

/** Milliseconds of the processor between two breaths of the event loop. */
const LONGEST_MS = 250;

const LIMITS = {
  steps: 100_000,
  memoryBytes: 16 << 20,
  valueBytes: 4 << 20,
  callDepth: 100,
  toolCalls: 40,
  wallTimeMs: 1_500,
  toolCallTimeoutMs: 20,
};

const DATA = JSON.parse(
  '{"x": 1, "y": [3, 1, 2], "s": "text", "d": {"__proto__": 1, "then": [], "a": {"b": null}}, "rows": [{"id": 1}, {"id": 2}]}',
) as JsonObject;

/** What the programs are tried on. */
export class Trial {
  private readonly before = hostSnapshot();
  private readonly unhandled: unknown[] = [];
  private readonly keep = (reason: unknown): void => void this.unhandled.push(reason);

  private constructor(private readonly codeMode: CodeMode) {
    process.on('unhandledRejection', this.keep);
  }

  static async open(): Promise<Trial> {
    return new Trial(await createCodeMode({ dispatcher: new HostileDispatcher() }));
  }

  async close(): Promise<void> {
    process.off('unhandledRejection', this.keep);
    await this.codeMode.close();
  }

  /** What is wrong, or null. */
  async faultOf(script: string): Promise<string | null> {
    const watch = new Watch();
    const outcome = await this.codeMode.run({ script, data: DATA, limits: LIMITS }).catch(String);
    const longestMs = watch.end();
    if (typeof outcome === 'string') return `run rejected: ${outcome}`;
    if (this.unhandled.length > 0) return `an unhandled rejection: ${String(this.unhandled.pop())}`;
    const changed = changes(this.before, hostSnapshot());
    if (changed.length > 0) return `the host was changed: ${changed.join(', ')}`;
    if (longestMs > LONGEST_MS) return `the event loop waited for ${String(Math.round(longestMs))} ms`;
    return faultOfOutcome(outcome, script);
  }
}

function faultOfOutcome(outcome: Outcome, script: string): string | null {
  if (outcome.ok) return isJson(outcome.text) ? null : 'the text of the result is no JSON';
  const { code, message, position } = outcome.error;
  if (!Object.hasOwn(ERROR_CODES, code) || code === 'internal') return `${code}: ${message}`;
  if (message === '' || message.length > 4_001) return `a message of ${String(message.length)} units`;
  if (position === undefined) return null;
  const lines = script.split(/\r\n|\r|\n/);
  const { line, column } = position;
  const isInside = line >= 1 && line <= lines.length && column >= 1 && column <= lines[line - 1]!.length + 1;
  return isInside ? null : `a position outside: ${String(line)}:${String(column)}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Watches how long the event loop waits, by the processor's time. */
class Watch {
  private longestMs = 0;
  private since = process.cpuUsage();
  private timer = setImmediate(() => this.breathe());

  end(): number {
    clearImmediate(this.timer);
    this.note();
    return this.longestMs;
  }

  private breathe(): void {
    this.note();
    this.timer = setImmediate(() => this.breathe());
  }

  private note(): void {
    const { user, system } = process.cpuUsage(this.since);
    this.longestMs = Math.max(this.longestMs, (user + system) / 1000);
    this.since = process.cpuUsage();
  }
}
