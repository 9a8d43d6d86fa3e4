import { expect } from 'chai';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';

import { Transcript } from './transcript.js';

const tool = { name: 'add', description: 'Adds', inputSchema: { type: 'object' } };
const whole = { ...tool, title: 'Addition', annotations: { readOnlyHint: true }, outputSchema: {} };
const listed = countTokens(JSON.stringify(tool));

describe('the count of what passes through a context', () => {
  it('counts of a definition what a model is told', () => {
    const transcript = new Transcript();
    transcript.list([whole, tool]);
    expect(transcript.listed).to.equal(2 * listed);
    expect(transcript.once).to.equal(2 * listed);
    expect(transcript.read).to.equal(2 * listed);
  });

  it('counts each text once, and again for each turn that reads it', () => {
    const transcript = new Transcript();
    transcript.list([tool]);
    const exchange = { call: 'add one and two', result: 'three' };
    const [call, result] = [countTokens(exchange.call), countTokens(exchange.result)];
    transcript.turn([exchange, exchange]);
    transcript.turn([exchange]);
    expect(transcript.turns).to.equal(2);
    expect(transcript.called).to.equal(3 * call);
    expect(transcript.answered).to.equal(3 * result);
    expect(transcript.once).to.equal(listed + 3 * (call + result));
    const beforeEachTurn = [listed, listed + 2 * (call + result), listed + 3 * (call + result)];
    expect(transcript.read).to.equal(beforeEachTurn.reduce((sum, tokens) => sum + tokens, 0));
  });
});
