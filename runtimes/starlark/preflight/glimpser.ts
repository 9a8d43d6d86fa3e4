/**
 * Reads from an expression what its text alone proves of its value.
 *
 * A variable is what it is bound to where that is its only binding; of a list or dict that it holds, only
 * the type is sure, since what is in it may change. An expression that may fail is read as if it did not:
 * then nothing after it matters.
 */
import {
  Builtin,
  Float,
  Module,
  SAMPLES,
  getAttribute,
  literalValue,
  makeInteger,
  sampleOf,
  typeName,
} from '../values/index.js';
import type { CallCheck, Glimpse, GlimpsedCall, GlimpsedValue, Value } from '../values/index.js';
import type {
  BinaryExpression,
  CallExpression,
  DotExpression,
  Expression,
  Identifier,
  Variable,
} from '../syntax/tree.js';
import { functionCheck } from './function-check.js';
import type { Known } from './known.js';
import { FUNCTION_RESULTS, methodResult } from './result-types.js';
import { startOf } from './start.js';

/** Levels of an expression, variables included, that are looked into. */
const LEVELS = 40;
/** Units of a text that is put together from several. */
const LONGEST_TEXT = 1_000;

const UNKNOWN: GlimpsedValue = { kind: 'unknown' };
const NO_CHECK: CallCheck = () => [];

/** Glimpses the expressions of one script. */
export class Glimpser {
  private readonly variables = new Map<Variable, GlimpsedValue>();
  private level = 0;

  constructor(private readonly known: Known) {}

  /** What is known of an expression. */
  glimpse(node: Expression): Glimpse {
    return placed(this.seen(node), startOf(node));
  }

  /** The same without its place. */
  value(node: Expression): GlimpsedValue {
    return this.seen(node);
  }

  /** What is known of the arguments of a call. Those after a `*args` may stand for any parameter. */
  call({ positional, named }: CallExpression): GlimpsedCall {
    const star = positional.findIndex(({ kind }) => kind === 'star');
    const sure = star < 0 ? positional : positional.slice(0, star);
    const args = sure.map((argument) => this.glimpse(argument));
    const names: string[] = [];
    for (const { name, value, at } of named) {
      if (name === null) continue;
      names.push(name);
      args.push(placed(this.seen(value), at));
    }
    return { args, names, more: star >= 0 || names.length < named.length };
  }

  private seen(node: Expression): GlimpsedValue {
    if (this.level >= LEVELS) return UNKNOWN;
    this.level++;
    const seen = this.look(node);
    this.level--;
    return seen;
  }

  private look(node: Expression): GlimpsedValue {
    switch (node.kind) {
      case 'literal':
        return { kind: 'value', value: literalValue(node.value) };
      case 'identifier':
        return this.name(node);
      case 'format-string':
        return typed(SAMPLES.string);
      case 'list':
      case 'tuple':
        return { kind: node.kind, items: node.elements.map((element) => this.glimpse(element)) };
      case 'set':
        return typed(SAMPLES.set);
      case 'dict':
        return {
          kind: 'dict',
          entries: node.entries.map(({ key, value }) => [
            key === null ? { kind: 'unknown', at: value.at } : this.glimpse(key),
            this.glimpse(value),
          ]),
        };
      case 'comprehension':
        return node.makes === 'list'
          ? { kind: 'each', item: this.glimpse(node.body) }
          : typed(SAMPLES[node.makes]);
      case 'lambda':
        return { kind: 'function', check: functionCheck(node.function) };
      case 'binary':
        return this.binary(node);
      case 'comparison-chain':
        return typed(SAMPLES.bool);
      case 'assignment':
        return this.seen(node.value);
      case 'unary':
        return node.operator === 'not' ? typed(SAMPLES.bool) : signed(node.operator, this.seen(node.operand));
      case 'conditional':
        return common(this.seen(node.whenTrue), this.seen(node.whenFalse));
      case 'slice':
        return sliced(this.seen(node.object));
      case 'dot':
        return this.dot(node);
      case 'call':
        return this.result(node);
      default:
        return UNKNOWN;
    }
  }

  // ── names ─────────────────────────────────────────────────────────────────────────────────────

  private name({ binding }: Identifier): GlimpsedValue {
    if (binding === null) return UNKNOWN;
    switch (binding.kind) {
      case 'predeclared':
        return fixed(this.known.predeclared(binding.name));
      case 'universal':
        return constant(this.known.universal(binding.name));
      default:
        return this.variable(binding.variable);
    }
  }

  private variable(variable: Variable): GlimpsedValue {
    const known = this.variables.get(variable);
    if (known !== undefined) return known;
    this.variables.set(variable, UNKNOWN);
    const seen = this.bound(variable);
    this.variables.set(variable, seen);
    return seen;
  }

  private bound({ definition, value }: Variable): GlimpsedValue {
    if (definition !== null) return { kind: 'function', check: functionCheck(definition) };
    return value === null ? UNKNOWN : lasting(this.seen(value));
  }

  private dot({ object, name }: DotExpression): GlimpsedValue {
    const value = sampleOf(this.seen(object));
    if (value === undefined) return UNKNOWN;
    const method = this.known.method(value, name);
    if (method !== undefined) return { kind: 'function', check: method.check ?? NO_CHECK };
    return fixed(getAttribute(value, name));
  }

  // ── what is computed ──────────────────────────────────────────────────────────────────────────

  private result({ callee }: CallExpression): GlimpsedValue {
    if (callee.kind === 'identifier' && callee.binding?.kind === 'universal') {
      return typed(FUNCTION_RESULTS.get(callee.name));
    }
    if (callee.kind !== 'dot') return UNKNOWN;
    const self = sampleOf(this.seen(callee.object));
    return self === undefined ? UNKNOWN : typed(methodResult(self, callee.name));
  }

  private binary({ operator, left, right }: BinaryExpression): GlimpsedValue {
    if (COMPARISONS.has(operator)) return typed(SAMPLES.bool);
    const x = this.seen(left);
    if (operator === '%' && isOf(x, 'string')) return typed(SAMPLES.string);
    const y = this.seen(right);
    if (operator === '+' && isOf(x, 'string') && isOf(y, 'string')) return joined(x, y);
    const isSum = operator === '+' && (isOf(x, 'list') || isOf(x, 'tuple'));
    return isSum || INTEGER_OPERATORS.has(operator) ? sameType(x, y) : UNKNOWN;
  }
}

const COMPARISONS: ReadonlySet<string> = new Set([
  '==',
  '!=',
  '<',
  '>',
  '<=',
  '>=',
  'in',
  'not in',
  'is',
  'is not',
]);
const INTEGER_OPERATORS: ReadonlySet<string> = new Set(['+', '-', '*', '//', '%']);

/** Written out, for a copy by spreading is slow. */
function placed(seen: GlimpsedValue, at: number): Glimpse {
  switch (seen.kind) {
    case 'unknown':
      return { kind: 'unknown', at };
    case 'typed':
      return { kind: 'typed', sample: seen.sample, at };
    case 'value':
      return { kind: 'value', value: seen.value, at };
    case 'each':
      return { kind: 'each', item: seen.item, at };
    case 'dict':
      return { kind: 'dict', entries: seen.entries, at };
    case 'function':
      return { kind: 'function', check: seen.check, at };
    default:
      return { kind: seen.kind, items: seen.items, at };
  }
}

function typed(sample: Value | undefined): GlimpsedValue {
  return sample === undefined ? UNKNOWN : { kind: 'typed', sample };
}

/** A value that the host gives: sure of functions and modules only, for data is not the text's to tell. */
function fixed(value: Value | undefined): GlimpsedValue {
  return value instanceof Builtin || value instanceof Module ? { kind: 'value', value } : UNKNOWN;
}

/** A value of the language. */
function constant(value: Value | undefined): GlimpsedValue {
  return value === null || typeof value === 'boolean' ? { kind: 'value', value } : fixed(value);
}

/** What is sure of a variable at any time, given what it is bound to. */
function lasting(seen: GlimpsedValue): GlimpsedValue {
  switch (seen.kind) {
    case 'list':
    case 'each':
      return typed(SAMPLES.list);
    case 'tuple':
    case 'dict':
      return typed(SAMPLES[seen.kind]);
    default:
      return seen;
  }
}

function signed(operator: '-' | '+' | '~', seen: GlimpsedValue): GlimpsedValue {
  if (seen.kind !== 'value' || operator === '~') return UNKNOWN;
  const { value } = seen;
  if (typeof value !== 'number' && typeof value !== 'bigint' && !(value instanceof Float)) return UNKNOWN;
  if (operator === '+') return seen;
  return { kind: 'value', value: value instanceof Float ? new Float(-value.value) : makeInteger(-value) };
}

function joined(x: GlimpsedValue, y: GlimpsedValue): GlimpsedValue {
  const [first, second] = [sampleOf(x), sampleOf(y)];
  if (x.kind !== 'value' || y.kind !== 'value' || typeof first !== 'string' || typeof second !== 'string')
    return typed(SAMPLES.string);
  const text = first + second;
  return text.length > LONGEST_TEXT ? typed(SAMPLES.string) : { kind: 'value', value: text };
}

function sliced(seen: GlimpsedValue): GlimpsedValue {
  return isOf(seen, 'string') || isOf(seen, 'list') ? typed(sampleOf(seen)) : UNKNOWN;
}

/** The type of both, where it is one. */
function common(x: GlimpsedValue, y: GlimpsedValue): GlimpsedValue {
  const [first, second] = [sampleOf(x), sampleOf(y)];
  if (first === undefined || second === undefined || typeName(first) !== typeName(second)) return UNKNOWN;
  const type = typeName(first);
  return Object.hasOwn(SAMPLES, type) && type !== 'function' ? typed(SAMPLES[type as 'string']) : UNKNOWN;
}

/** The type of an operation on two of one type. Floats and ints mixed are left unknown. */
function sameType(x: GlimpsedValue, y: GlimpsedValue): GlimpsedValue {
  return ['int', 'list', 'tuple'].some((type) => isOf(x, type) && isOf(y, type)) ? common(x, y) : UNKNOWN;
}

function isOf(seen: GlimpsedValue, type: string): boolean {
  const sample = sampleOf(seen);
  return sample !== undefined && typeName(sample) === type;
}
