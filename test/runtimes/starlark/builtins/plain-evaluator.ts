/** Evaluates lines of expressions and assignments straight from the tree: just enough to call builtins. */
import { openMethod, openUniverse } from '../../../../runtimes/starlark/builtins/index.js';
import type { method } from '../../../../runtimes/starlark/builtins/index.js';
import { StarlarkError } from '../../../../runtimes/starlark/error.js';
import { OPEN_DIALECT, parse } from '../../../../runtimes/starlark/syntax/index.js';
import type { CallExpression, Expression, Program } from '../../../../runtimes/starlark/syntax/tree.js';
import {
  Bytes,
  Dict,
  Float,
  List,
  Tuple,
  binaryOperation,
  freeze,
  getAttribute,
  index,
  iterate,
  negate,
  slice,
} from '../../../../runtimes/starlark/values/index.js';
import type { Value } from '../../../../runtimes/starlark/values/index.js';
import { PlainThread, TestFunction } from './plain-thread.js';

/** Which builtins and methods there are. */
export interface Scope {
  readonly universe: ReadonlyMap<string, Value>;
  readonly method: typeof method;
}

export const OPEN: Scope = { universe: openUniverse, method: openMethod };

/** Runs the source; the value of the last line is the answer. */
export function evaluate(source: string, scope: Scope = OPEN, thread = new PlainThread()): Value {
  return new Evaluator(scope, thread).run(parse(source, OPEN_DIALECT));
}

class Evaluator {
  constructor(
    private readonly scope: Scope,
    private readonly thread: PlainThread,
    private readonly names: ReadonlyMap<string, Value> = new Map(),
  ) {}

  run({ body }: Program): Value {
    const names = new Map<string, Value>([
      ...this.scope.universe,
      ['freeze', new TestFunction('freeze', frozen)],
      ['iterating', new TestFunction('iterating', iterating)],
    ]);
    const inside = new Evaluator(this.scope, this.thread, names);
    let last: Value = null;
    for (const statement of body) {
      if (statement.kind === 'assign' && statement.target.kind === 'identifier') {
        names.set(statement.target.name, inside.value(statement.value));
      } else if (statement.kind === 'expression') last = inside.value(statement.expression);
      else throw new Error(`a plain evaluator knows no ${statement.kind}`);
    }
    return last;
  }

  private value(node: Expression): Value {
    const { budget } = this.thread;
    switch (node.kind) {
      case 'literal':
        return literal(node.value);
      case 'identifier':
        return this.names.get(node.name) ?? this.constant(node.name);
      case 'list':
        return new List(node.elements.map((element) => this.value(element)));
      case 'tuple':
        return new Tuple(node.elements.map((element) => this.value(element)));
      case 'dict': {
        const dict = new Dict();
        for (const { key, value } of node.entries) dict.set(budget, this.part(key), this.value(value));
        return dict;
      }
      case 'unary':
        return negate(budget, this.value(node.operand));
      case 'binary':
        return binaryOperation(node.operator)(budget, this.value(node.left), this.value(node.right));
      case 'index':
        return index(budget, this.value(node.object), this.value(node.index));
      case 'slice':
        return slice(
          budget,
          this.value(node.object),
          this.part(node.low),
          this.part(node.high),
          this.part(node.step),
        );
      case 'dot':
        return this.attribute(this.value(node.object), node.name);
      case 'call':
        return this.call(node);
      case 'lambda':
        return this.lambda(node.function);
      default:
        throw new Error(`a plain evaluator knows no ${node.kind}`);
    }
  }

  private part(node: Expression | null): Value {
    return node === null ? null : this.value(node);
  }

  private constant(name: string): Value {
    if (this.names.has(name)) return null;
    throw new Error(`no ${name}`);
  }

  private attribute(value: Value, name: string): Value {
    const found = getAttribute(value, name);
    if (found !== undefined) return found;
    const body = this.scope.method(value, name);
    if (body === undefined) throw new StarlarkError('script/runtime', `no .${name}`);
    return new TestFunction(name, (...args) => body(this.thread, value, args, []) as Value);
  }

  private call({ callee, positional, named }: CallExpression): Value {
    const { budget } = this.thread;
    const args = positional.flatMap((arg) =>
      arg.kind === 'star' ? iterate(budget, this.value(arg.value)) : [this.value(arg)],
    );
    const entries = named.flatMap(({ name, value }): (readonly [string, Value])[] =>
      name === null
        ? ([...(this.value(value) as Dict).entries()] as [string, Value][])
        : [[name, this.value(value)]],
    );
    const names = entries.map(([name]) => name);
    args.push(...entries.map(([, value]) => value));
    if (callee.kind === 'dot') {
      const self = this.value(callee.object);
      const body = this.scope.method(self, callee.name);
      if (body !== undefined) return body(this.thread, self, args, names) as Value;
    }
    return this.thread.call(this.value(callee), args, names) as Value;
  }

  private lambda({ parameters, body }: Extract<Expression, { kind: 'lambda' }>['function']): Value {
    const [statement] = body;
    if (statement?.kind !== 'return' || statement.value === null) throw new Error('a lambda returns');
    const expression = statement.value;
    return new TestFunction('lambda', (...args) => {
      const names = new Map(this.names);
      parameters.forEach(({ name }, at) => names.set(name.name, args[at]!));
      return new Evaluator(this.scope, this.thread, names).value(expression);
    });
  }
}

function literal(value: Extract<Expression, { kind: 'literal' }>['value']): Value {
  if (typeof value !== 'object') return value;
  return 'float' in value ? new Float(value.float) : new Bytes(value.bytes);
}

function frozen(value: Value): Value {
  freeze(value);
  return value;
}

/** As inside of a loop over the collection. */
function iterating(value: Value): Value {
  (value as List).iterators++;
  return value;
}
