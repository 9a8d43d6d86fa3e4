/** Where the checks of runtimes run scripts: over two tools, and with every result looked at. */
import { isJsonArray, isJsonObject } from '../json.js';
import type { Json, JsonObject } from '../json.js';
import { ERROR_CODES } from '../error.js';
import type { Failure, Position } from '../error.js';
import type { ScriptResult, ScriptRuntime } from '../script-runtime.js';
import { ToolCatalog } from '../tool-catalog.js';
import type { ToolDefinition } from '../tool-dispatcher.js';
import type { Clock } from '../clock.js';
import { must, thrownText, within } from './contract-check.js';
import { isSameJson, shown } from './hostile-json.js';
import { RecordingHost } from './recording-host.js';
import type { RecordedCall, RecordingHostOptions } from './recording-host.js';

/** The tools that the scripts of a runtime's checks call: `echo` answers its `text`, `fail` never succeeds. */
export const BENCH_TOOLS: readonly ToolDefinition[] = [
  { name: 'echo', inputSchema: { type: 'object', properties: { text: {} }, required: ['text'] } },
  { name: 'fail', inputSchema: { type: 'object', properties: {} } },
];

/** What differs from a plain run. */
export interface BenchRun {
  readonly data?: JsonObject;
  readonly host?: RecordingHost;
  readonly catalog?: ToolCatalog;
}

/** A runtime under test. */
export class RuntimeBench {
  constructor(
    readonly runtime: ScriptRuntime,
    readonly clock: Clock,
    /** Milliseconds to wait for what should be over. */
    readonly patienceMs: number,
  ) {}

  /** Always the same one. */
  get catalog(): ToolCatalog {
    return ToolCatalog.of(BENCH_TOOLS, this.runtime.reservedNames);
  }

  /** Closes the runtime. */
  async close(): Promise<void> {
    await within(this.clock, this.patienceMs, 'close', () => this.runtime.close?.());
  }

  /** A host that answers as the tools do, unless told otherwise. */
  host(options: RecordingHostOptions = {}): RecordingHost {
    return new RecordingHost({ answer: echo, found: this.catalog.bound, clock: this.clock, ...options });
  }

  /** Runs a script to its result. */
  async run(source: string, { data = {}, host = this.host(), catalog = this.catalog }: BenchRun = {}) {
    const result = await this.ended(async () => this.runtime.run({ source, data, catalog }, host));
    checkResult(result);
    return result;
  }

  /** What a check says; nothing where the runtime checks nothing. */
  async check(source: string, { data = {}, host = this.host(), catalog = this.catalog }: BenchRun = {}) {
    const script = { source, data, catalog };
    return within(this.clock, this.patienceMs, 'check', async () => this.runtime.check?.(script, host));
  }

  /** What a run comes to. */
  async ended(running: () => Promise<ScriptResult>): Promise<ScriptResult> {
    return within(this.clock, this.patienceMs, 'run', () =>
      running().catch((thrown: unknown): never => {
        throw new Error(`run: rejected (${thrownText(thrown)}), want a result`, { cause: thrown });
      }),
    );
  }

  /** Runs a script that answers this value. */
  async answers(source: string, value: Json, options?: BenchRun): Promise<void> {
    mustAnswer(await this.run(source, options), value);
  }
}

function echo({ args }: RecordedCall): { readonly json: Json } {
  return { json: args.text ?? null };
}

/** Throws unless the result is this value, in both forms. */
export function mustAnswer(result: ScriptResult, value: Json): void {
  must(result.ok, `run: failed (${failedText(result)}), want ${shown(value)}`);
  must(isSameJson(result.value, value), `value: got ${shown(result.value)}, want ${shown(value)}`);
  must(saysTheSame(result.text, value), `text: got ${result.text.slice(0, 100)}, want ${shown(value)}`);
}

/** Throws unless the result is a failure with one of these codes; answers the failure. */
export function mustFail(result: ScriptResult, codes: readonly string[]): Failure {
  const wanted = codes.join(' or ');
  must(!result.ok, `run: answered a value, want the failure ${wanted}`);
  must(codes.includes(result.error.code), `run: ${failedText(result)}, want the failure ${wanted}`);
  return result.error;
}

function failedText(result: ScriptResult): string {
  return result.ok ? 'ok' : `${result.error.code}: ${result.error.message}`.slice(0, 200);
}

/** The text is JSON of the value; integers that JavaScript cannot read stand there with all digits. */
function saysTheSame(text: string, value: Json): boolean {
  const digits = [...bigintsIn(value)];
  try {
    return (
      isSameJson(JSON.parse(text) as Json, withoutBigints(value)) &&
      digits.every((integer) => text.includes(String(integer)))
    );
  } catch {
    return false;
  }
}

function* bigintsIn(value: Json): Iterable<bigint> {
  if (typeof value === 'bigint') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const item of Object.values(value)) yield* bigintsIn(item);
}

function withoutBigints(value: Json): Json {
  if (typeof value === 'bigint') return Number(value);
  if (isJsonArray(value)) return value.map(withoutBigints);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutBigints(item)]));
}

function checkResult(result: ScriptResult): void {
  const { ok, text, error }: { ok?: unknown; text?: unknown; error?: Partial<Failure> } = { ...result };
  must(typeof ok === 'boolean', 'run: got no result with ok');
  if (ok) must(typeof text === 'string', 'run: got a value without its text');
  else {
    must(
      Object.hasOwn(ERROR_CODES, String(error?.code)),
      `run: got the code ${String(error?.code)}, want one of the table`,
    );
    must(typeof error?.message === 'string' && error.message !== '', 'run: got a failure without a message');
  }
}

/** Throws unless every place that a failure names is one of the script. */
export function mustPointInto(source: string, { position, backtrace = [], also = [] }: Failure): void {
  const lines = source.split('\n').map((line) => Array.from(line).length);
  const isWithin = ({ line, column }: Position): boolean =>
    [line, column].every((number) => Number.isInteger(number) && number >= 1) &&
    line <= lines.length &&
    column <= lines[line - 1]! + 1;
  const places = [position, ...backtrace, ...also.map((other) => other.position)];
  const outside = places.find((place) => place !== undefined && !isWithin(place));
  must(outside === undefined, `position: ${shown(outside)} is not in the script`);
}
