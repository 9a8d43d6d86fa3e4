/** Checks a call's arguments against the tool's input schema. */
import { nameFaults, schemaFault } from './argument-fault.js';
import { ToolscriptError } from './error.js';
import type { JsonObject } from './json.js';
import { knownToFit, SingleArgumentCheck } from './known-argument.js';
import type { KnownArgument } from './known-argument.js';
import { withoutBigints } from './nearest-number.js';
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
  #single: SingleArgumentCheck | undefined;
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

  /** The faults of names alone; with `more`, others may be given too. */
  checkNames(names: readonly string[], more: boolean): ToolscriptError | null {
    const { open, required } = this.parameters;
    const given = Object.fromEntries(names.map((name) => [name, null]));
    const fault = nameFaults(given, { names: this.parameters.names, open, required: more ? [] : required });
    return fault === '' ? null : this.#error(fault);
  }

  /** The fault of one argument, whatever the others are, or null. */
  checkOne(name: string, known: KnownArgument): ToolscriptError | null {
    const { schema } = this.parameters;
    if (knownToFit(schema, name, known) || !this.#isUsable()) return null;
    this.#single ??= new SingleArgumentCheck(this.#tool.inputSchema, schema);
    const fault = this.#single.fault(name, known);
    return fault === '' ? null : this.#error(fault);
  }

  /** Whether the whole schema compiles: where it does not, nothing of a value is said. */
  #isUsable(): boolean {
    if (this.#unusable) return false;
    try {
      this.#validate ??= compileSchema(this.#tool.inputSchema);
      return true;
    } catch (thrown) {
      this.#unusable = true;
      this.#unchecked(thrown);
      return false;
    }
  }

  #valueFault(args: JsonObject): string {
    if (this.#unusable || fitsPlainly(this.#tool.inputSchema, args)) return '';
    if (!this.#isUsable()) return '';
    try {
      const faults = this.#validate!(withoutBigints(args));
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
