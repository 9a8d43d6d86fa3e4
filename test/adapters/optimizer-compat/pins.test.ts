/** What users of the optimizer rely on, as literals: the names at its door and in its tools. */
import { expect } from 'chai';
import * as door from '../../../adapters/optimizer-compat/index.js';
import { optimized } from './optimized.js';

describe('pins of the optimizer', () => {
  it('the names at the door', () => {
    expect(Object.keys(door).sort()).to.deep.equal(['CALL_TOOL_NAME', 'FIND_TOOL_NAME', 'createOptimizer']);
  });

  it('the tools and their parameters', async () => {
    const { optimizer } = await optimized({});
    const tools = await optimizer.listTools();
    expect(
      tools.map(({ name, inputSchema: { properties, required } }) => [
        name,
        Object.keys(properties!),
        required,
      ]),
    ).to.deep.equal([
      ['find_tool', ['tool_description', 'tool_keywords'], ['tool_description']],
      ['call_tool', ['tool_name', 'parameters'], ['tool_name', 'parameters']],
    ]);
    await optimizer.close();
  });

  it('two tools take fewer than 500 tokens', async () => {
    const { optimizer } = await optimized({}, { scripts: true });
    expect(JSON.stringify(await optimizer.listTools())).to.have.length.below(2_000);
    await optimizer.close();
  });
});
