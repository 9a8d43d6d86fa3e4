import { expect } from 'chai';
import fc from 'fast-check';
import { nameTools, type Naming, type Offer } from '../../../../plugins/dispatchers/mcp/tool-names.js';

const whenNeeded: Naming = { prefix: 'when-needed', reserved: new Set(['execute_tool_script']) };
const always: Naming = { ...whenNeeded, prefix: 'always' };

const offer = (name: string, ...tools: string[]): Offer<string> => ({
  server: name,
  name,
  tools: tools.map((tool) => ({ name: tool, inputSchema: { type: 'object' } })),
});

const listed = (offers: Offer<string>[], naming = whenNeeded): string[] =>
  nameTools(offers, naming).map(
    ({ definition, server, original }) => `${definition.name} = ${server}/${original}`,
  );

describe('names of tools of many servers', () => {
  it('are their own while nobody else has them', () => {
    expect(listed([offer('b', 'list', 'get'), offer('a', 'search')])).to.deep.equal([
      'search = a/search',
      'list = b/list',
      'get = b/get',
    ]);
  });

  it('get the server in front where two servers share one, for both', () => {
    expect(listed([offer('b', 'search', 'get'), offer('a', 'search')])).to.deep.equal([
      'a_search = a/search',
      'b_search = b/search',
      'get = b/get',
    ]);
  });

  it('get the server in front always, when asked for', () => {
    expect(listed([offer('b', 'list'), offer('a', 'get')], always)).to.deep.equal([
      'a_get = a/get',
      'b_list = b/list',
    ]);
  });

  it('never are a reserved one', () => {
    expect(listed([offer('unreal', 'execute_tool_script')])).to.deep.equal([
      'unreal_execute_tool_script = unreal/execute_tool_script',
    ]);
  });

  it('move on to the next free one when a prefixed name is taken too', () => {
    expect(listed([offer('a', 'x'), offer('b', 'x'), offer('c', 'a_x')])).to.deep.equal([
      'a_x_2 = a/x',
      'b_x = b/x',
      'a_x = c/a_x',
    ]);
    expect(listed([offer('a', 'b_c'), offer('a_b', 'c')], always)).to.deep.equal([
      'a_b_c = a/b_c',
      'a_b_c_2 = a_b/c',
    ]);
  });

  it('carry no character of a server that tools may not have', () => {
    expect(listed([offer('my server', 'x')], always)).to.deep.equal(['my_server_x = my server/x']);
  });

  it('take hostile names as ordinary ones', () => {
    expect(listed([offer('a', '__proto__', 'constructor'), offer('b', '__proto__')])).to.deep.equal([
      'a___proto__ = a/__proto__',
      'constructor = a/constructor',
      'b___proto__ = b/__proto__',
    ]);
  });

  it('are unique, and the same in whatever order the servers come', () => {
    const tool = fc.constantFrom('x', 'y', 'a_x', 'b_x', 'a_x_2', 'execute_tool_script');
    const offers = fc
      .uniqueArray(fc.constantFrom('a', 'b', 'c', 'a_x'), { minLength: 1 })
      .chain((names) =>
        fc.tuple(...names.map((name) => fc.uniqueArray(tool).map((tools) => offer(name, ...tools)))),
      );
    fc.assert(
      fc.property(offers, fc.constantFrom(whenNeeded, always), (some, naming) => {
        const names = nameTools(some, naming).map(({ definition }) => definition.name);
        expect(new Set(names).size).to.equal(names.length);
        expect(names).not.to.include('execute_tool_script');
        expect(listed([...some].reverse(), naming)).to.deep.equal(listed(some, naming));
      }),
    );
  });
});
