/** The runtimes of a composition, by the language of their scripts. The first is the default. */
import { ToolscriptError } from './error.js';
import { inject, injectable, TOKENS } from './injection.js';
import { didYouMean } from './nearest-name.js';
import type { ScriptRuntime } from './script-runtime.js';
import { cutText } from './short-text.js';
import { typeMet } from './type-name.js';

const MAX_NAME = 80;

/** Chooses runtimes. */
@injectable()
export class Languages {
  /** The names of the languages, the default first. */
  readonly names: readonly string[];
  /** What runs scripts of the default language. */
  readonly default: ScriptRuntime;
  readonly #runtimes: ReadonlyMap<string, ScriptRuntime>;

  constructor(@inject(TOKENS.runtimes) runtimes: readonly ScriptRuntime[]) {
    this.#runtimes = new Map(runtimes.map((runtime) => [languageOf(runtime), runtime]));
    this.names = [...this.#runtimes.keys()];
    this.default = runtimes[0]!;
  }

  /** The runtimes of these languages, in their order. */
  of(names: readonly string[]): readonly ScriptRuntime[] {
    return names.flatMap((name) => this.#runtimes.get(name) ?? []);
  }

  /**
   * What runs a script of the language that is asked for, where only some are allowed: without one, the first
   * of these. Throws `tool/arguments` for any other, and `limit/refused` when none is allowed.
   */
  chosen(asked: unknown, allowed: readonly string[]): ScriptRuntime {
    const name = asked ?? allowed[0];
    if (name === undefined) throw noLanguage();
    const runtime = typeof name === 'string' && allowed.includes(name) ? this.#runtimes.get(name) : undefined;
    if (runtime === undefined) throw unknownLanguage(name, allowed);
    return runtime;
  }
}

/** The language that a runtime's scripts are written in. */
export function languageOf({ language, name }: ScriptRuntime): string {
  return language ?? name;
}

function unknownLanguage(asked: unknown, allowed: readonly string[]): ToolscriptError {
  const met =
    typeof asked === 'string'
      ? `no language named ${JSON.stringify(cutText(asked, MAX_NAME))}${didYouMean(asked, allowed)}`
      : `language is ${typeMet(asked)}, want a string`;
  return new ToolscriptError({
    code: 'tool/arguments',
    message: `run: ${met}`,
    hint: `the languages: ${allowed.join(', ')}`,
  });
}

function noLanguage(): ToolscriptError {
  return new ToolscriptError({ code: 'limit/refused', message: 'run: the policy leaves no language' });
}
