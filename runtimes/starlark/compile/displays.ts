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
import {
  COLLECTION_BYTES,
  Dict,
  List,
  StarlarkSet,
  Tuple,
  formatField,
  iterate,
  repr,
  sequenceBytes,
  typeName,
} from '../values/index.js';
import type { Budget, Value } from '../values/index.js';
import type { ExpressionCode } from './code.js';
import type { Compiler } from './compiler.js';
import { allocateAt, located } from './failure.js';
import { withOperands } from './operands.js';

/** `[a, b]` */
export function listCode(compiler: Compiler, node: ListExpression): ExpressionCode {
  const { budget } = compiler;
  if (node.elements.some(isStar))
    return spreadCode(compiler, node.elements, node.at, (items) => new List(items));
  const bytes = sequenceBytes(node.elements.length);
  return withOperands(compiler.machine, codesOf(compiler, node.elements), (values) => {
    allocateAt(budget, bytes, node.at);
    return new List(values);
  });
}

/** `(a, b)` */
export function tupleCode(compiler: Compiler, node: TupleExpression): ExpressionCode {
  const { budget } = compiler;
  if (node.elements.some(isStar))
    return spreadCode(compiler, node.elements, node.at, (items) => new Tuple(items));
  const bytes = sequenceBytes(node.elements.length);
  return withOperands(compiler.machine, codesOf(compiler, node.elements), (values) => {
    allocateAt(budget, bytes, node.at);
    return new Tuple(values);
  });
}

/** `{a, b}`: an element that is there already is left out. */
export function setCode(compiler: Compiler, node: SetExpression): ExpressionCode {
  const { budget } = compiler;
  return withOperands(compiler.machine, codesOf(compiler, node.elements.map(spread)), (values) => {
    const set = new StarlarkSet();
    values.forEach((value, i) => {
      const element = node.elements[i]!;
      try {
        const items = isStar(element) ? iterate(budget, value).slice() : [value];
        for (const item of items) set.add(budget, item);
      } catch (error) {
        throw located(error, element.at);
      }
    });
    return set;
  });
}

function isStar({ kind }: Expression): boolean {
  return kind === 'star';
}

/** What is evaluated of an element. */
function spread(element: Expression): Expression {
  return element.kind === 'star' ? element.value : element;
}

/** `[*a, b]` and `(*a, b)`: as many items as the values have. */
function spreadCode(
  compiler: Compiler,
  elements: readonly Expression[],
  at: number,
  make: (items: Value[]) => Value,
): ExpressionCode {
  const { budget } = compiler;
  return withOperands(compiler.machine, codesOf(compiler, elements.map(spread)), (values) => {
    const parts = values.map((value, i) => {
      const element = elements[i]!;
      if (!isStar(element)) return [value];
      try {
        return iterate(budget, value);
      } catch (error) {
        throw located(error, element.at);
      }
    });
    allocateAt(budget, sequenceBytes(parts.reduce((sum, part) => sum + part.length, 0)), at);
    return make(parts.flat());
  });
}

/** A dict display refuses a key that it has already; with `**` in it, the last one wins. */
export function dictCode(compiler: Compiler, node: DictExpression): ExpressionCode {
  const { budget } = compiler;
  const { entries } = node;
  if (entries.some(({ key }) => key === null)) return mergeCode(compiler, node);
  const parts = entries.flatMap(({ key, value }) => [key!, value]);
  return withOperands(compiler.machine, codesOf(compiler, parts), (values) => {
    allocateAt(budget, COLLECTION_BYTES, node.at);
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

/** `{**a, "k": 1}` */
function mergeCode(compiler: Compiler, { entries, at }: DictExpression): ExpressionCode {
  const { budget } = compiler;
  const parts = entries.flatMap(({ key, value }) => (key === null ? [value] : [key, value]));
  return withOperands(compiler.machine, codesOf(compiler, parts), (values) => {
    allocateAt(budget, COLLECTION_BYTES, at);
    const dict = new Dict();
    let next = 0;
    for (const entry of entries) {
      try {
        const key = entry.key === null ? null : values[next++]!;
        const value = values[next++]!;
        if (entry.key === null) merge(budget, dict, value);
        else dict.set(budget, key, value);
      } catch (error) {
        throw located(error, entry.at);
      }
    }
    return dict;
  });
}

function merge(budget: Budget, dict: Dict, more: Value): void {
  if (!(more instanceof Dict)) throw runtimeError(`argument after ** must be a dict, not ${typeName(more)}`);
  budget.step(more.size);
  for (const [key, value] of more.entries()) dict.set(budget, key, value);
}

function enter(budget: Budget, dict: Dict, key: Value, value: Value): void {
  const { size } = dict;
  if (typeof key === 'string') dict.setString(budget, key, value);
  else dict.set(budget, key, value);
  if (dict.size === size) throw runtimeError(`duplicate key: ${repr(budget, key)}`).as('ValueError');
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
