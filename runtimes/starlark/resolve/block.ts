/** Lexical blocks, and what a name means in one. */
import type { Binding, Expression, FunctionNode, FunctionScope, Variable } from '../syntax/tree.js';

/** A binding to a variable, as the block sees it that has the name. */
type VariableBinding = Exclude<Binding, { kind: 'predeclared' | 'universal' }>;

/**
 * The script, a function, or a comprehension. A comprehension's variables have slots in the frame of
 * the function around it, but names of their own.
 */
export class Block {
  readonly outer: Block | null;
  /** Where its variables have their slots. */
  readonly scope: FunctionScope;
  /** How many functions are around it; 0 is the script itself. */
  readonly depth: number;
  private readonly names = new Map<string, VariableBinding>();

  private constructor(outer: Block | null, scope: FunctionScope, depth: number) {
    this.outer = outer;
    this.scope = scope;
    this.depth = depth;
  }

  /** The block of a function, or of the script where there is none around it. */
  static ofFunction(outer: Block | null, scope: FunctionScope): Block {
    return new Block(outer, scope, outer === null ? 0 : outer.depth + 1);
  }

  /** The block of a comprehension. */
  static ofComprehension(outer: Block): Block {
    return new Block(outer, outer.scope, outer.depth);
  }

  /** The variable of this block, if it has one of this name. */
  own(name: string): Variable | undefined {
    return this.names.get(name)?.variable;
  }

  /** Whether this block, or one around it within the same function, is a comprehension that binds the name. */
  isOfComprehension(name: string): boolean {
    if (this.outer === null || this.outer.scope !== this.scope) return false;
    return this.names.has(name) || this.outer.isOfComprehension(name);
  }

  /** The names of this block. */
  ownNames(): Iterable<string> {
    return this.names.keys();
  }

  /** Gives a variable the next slot. Its first binding is yet to be counted. */
  add(name: string, initial: Variable['initial']): Variable {
    const { variables } = this.scope;
    const variable: Variable = {
      name,
      slot: variables.length,
      captured: false,
      bindings: 0,
      definition: null,
      value: null,
      initial,
    };
    variables.push(variable);
    this.names.set(name, { kind: 'local', variable });
    return variable;
  }

  /** Lets a name mean a variable of a block further out; undefined where `from` does not have it. */
  adopt(name: string, from: Block): Variable | undefined {
    const found = from.names.get(name);
    if (found === undefined) return undefined;
    const seen = from.seenFrom(this.depth, found);
    this.names.set(name, seen);
    return seen.variable;
  }

  /** What a name means here, going outwards; undefined where no block has it. */
  lookUp(name: string): Binding | undefined {
    const own = this.names.get(name);
    if (own !== undefined) return own;
    for (let { outer } = this; outer !== null; outer = outer.outer) {
      const found = outer.names.get(name);
      if (found !== undefined) {
        if (outer.outer !== null && outer.depth < this.depth) this.keep(found.variable, outer.depth);
        return outer.seenFrom(this.depth, found);
      }
    }
    return undefined;
  }

  /** Notes for every function on the way out that it keeps a variable of the function at that depth. */
  private keep(variable: Variable, depth: number): void {
    this.scope.free.set(variable, this.depth - depth);
    for (let { outer } = this; outer !== null && outer.depth > depth; outer = outer.outer) {
      outer.scope.free.set(variable, outer.depth - depth);
    }
  }

  /** A binding of this block as it is seen from as deep as this. */
  private seenFrom(depth: number, binding: VariableBinding): VariableBinding {
    if (depth === this.depth || binding.kind === 'global') return binding;
    const { variable } = binding;
    variable.captured = true;
    if (this.depth === 0) return { kind: 'global', variable };
    const further = binding.kind === 'free' ? binding.depth : 0;
    return { kind: 'free', depth: depth - this.depth + further, variable };
  }
}

/** Counts one more place that binds a variable, and keeps what is known of its value. */
export function countBinding(
  variable: Variable,
  definition: FunctionNode | null = null,
  value: Expression | null = null,
): void {
  variable.bindings++;
  const isOnly = variable.bindings === 1 && variable.initial === null;
  variable.definition = isOnly ? definition : null;
  variable.value = isOnly ? value : null;
}
