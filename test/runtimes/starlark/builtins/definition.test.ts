import { expect } from 'chai';
import {
  anything,
  bindMethod,
  bool,
  builtin,
  callable,
  callingBuiltin,
  iterable,
  naming,
  number,
  openMethod,
  optional,
  required,
} from '../../../../runtimes/starlark/builtins/index.js';
import type { Kind } from '../../../../runtimes/starlark/builtins/index.js';
import { StarlarkError, runtimeError } from '../../../../runtimes/starlark/error.js';
import { Builtin, Float, PENDING, Struct, repr } from '../../../../runtimes/starlark/values/index.js';
import type { Value } from '../../../../runtimes/starlark/values/index.js';
import { PlainThread, TestFunction } from './plain-thread.js';

const thread = new PlainThread();

function errorOf(act: () => unknown): StarlarkError {
  try {
    act();
  } catch (error) {
    if (error instanceof StarlarkError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('starlark builtins of the host', () => {
  it('get their arguments, undefined where one is left out', () => {
    const seen: unknown[] = [];
    const see = builtin('see', [required('x', number), optional('y', bool)], (_, x, y) => {
      seen.push(x, y);
      return null;
    });
    see.body(thread, [new Float(1), true], []);
    see.body(thread, [2], []);
    expect(seen).to.deep.equal([new Float(1), true, 2, undefined]);
    expect(see.suspends).to.equal(false);
  });

  it('put their name before what they throw, and leave a limit as it is', () => {
    const one = builtin('host', [required('x', iterable)], () => null);
    expect(errorOf(() => one.body(thread, [], [])).message).to.equal('host: missing argument for x');
    const act = builtin('host', [], () => {
      throw runtimeError('the door is shut', 'knock');
    });
    const error = errorOf(() => act.body(thread, [], []));
    expect([error.code, error.message, error.hint]).to.deep.equal([
      'script/runtime',
      'host: the door is shut',
      'knock',
    ]);
    const limit = new StarlarkError('limit/steps', 'run: more than 1 steps');
    expect(
      errorOf(() =>
        naming('host', () => {
          throw limit;
        }),
      ),
    ).to.equal(limit);
    expect(
      errorOf(() =>
        naming('host', () => {
          throw runtimeError('host: twice');
        }),
      ).message,
    ).to.equal('host: twice');
  });

  it('may call back, and then neither rename an error nor hold up what waits', () => {
    const call = callingBuiltin('call', [required('f', callable)], (thread, f) => thread.call(f, [], []));
    expect(call.suspends).to.equal(true);
    const theirs = runtimeError('theirs');
    const failing = new TestFunction('f', () => {
      throw theirs;
    });
    expect(errorOf(() => call.body(thread, [failing], []))).to.equal(theirs);
    const waiting = new Builtin('wait', () => PENDING, true);
    expect(call.body(thread, [waiting], [])).to.equal(PENDING);
  });

  it('may have kinds of their own', () => {
    const struct: Kind<Struct> = {
      want: 'struct',
      accepts: (value): value is Struct => value instanceof Struct,
    };
    const size = builtin('size', [required('x', struct), optional('y', anything)], (_, x) => x.fields.size);
    expect(size.body(thread, [new Struct(new Map<string, Value>([['a', 1]]))], [])).to.equal(1);
    expect(errorOf(() => size.body(thread, [1], [])).message).to.equal(
      'size: for parameter x: got int, want struct',
    );
  });

  it('bind a method to its value', () => {
    const bound = bindMethod('a-b', 'split', openMethod('a-b', 'split')!);
    expect(repr(thread.budget, bound.body(thread, ['-'], []) as Value)).to.equal('["a", "b"]');
    expect(repr(thread.budget, bound)).to.equal('<built-in method split of string value>');
  });
});
