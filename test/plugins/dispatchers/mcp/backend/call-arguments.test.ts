import { expect } from 'chai';
import type { Json, JsonObject } from '../../../../../core/index.js';
import { wireArguments } from '../../../../../plugins/dispatchers/mcp/backend/call-arguments.js';

describe('arguments on the wire', () => {
  it('stay the very same object when nothing has to change', () => {
    const args = { a: [1, { b: 'x' }], c: null };
    expect(wireArguments(args, 't')).to.equal(args);
  });

  it('carry integers that a number holds exactly', () => {
    expect(wireArguments({ a: [10n ** 20n], b: { c: -(2n ** 53n) } }, 't')).to.deep.equal({
      a: [1e20],
      b: { c: -(2 ** 53) },
    });
  });

  it('refuse an integer that would lose digits, naming its place and not its value', () => {
    expect(() => wireArguments({ ids: [1, 2n ** 53n + 1n] }, 'get'))
      .to.throw('call get: ids.1 is an integer that a JSON number cannot hold exactly, pass it as a string')
      .with.property('code', 'tool/arguments');
    // A double holds 2^60, but JavaScript writes it as 1152921504606847000.
    expect(() => wireArguments({ id: 2n ** 60n }, 'get')).to.throw('id is an integer');
  });

  it('keep a key named __proto__', () => {
    const args = JSON.parse('{"__proto__": {"x": 1}}') as JsonObject;
    const wired = wireArguments({ ...args, id: 10n ** 20n }, 't');
    expect(Object.keys(wired)).to.deep.equal(['__proto__', 'id']);
  });

  it('refuse what is nested too deep to be written', () => {
    let deep: Json = [];
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    expect(() => wireArguments({ deep }, 't')).to.throw('values nested deeper than 1000');
  });
});
