import { expect } from 'chai';
import {
  anything,
  callable,
  int,
  keyword,
  named,
  optional,
  orNone,
  others,
  required,
  rest,
  signature,
  string,
} from '../../../../runtimes/starlark/builtins/index.js';
import { StarlarkError } from '../../../../runtimes/starlark/error.js';
import type { Value } from '../../../../runtimes/starlark/values/index.js';

describe('starlark signature', () => {
  const find = signature('find', [required('sub', string), optional('start', int)]);
  const retry = signature('retry', [
    named(required('f', anything)),
    named(optional('attempts', int)),
    keyword('delay', int),
  ]);
  const all = signature('all', [
    required('f', anything),
    rest('args', int),
    keyword('sep', string),
    others('kwargs'),
  ]);

  it('answers the very arguments of a call by position', () => {
    const args: Value[] = ['a', 1];
    expect(find(args, [])).to.equal(args);
    const few: Value[] = ['a'];
    expect(find(few, [])).to.equal(few);
  });

  it('puts keyword arguments in their places', () => {
    expect(retry(['f', 10, 3], ['delay', 'attempts'])).to.deep.equal(['f', 3, 10]);
    expect(retry(['f'], ['f'])).to.deep.equal(['f', undefined, undefined]);
  });

  it('gathers what is left', () => {
    expect(all(['f', 1, 2, 'x', true], ['sep', 'other'])).to.deep.equal([
      'f',
      [1, 2],
      'x',
      new Map([['other', true]]),
    ]);
    expect(all(['f'], [])).to.deep.equal(['f', [], undefined, new Map()]);
    expect(all(['f', 1], ['args'])).to.deep.equal(['f', [], undefined, new Map([['args', 1]])]);
  });

  const faults: readonly (readonly [name: string, () => unknown, message: string, hint?: string])[] = [
    ['too few', () => find([], []), 'find: missing argument for sub'],
    ['too many', () => find(['a', 1, 2], []), 'find: got 3 arguments, want at most 2'],
    ['a wrong type', () => find([1], []), 'find: for parameter sub: got int, want string'],
    ['a wrong type later', () => find(['a', 'b'], []), 'find: for parameter start: got string, want int'],
    [
      'keywords where there are none',
      () => find(['a', 1], ['start']),
      'find: unexpected keyword arguments',
      'find(sub, [start]) takes its arguments by position',
    ],
    ['an unknown keyword', () => retry(['f', 1], ['zzz']), 'retry: unexpected keyword argument zzz'],
    [
      'a misspelt keyword',
      () => retry(['f', 1], ['attempt']),
      'retry: unexpected keyword argument attempt (did you mean attempts?)',
    ],
    [
      'a keyword twice',
      () => retry(['f', 1, 2], ['delay', 'delay']),
      'retry: got multiple values for keyword argument delay',
    ],
    [
      'a keyword for a place taken',
      () => retry(['f', 1], ['f']),
      'retry: got multiple values for keyword argument f',
    ],
    [
      'a keyword of a wrong type',
      () => retry(['f', 'x'], ['delay']),
      'retry: for parameter delay: got string, want int',
    ],
    ['a needed keyword left out', () => retry([1], ['delay']), 'retry: missing argument for f'],
    ['an extra keyword twice', () => all(['f', 1, 2], ['k', 'k']), 'all: duplicate keyword arg: "k"'],
    [
      'a wrong type among the rest',
      () => all(['f', 1, 'x'], []),
      'all: for parameter args: got string, want int',
    ],
    [
      'a long keyword',
      () => retry([1], ['k'.repeat(1000)]),
      `retry: unexpected keyword argument ${'k'.repeat(60)}…`,
    ],
    [
      'what is not callable',
      () => signature('f', [required('x', callable)])([1], []),
      'f: for parameter x: got int, want callable',
    ],
    [
      'what is not None',
      () => signature('f', [required('x', orNone(int))])(['a'], []),
      'f: for parameter x: got string, want int or None',
    ],
  ];
  for (const [name, call, message, hint] of faults) {
    it(`refuses ${name}`, () => {
      const error = errorOf(call);
      expect(error.message).to.equal(message);
      expect(error.code).to.equal('script/runtime');
      expect(error.at).to.equal(undefined);
      if (hint !== undefined) expect(error.hint).to.equal(hint);
    });
  }

  it('does not mistake a keyword for a property of an object', () => {
    expect(errorOf(() => retry(['f', 1], ['__proto__'])).message).to.equal(
      'retry: unexpected keyword argument __proto__',
    );
    const [, , , kwargs] = all(['f', 1], ['__proto__']);
    expect(kwargs.get('__proto__')).to.equal(1);
  });
});

function errorOf(call: () => unknown): StarlarkError {
  try {
    call();
  } catch (error) {
    if (error instanceof StarlarkError) return error;
    throw error;
  }
  throw new Error('no error');
}
