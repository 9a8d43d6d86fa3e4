import { expect } from 'chai';
import { exampleScript } from '../../../../../adapters/console/page/playground/example-script.js';
import { spellingOf } from '../../../../../adapters/console/page/playground/language.js';
import { parameterHelp } from '../../../../../adapters/console/page/playground/parameter-help.js';
import { suggestions } from '../../../../../adapters/console/page/playground/suggestion.js';
import { readData } from '../../../../../adapters/console/page/playground/data-text.js';
import { exampleTools } from '../../../../console/example-data.js';
import type { ConsoleTool } from '../../../../../adapters/console/api.js';

/** What is offered where `|` stands. */
function offered(
  text: string,
  spelling: 'python' | 'javascript' = 'python',
  asked = false,
  tools = exampleTools,
) {
  const at = text.indexOf('|');
  return suggestions(text.replace('|', ''), at, { spelling, tools, names: ['parallel', 'print'] }, asked);
}

const labels = (...args: Parameters<typeof offered>) => offered(...args)?.offers.map(({ label }) => label);

describe('what the editor offers', () => {
  it('names the tools, the names of the language and those of the script', () => {
    expect(labels('total = 1\nse|')).to.deep.equal([
      'search_issues',
      'add_comment',
      'query_range',
      'parallel',
      'print',
      'total',
    ]);
    expect(offered('x = se|')?.from).to.equal(4);
  });

  it('writes the parentheses of a tool with the cursor between them', () => {
    expect(offered('se|')?.offers[0]).to.include({ text: 'search_issues($)', detail: 'github' });
    expect(offered('se|', 'javascript')?.offers[0]).to.include({ text: 'search_issues({ $ })' });
  });

  it('names the parameters that are not given yet, those that must be first', () => {
    expect(labels('search_issues(|')?.slice(0, 3)).to.deep.equal(['query', 'state', 'limit']);
    expect(labels('search_issues(query="a", |')?.slice(0, 2)).to.deep.equal(['state', 'limit']);
    expect(offered('search_issues(|')?.offers[0]).to.include({ text: 'query=', detail: 'string', rank: 9 });
    expect(offered('search_issues({ |', 'javascript')?.offers[0]).to.include({ text: 'query: ' });
  });

  it('names what a parameter may be', () => {
    expect(labels('search_issues(state=|')).to.deep.equal(['"open"', '"closed"']);
    expect(offered('search_issues(state="o|')).to.deep.include({ from: 20 });
  });

  it('knows the members of tools, and the real names within call_tool', () => {
    expect(labels('tools.|')).to.include.members(['search_issues', 'search', 'describe']);
    expect(labels('call_tool("|')).to.deep.equal(['search_issues', 'add-comment', 'query_range']);
    expect(offered('other.|')).to.equal(undefined);
  });

  it('is silent in comments, texts, numbers, and where nothing was asked', () => {
    for (const text of ['# se|', 'x = "se|', 'x = 12|', 'x = |'])
      expect(offered(text), text).to.equal(undefined);
    expect(labels('x = |', 'python', true)).to.include('search_issues');
  });

  it('offers no name that nobody could read, and takes __proto__ as a parameter', () => {
    const schema = JSON.parse(
      '{"properties": {"__proto__": {"type": "string"}, "constructor": {}}}',
    ) as ConsoleTool['inputSchema'];
    const odd = { ...exampleTools[0]!, inputSchema: schema };
    const long = { ...exampleTools[0]!, scriptName: 'a'.repeat(100_000) };
    expect(labels('search_issues(|', 'python', false, [odd, long])?.slice(0, 3)).to.deep.equal([
      '__proto__',
      'constructor',
      'search_issues',
    ]);
  });
});

describe('help with a call', () => {
  const current = (text: string, spelling: 'python' | 'javascript' = 'python'): string | undefined => {
    const help = parameterHelp(text, exampleTools, spelling);
    return help && (help.parameters[help.current]?.name ?? 'none');
  };

  it('follows the parameter that is written, by its name or its place', () => {
    expect(current('search_issues(')).to.equal('query');
    expect(current('search_issues("a", ')).to.equal('state');
    expect(current('search_issues(limit=')).to.equal('limit');
    expect(current('search_issues("a", "b", 3, ')).to.equal('none');
    expect(current('search_issues({ state: ', 'javascript')).to.equal('state');
    expect(current('nobody(')).to.equal(undefined);
  });
});

describe('the first script of the playground', () => {
  it('calls a tool that only reads, with what must be given', () => {
    expect(exampleScript(exampleTools, 'starlark')).to.contain('answer = search_issues(query="hello")');
    expect(exampleScript(exampleTools, 'javascript')).to.contain('await search_issues({ query: "hello" })');
  });

  it('needs no tools', () => expect(exampleScript([], 'starlark')).to.equal('return 6 * 7\n'));

  it('is written as the language is', () => {
    const spelled = ['starlark', 'python', 'javascript', 'quickjs', 'shout'].map(spellingOf);
    expect(spelled).to.deep.equal(['python', 'python', 'javascript', 'javascript', 'python']);
  });
});

describe('the data of a script', () => {
  it('is an object, or nothing', () => {
    expect(readData('  ')).to.deep.equal({});
    expect(readData('{"a": 1}')).to.deep.equal({ data: { a: 1 } });
    for (const text of ['[1]', '1', 'null', '{"a"']) expect(readData(text), text).to.have.property('fault');
  });
});
