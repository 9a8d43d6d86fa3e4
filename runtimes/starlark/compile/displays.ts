/** `[…]`, `(…)`, `{…}` and f-strings. */
import type {
  DictExpression,
  Expression,
  FormatPart,
  FormatString,
  ListExpression,
  SetExpression,
  TupleExpression,
} from '../syntax/tree.js';
import { runtimeError } from '../error.js';
import { Dict, List, StarlarkSet, Tuple, formatField, repr } from '../values/index.js';
import type { Budget, Value } from '../values/index.js';
import type { ExpressionCode } from './code.js';
import type { Compiler } from './compiler.js';
import { allocateAt, located } from './failure.js';
import { withOperands } from './operands.js';

/** Bytes of a sequence of so many values. */
function sequenceBytes(length: number): number {
  return 32 + 8 * length;
}

/** `[a, b]` */
export function listCode(compiler: Compiler, node: ListExpression): ExpressionCode {
  const { budget } = compiler;
  const bytes = sequenceBytes(node.elements.length);
  return withOperands(compiler.machine, codesOf(compiler, node.elements), (values) => {
    allocateAt(budget, bytes, node.at);
    return new List(values);
  });
}

/** `(a, b)` */
export function tupleCode(compiler: Compiler, node: TupleExpression): ExpressionCode {
  const { budget } = compiler;
  const bytes = sequenceBytes(node.elements.length);
  return withOperands(compiler.machine, codesOf(compiler, node.elements), (values) => {
    allocateAt(budget, bytes, node.at);
    return new Tuple(values);
  });
}

/** `{a, b}`: an element that is there already is left out. */
export function setCode(compiler: Compiler, node: SetExpression): ExpressionCode {
  const { budget } = compiler;
  return withOperands(compiler.machine, codesOf(compiler, node.elements), (values) => {
    const set = new StarlarkSet();
    values.forEach((value, i) => {
      try {
        set.add(budget, value);
      } catch (error) {
        throw located(error, node.elements[i]!.at);
      }
    });
    return set;
  });
}

/** A dict display refuses a key that it has already. */
export function dictCode(compiler: Compiler, node: DictExpression): ExpressionCode {
  const { budget } = compiler;
  const { entries } = node;
  const parts = entries.flatMap((entry) => [entry.key, entry.value]);
  return withOperands(compiler.machine, codesOf(compiler, parts), (values) => {
    allocateAt(budget, 64, node.at);
    const dict = new Dict();
    for (let i = 0; i < entries.length; i++) {
      try {
        enter(budget, dict, values[2 * i]!, values[2 * i + 1]!);
      } catch (error) {
        throw located(error, entries[i]!.at);
      }
    }
    return dict;
  });
}

function enter(budget: Budget, dict: Dict, key: Value, value: Value): void {
  const { size } = dict;
  if (typeof key === 'string') dict.setString(budget, key, value);
  else dict.set(budget, key, value);
  if (dict.size === size) throw runtimeError(`duplicate key: ${repr(budget, key)}`);
}

function codesOf(compiler: Compiler, nodes: readonly Expression[]): ExpressionCode[] {
  return nodes.map((node) => compiler.expression(node));
}

/** Assembles text from values that are taken in order. */
type Assemble = (values: readonly Value[], next: { index: number }) => string;

/** `f"…{x:spec}…"`: a field, then the fields of its spec, from left to right. */
export function formatStringCode(compiler: Compiler, node: FormatString): ExpressionCode {
  const { budget } = compiler;
  const operands: ExpressionCode[] = [];
  const assemble = assembly(compiler, node.parts, operands, node.at);
  return withOperands(compiler.machine, operands, (values) => {
    const text = assemble(values, { index: 0 });
    allocateAt(budget, 16 + 2 * text.length, node.at);
    return text;
  });
}

function assembly(
  compiler: Compiler,
  parts: readonly FormatPart[],
  operands: ExpressionCode[],
  at: number,
): Assemble {
  const pieces = parts.map((part): Assemble =>
    typeof part === 'string' ? () => part : field(compiler, part, operands, at),
  );
  return (values, next) => {
    let text = '';
    for (const piece of pieces) text += piece(values, next);
    return text;
  };
}

function field(
  compiler: Compiler,
  part: Exclude<FormatPart, string>,
  operands: ExpressionCode[],
  at: number,
): Assemble {
  const { budget } = compiler;
  const conversion = part.conversion ?? '';
  operands.push(compiler.expression(part.expression));
  const spec = part.spec === null ? null : assembly(compiler, part.spec, operands, at);
  return (values, next) => {
    const value = values[next.index++]!;
    const layout = spec === null ? '' : spec(values, next);
    try {
      return formatField(budget, value, conversion, layout);
    } catch (error) {
      throw located(error, part.expression.at);
    }
  };
}
