/**
 * What is assigned to: names, elements, fields of values of the host, and lists or tuples of targets.
 *
 * A target takes its value from whoever evaluated it, and may suspend, because the parts of an element
 * (`x[f()] = …`) are expressions themselves.
 */
import type { DotExpression, Expression, Identifier, IndexExpression } from '../syntax/tree.js';
import { PENDING, Tuple, setAttribute, setIndex, unpack, unpackAround } from '../values/index.js';
import type { Budget, Value } from '../values/index.js';
import type { Compiler } from './compiler.js';
import type { Completion } from './completion.js';
import { failAt, located } from './failure.js';
import { placeOf } from './frame.js';
import type { Frame } from './frame.js';

/** A target, compiled. */
export interface Target {
  readonly suspends: boolean;
  readonly weight: number;
  /** The place of a variable of the frame at hand, else 0. */
  readonly place: number;
  /** Completes normally, or suspends. */
  readonly assign: (frame: Frame, value: Value) => Completion;
}

/** A target; `at` is the assignment. */
export function targetOf(compiler: Compiler, node: Expression, at: number): Target {
  switch (node.kind) {
    case 'identifier':
      return nameTarget(compiler, node);
    case 'index':
      return elementTarget(compiler, node);
    case 'list':
    case 'tuple':
      return unpackingTarget(compiler, node.elements, at);
    case 'dot':
      return fieldTarget(compiler, node);
    default:
      return failAt(node.at, `assign: a ${node.kind} is no target`);
  }
}

function nameTarget(compiler: Compiler, node: Identifier): Target {
  const { binding } = node;
  if (binding?.kind === 'local') {
    const place = placeOf(binding.variable);
    return { suspends: false, weight: 1, place, assign: (frame, value) => void (frame[place] = value) };
  }
  if (binding?.kind === 'free') return freeTarget(binding.depth, placeOf(binding.variable));
  if (binding?.kind !== 'global')
    return failAt(node.at, `assign: ${node.name} is no variable of this function`);
  const { globals } = compiler;
  const place = placeOf(binding.variable);
  return { suspends: false, weight: 1, place: 0, assign: (_frame, value) => void (globals[place] = value) };
}

/** A variable of a function around this one. */
function freeTarget(depth: number, place: number): Target {
  const assign = (frame: Frame, value: Value): Completion => {
    let up = frame;
    for (let i = 0; i < depth; i++) up = up[0] as Frame;
    up[place] = value;
    return undefined;
  };
  return { suspends: false, weight: 1, place: 0, assign };
}

function elementTarget(compiler: Compiler, node: IndexExpression): Target {
  const { machine, budget } = compiler;
  const object = compiler.expression(node.object);
  const key = compiler.expression(node.index);
  const weight = object.weight + key.weight + 1;
  const [first, second] = [object.run, key.run];
  const withKey = (x: Value, value: Value, y: Value): Completion => setElement(budget, x, y, value, node.at);
  const withObject = (frame: Frame, value: Value, x: Value): Completion => {
    const y = second(frame);
    return y === PENDING ? machine.later(withKey, x, value) : withKey(x, value, y);
  };
  const assign = (frame: Frame, value: Value): Completion => {
    const x = first(frame);
    return x === PENDING ? machine.later(withObject, frame, value) : withObject(frame, value, x);
  };
  return { suspends: object.suspends || key.suspends, weight, place: 0, assign };
}

/** `x[i] = value`, at a place of the script. */
export function setElement(budget: Budget, x: Value, i: Value, value: Value, at: number): Completion {
  try {
    setIndex(budget, x, i, value);
    return undefined;
  } catch (error) {
    throw located(error, at);
  }
}

function fieldTarget(compiler: Compiler, node: DotExpression): Target {
  const object = compiler.expression(node.object);
  const { machine } = compiler;
  const set = (value: Value, x: Value): Completion => setField(x, node.name, value, node.at);
  return {
    suspends: object.suspends,
    weight: object.weight + 1,
    place: 0,
    assign: (frame, value) => {
      const x = object.run(frame);
      return x === PENDING ? machine.later(set, value) : set(value, x);
    },
  };
}

/** `x.name = value`, at a place of the script. */
export function setField(x: Value, name: string, value: Value, at: number): Completion {
  try {
    setAttribute(x, name, value);
    return undefined;
  } catch (error) {
    throw located(error, at);
  }
}

function unpackingTarget(compiler: Compiler, nodes: readonly Expression[], at: number): Target {
  const { machine, budget } = compiler;
  const star = nodes.findIndex(({ kind }) => kind === 'star');
  const targets = nodes.map((node) => targetOf(compiler, node.kind === 'star' ? node.value : node, at));
  const assigns = targets.map((target) => target.assign);
  const assignFrom = (frame: Frame, values: readonly Value[], start: number): Completion => {
    for (let i = start; i < assigns.length; i++) {
      if (assigns[i]!(frame, values[i]!) === PENDING) {
        return machine.after(goOn, frame, values, i + 1);
      }
    }
    return undefined;
  };
  const goOn = (frame: Frame, values: readonly Value[], start: number, assigned: Completion): Completion =>
    assigned ?? assignFrom(frame, values, start);
  const unpacked = (value: Value): readonly Value[] =>
    star < 0 ? unpackAt(budget, value, targets, at) : unpackRestAt(budget, value, targets.length, star, at);
  return { ...factsOf(targets), assign: (frame, value) => assignFrom(frame, unpacked(value), 0) };
}

function factsOf(targets: readonly Target[]): Omit<Target, 'assign'> {
  return {
    suspends: targets.some((target) => target.suspends),
    weight: targets.reduce((sum, target) => sum + target.weight, 1),
    place: 0,
  };
}

/** The items to assign where the target at `star` takes those that are left. */
function unpackRestAt(budget: Budget, value: Value, count: number, star: number, at: number): Value[] {
  try {
    return unpackAround(budget, value, star, count - star - 1);
  } catch (error) {
    throw located(error, at);
  }
}

/** Several targets that take the same value, in their order. */
export function chainedTarget(compiler: Compiler, nodes: readonly Expression[], at: number): Target {
  const { machine } = compiler;
  const targets = nodes.map((node) => targetOf(compiler, node, at));
  const assignFrom = (frame: Frame, value: Value, start: number): Completion => {
    for (let i = start; i < targets.length; i++) {
      if (targets[i]!.assign(frame, value) === PENDING) {
        return machine.after(goOn, frame, value, i + 1);
      }
    }
    return undefined;
  };
  const goOn = (frame: Frame, value: Value, start: number, assigned: Completion): Completion =>
    assigned ?? assignFrom(frame, value, start);
  return { ...factsOf(targets), assign: (frame, value) => assignFrom(frame, value, 0) };
}

/** The items to assign: a copy where assigning one could change those that follow. */
function unpackAt(budget: Budget, value: Value, targets: readonly Target[], at: number): readonly Value[] {
  try {
    const items = unpack(budget, value, targets.length);
    return value instanceof Tuple || targets.every((target) => target.place > 0) ? items : items.slice();
  } catch (error) {
    throw located(error, at);
  }
}
