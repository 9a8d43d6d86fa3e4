import { homedir } from 'node:os';
import { sep } from 'node:path';

import { expect } from 'chai';

import { expand, workspaceFolder } from '../../../core/manifest/expansion.js';
import { faultText } from '../../../core/manifest/fault.js';

const env = { TOKEN: 's3cret', EMPTY: '', NESTED: '${TOKEN}', _x9: 'low' };
const variables = { env, folder: '/home/ann/project' };

const expanded = (text: string) => expand(text, variables).value;
const faults = (value: unknown) => expand(value, variables).faults.map(faultText);

describe('expand', () => {
  const forms: readonly (readonly [string, string])[] = [
    ['plain $HOME $ {TOKEN} text', 'plain $HOME $ {TOKEN} text'],
    ['Bearer ${TOKEN}', 'Bearer s3cret'],
    ['${env:TOKEN}', 's3cret'],
    ['${_x9}${_x9}', 'lowlow'],
    ['${TOKEN:-other}', 's3cret'],
    ['${NOPE:-other}', 'other'],
    ['${env:NOPE:-other}', 'other'],
    ['${NOPE:-}', ''],
    ['${NOPE:-http://a:80/-:-}', 'http://a:80/-:-'],
    ['${NOPE:-two\nlines}', 'two\nlines'],
    ['${EMPTY}', ''],
    ['${EMPTY:-other}', 'other'],
    ['${NESTED}', '${TOKEN}'],
    ['$${TOKEN}', '${TOKEN}'],
    ['$${TOKEN} ${TOKEN}', '${TOKEN} s3cret'],
    ['${workspaceFolder}/x', '/home/ann/project/x'],
    ['${workspaceFolderBasename}', 'project'],
    ['${userHome}', homedir()],
    ['a${/}b${pathSeparator}c', `a${sep}b${sep}c`],
  ];
  for (const [text, wanted] of forms) {
    it(`reads ${JSON.stringify(text)}`, () => {
      expect(faults(text)).to.deep.equal([]);
      expect(expanded(text)).to.equal(wanted);
    });
  }

  const KNOWN = 'wanted ${VAR}, ${VAR:-default} or ${env:VAR}';
  const UNENDED = 'found "${" without its "}", or one within another, wanted "$${" for plain text';
  const refused: readonly (readonly [string, string])[] = [
    ['${NOPE}', 'found the variable NOPE, which is not set, wanted a value for it or a default: ${NOPE:-…}'],
    [
      '${constructor}',
      'found the variable constructor, which is not set, wanted a value for it or a default: ${constructor:-…}',
    ],
    [
      '${input:api-key}',
      'found ${input:api-key}, which only an editor can ask for, wanted a value, or a variable such as ${API_KEY}',
    ],
    ['${command:pick}', `found \${command:pick}, which only an editor knows, ${KNOWN}`],
    ['${TOKEN-hidden}', `found an unknown form between "\${" and "}", ${KNOWN}`],
    ['${}', `found an unknown form between "\${" and "}", ${KNOWN}`],
    ['${1A}', `found an unknown form between "\${" and "}", ${KNOWN}`],
    ['${TOKEN', UNENDED],
    ['${NOPE:-${TOKEN}}', UNENDED],
  ];
  for (const [text, wanted] of refused) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(faults({ a: [text] })).to.deep.equal([`a[0]: ${wanted}`]);
    });
  }

  it('finds every variable that is not set, with its path', () => {
    const found = faults({ a: { b: '${ONE} ${TWO}' }, c: ['x', '${THREE}'] });
    expect(found.map((fault) => /^(\S+): found the variable (\w+)/.exec(fault)?.slice(1))).to.deep.equal([
      ['a.b', 'ONE'],
      ['a.b', 'TWO'],
      ['c[1]', 'THREE'],
    ]);
  });

  it('leaves keys, numbers and objects of a class alone', () => {
    const date = new Date(0);
    expect(expand({ '${TOKEN}': 1, date }, variables).value).to.deep.equal({ '${TOKEN}': 1, date });
  });

  it('refuses __proto__ as a key and touches no prototype', () => {
    const hostile: unknown = JSON.parse('{"a": {"__proto__": {"polluted": "${TOKEN}"}}}');
    expect(faults(hostile)).to.deep.equal(['a.__proto__: found a key of this name, wanted another name']);
    expect(({} as { polluted?: string }).polluted).to.equal(undefined);
  });

  it('ends at a ring', () => {
    const ring: { self?: object } = {};
    ring.self = ring;
    expect(faults(ring)[0]).to.contain('levels of nesting');
  });

  it('ends at parts that are shared and multiply', () => {
    let laughs: object = ['ha'];
    for (let level = 0; level < 60; level += 1) laughs = [laughs, laughs];
    expect(faults(laughs)).to.deep.equal(['found more, wanted at most 1000000 values']);
  });

  it('knows which texts came from a variable', () => {
    const { isExpanded } = expand({ a: '${TOKEN}', b: 'TOKEN' }, variables);
    expect([isExpanded(['a']), isExpanded(['b'])]).to.deep.equal([true, false]);
  });

  it('takes the folder around .vscode and .cursor for the workspace', () => {
    expect(workspaceFolder('/p/.vscode')).to.equal('/p');
    expect(workspaceFolder('/p/.cursor')).to.equal('/p');
    expect(workspaceFolder('/p/config')).to.equal('/p/config');
  });
});
