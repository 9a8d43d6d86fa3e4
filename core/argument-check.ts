/** Checks a call's arguments against the tool's input schema. */
import { nameFaults, schemaFault } from './argument-fault.js';
import { ToolscriptError } from './error.js';
import { isJsonArray, isJsonObject, setKey } from './json.js';
import type { Json, JsonObject } from './json.js';
import { ParameterList } from './parameter-list.js';
import { compileSchema } from './schema-validator.js';
import type { SchemaValidator } from './schema-validator.js';
import { fitsPlainly } from './plain-schema.js';
import type { ToolDefinition } from './tool-dispatcher.js';

/**
 * The parameters of one tool and the check of its arguments; the schema compiles when a check first needs it.
 *
 * A schema that cannot be used (it does not compile, points elsewhere, is huge, takes too long) never
 * costs the tool: names are checked as far as they can be read, values are left to the server behind it.
 */
export class ArgumentCheck {
  readonly parameters: ParameterList;
  readonly #tool: ToolDefinition;
  #validate: SchemaValidator | undefined;
  #unusable = false;
  #problem: string | undefined;

  constructor(tool: ToolDefinition) {
    this.#tool = tool;
    this.parameters = new ParameterList(tool.inputSchema);
  }

  /** Why values went unchecked, the last time that they did. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** The faults of the arguments as one error, or null. */
  check(args: JsonObject): ToolscriptError | null {
    const fault = nameFaults(args, this.parameters) || this.#valueFault(args);
    return fault === '' ? null : this.#error(fault);
  }

  #valueFault(args: JsonObject): string {
    if (this.#unusable || fitsPlainly(this.#tool.inputSchema, args)) return '';
    try {
      this.#validate ??= compileSchema(this.#tool.inputSchema);
    } catch (thrown) {
      this.#unusable = true;
      return this.#unchecked(thrown);
    }
    try {
      const faults = this.#validate(hasBigint(args) ? withoutBigints(args) : args);
      return faults.length === 0 ? '' : schemaFault(faults);
    } catch (thrown) {
      return this.#unchecked(thrown);
    }
  }

  #unchecked(thrown: unknown): string {
    this.#problem = `its input schema cannot be checked: ${reasonOf(thrown)}`;
    return '';
  }

  #error(fault: string): ToolscriptError {
    const { name } = this.#tool;
    const hint = parametersHint(this.parameters);
    return new ToolscriptError({
      code: 'tool/arguments',
      message: `call ${name}: ${fault}`,
      hint,
      tool: name,
    });
  }
}

function reasonOf(thrown: unknown): string {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return reason.slice(0, 200);
}

const MAX_HINTED = 20;

function parametersHint({ names, required }: ParameterList): string {
  if (names.length === 0) return 'it takes no parameters';
  const needed = new Set(required);
  const shown = names.slice(0, MAX_HINTED).map((name) => (needed.has(name) ? name : `${name} (optional)`));
  const rest = names.length > MAX_HINTED ? `, and ${String(names.length - MAX_HINTED)} more` : '';
  return `its parameters: ${shown.join(', ')}${rest}`;
}

function hasBigint(value: Json): boolean {
  if (isJsonArray(value)) return value.some(hasBigint);
  return isJsonObject(value) ? Object.values(value).some(hasBigint) : typeof value === 'bigint';
}

/** The same value with bigints as the nearest number: the validator knows no others. */
function withoutBigints(value: Json): Json {
  if (typeof value === 'bigint') return nearestNumber(value);
  if (isJsonArray(value)) return value.map(withoutBigints);
  if (!isJsonObject(value)) return value;
  const copy: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) setKey(copy, key, withoutBigints(item));
  return copy;
}

function nearestNumber(value: bigint): number {
  const number = Number(value);
  return Number.isFinite(number) ? number : Math.sign(number) * Number.MAX_VALUE;
}
