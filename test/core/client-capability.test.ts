import { expect } from 'chai';
import {
  clientRefusal,
  isClientQuestion,
  missingCapability,
  type ClientQuestion,
  type JsonObject,
} from '../../core/index.js';

const FORM = { elicitation: { form: {} } };
const URL_MODE = { elicitation: { url: {} } };
const TOOLS = { sampling: { tools: {} } };

type Row = readonly [
  what: string,
  method: ClientQuestion['method'],
  params: JsonObject,
  declared: JsonObject,
  missing?: JsonObject,
];

const ROWS: readonly Row[] = [
  ['a form from a client of before there were modes', 'elicitation/create', {}, { elicitation: {} }],
  ['a form from a client of forms', 'elicitation/create', { mode: 'form' }, FORM],
  ['a form from a client of addresses alone', 'elicitation/create', {}, URL_MODE, FORM],
  ['a form from a client of nothing', 'elicitation/create', {}, {}, FORM],
  [
    'a form from a client with a word of its own',
    'elicitation/create',
    {},
    { elicitation: { applyDefaults: true } },
  ],
  [
    'a mode that every object inherits',
    'elicitation/create',
    { mode: 'constructor' },
    FORM,
    { elicitation: { constructor: {} } },
  ],
  ['an address from a client of addresses', 'elicitation/create', { mode: 'url' }, URL_MODE],
  ['an address from a client of forms alone', 'elicitation/create', { mode: 'url' }, FORM, URL_MODE],
  ['a message from a client of sampling', 'sampling/createMessage', {}, { sampling: {} }],
  ['a message from a client of nothing', 'sampling/createMessage', {}, {}, { sampling: {} }],
  ['a message with tools from a client of them', 'sampling/createMessage', { tools: [] }, TOOLS],
  [
    'a message with tools from another client',
    'sampling/createMessage',
    { tools: [] },
    { sampling: {} },
    TOOLS,
  ],
  [
    'a message with a choice of tools from another client',
    'sampling/createMessage',
    { toolChoice: { mode: 'none' } },
    { sampling: {} },
    TOOLS,
  ],
  ['roots from a client of roots', 'roots/list', {}, { roots: {} }],
  ['roots from a client whose word for it is none', 'roots/list', {}, { roots: true }, { roots: {} }],
];

describe('what a client must have declared', () => {
  for (const [what, method, params, declared, missing] of ROWS) {
    it(`is ${missing === undefined ? 'there' : 'named'} for ${what}`, () => {
      expect(missingCapability({ method, params }, declared)).to.deep.equal(missing);
      const declares = typeof declared[method.split('/')[0]!] === 'object';
      const code = declares ? -32_602 : -32_601;
      expect(clientRefusal({ method, params }, declared)?.code).to.equal(missing && code);
    });
  }

  it('is known of three questions alone', () => {
    const methods = [
      'elicitation/create',
      'sampling/createMessage',
      'roots/list',
      'tools/call',
      '__proto__',
      7,
    ];
    expect(methods.map(isClientQuestion)).to.deep.equal([true, true, true, false, false, false]);
  });
});
