/**
 * Finds calls and attributes that cannot succeed, before anything runs: a tool that is not there, a
 * parameter that is missing, unknown, given twice or given a value of the wrong type, a method that the
 * type does not have.
 *
 * Only what the text proves is told. The resolver hands over every call and every dot; what stands
 * before the parenthesis or the dot, and the arguments, are glimpsed (see `glimpser.ts`), and whoever made
 * the function judges them by its {@link CallCheck}. Where a part is not known, it is taken for right.
 * A line that never runs is judged like any other: it is a fault of the text.
 */
import { StarlarkError, runtimeError } from '../error.js';
import type { Faults, Met } from '../resolve/index.js';
import type { CallExpression, DotExpression } from '../syntax/tree.js';
import { attributeError, isNoFunction, judge, sampleOf, typeName } from '../values/index.js';
import type { CallFault, Glimpse, Value } from '../values/index.js';
import { Glimpser } from './glimpser.js';
import type { Known } from './known.js';
import { startOf } from './start.js';

/** Calls, and dots, that are judged in one script. */
const MOST_NODES = 2_000;
/** Faults after which no more are sought. */
const ENOUGH = 20;

/** The look over one script. */
export class Preflight {
  private readonly glimpser: Glimpser;
  private found = 0;

  constructor(
    private readonly known: Known,
    private readonly faults: Faults,
  ) {
    this.glimpser = new Glimpser(known);
  }

  /** Adds what it finds to the faults; in the order of the text, so that the first are always told. */
  inspect({ calls, dots }: Met): void {
    for (const dot of inOrder(dots)) this.dot(dot);
    this.found = 0;
    for (const call of inOrder(calls)) this.call(call);
  }

  private dot({ object, name, at }: DotExpression): void {
    if (this.found >= ENOUGH) return;
    const value = sampleOf(this.glimpser.value(object));
    if (value === undefined || this.known.method(value, name) !== undefined) return;
    if (!this.known.mayHaveField(value, name)) {
      const { memberHints } = this.known;
      this.tell({ error: attributeError(value, name, this.known.methodNames(value), memberHints) }, at);
    }
  }

  private call(node: CallExpression): void {
    if (this.found >= ENOUGH) return;
    const callee = this.glimpser.glimpse(node.callee);
    for (const fault of this.callFaults(callee, node)) this.tell(fault, startOf(node));
  }

  private callFaults(callee: Glimpse, node: CallExpression): readonly CallFault[] {
    if (callee.kind === 'unknown') return [];
    if (isNoFunction(callee)) return [{ error: notCallable(sampleOf(callee)!) }];
    return judge(callee, this.glimpser.call(node));
  }

  private tell({ error, argument }: CallFault, at: number): void {
    this.found++;
    this.faults.other(placed(error, argument?.at ?? at));
  }
}

function inOrder<T extends { readonly at: number }>(nodes: readonly T[]): readonly T[] {
  return [...nodes].sort((x, y) => x.at - y.at).slice(0, MOST_NODES);
}

function notCallable(callee: Value): StarlarkError {
  return runtimeError(`invalid call of non-function (${typeName(callee)})`);
}

/** The error where it is told: what would be a failure while running is known before. */
function placed({ code, message, hint, tool }: StarlarkError, at: number): StarlarkError {
  const known = code === 'script/runtime' ? 'script/name' : code;
  const details = { ...(hint !== undefined && { hint }), ...(tool !== undefined && { tool }) };
  return new StarlarkError(known, message, { at, ...details });
}
