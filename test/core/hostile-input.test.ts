/** Whatever comes in, an outcome or a ToolscriptError comes out. */
import { expect } from 'chai';
import fc from 'fast-check';
import { createCodeMode, ERROR_CODES, ToolscriptError } from '../../core/index.js';
import type { CodeMode, JsonObject, ToolDefinition } from '../../core/index.js';
import { createPlanRuntime } from '../support/plan-runtime.js';
import { answering } from '../support/test-tools.js';

const anything = fc.oneof(
  fc.anything({
    withBigInt: true,
    withNullPrototype: true,
    withDate: true,
    withMap: true,
    withSparseArray: true,
  }),
  fc.record(
    { content: fc.anything(), structuredContent: fc.anything(), isError: fc.anything() },
    { requiredKeys: [] },
  ),
  fc.record({
    content: fc.array(fc.record({ type: fc.constantFrom('text', 'image', 'x'), text: fc.anything() })),
  }),
);

const name = fc.oneof(
  fc.string(),
  fc.constantFrom('__proto__', 'constructor', 'then', 'print', 'toString', 'a b', 'a-b'),
);

const tools = fc.array(
  fc.record({ name, description: fc.anything(), inputSchema: fc.anything(), annotations: fc.anything() }),
  { maxLength: 8 },
) as fc.Arbitrary<ToolDefinition[]>;

async function composed<T>(
  listed: readonly ToolDefinition[],
  answer: unknown,
  act: (codeMode: CodeMode) => Promise<T>,
): Promise<T> {
  const codeMode = await createCodeMode({
    runtime: createPlanRuntime(),
    dispatcher: answering(listed, () => answer),
  });
  try {
    return await act(codeMode);
  } finally {
    await codeMode.close();
  }
}

describe('hostile input', () => {
  it('any tools: the description is bounded, and each tool is callable by its name', async () => {
    await fc.assert(
      fc.asyncProperty(tools, async (listed) => {
        await composed(listed, { content: [] }, async (codeMode) => {
          const { description } = (await codeMode.scriptTool())!;
          expect(Buffer.byteLength(description!)).to.be.at.most(16 * 1024);
          for (const tool of await codeMode.listTools()) {
            const answer: unknown = await codeMode.callTool(tool.name, {}).catch((error: unknown) => error);
            if (answer instanceof ToolscriptError) expect(answer.code).to.equal('tool/arguments');
            else expect(answer).to.deep.equal({ content: [] });
          }
        });
      }),
      { numRuns: 150 },
    );
  });

  it('any answer of a tool: the script goes on or fails with tool/failed', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (answer) => {
        const listed = [{ name: 'a', inputSchema: {} }];
        await composed(listed, answer, async (codeMode) => {
          const outcome = await codeMode.run({ script: '{"attempt": {"call": "a"}}' });
          expect(outcome.ok, JSON.stringify(outcome)).to.equal(true);
          const { value } = outcome as { value: JsonObject };
          if (value.ok !== true) expect(value.code).to.equal('tool/failed');
        });
      }),
      { numRuns: 300 },
    );
  });

  it('any arguments and data: a result, which is JSON', async () => {
    const args = fc.oneof(
      fc.anything(),
      fc.record({ script: fc.anything(), data: fc.anything() }, { requiredKeys: [] }),
      fc.record({ script: fc.constant('{"data": "a"}'), data: fc.anything() }),
    );
    await composed([{ name: 'a', inputSchema: {} }], { content: [] }, async (codeMode) => {
      await fc.assert(
        fc.asyncProperty(args, async (given) => {
          const result = await codeMode.callScriptTool(given);
          expect(() => JSON.stringify(result)).not.to.throw();
          const error = (result.structuredContent as { error?: { code: string } } | undefined)?.error;
          expect(result.isError === true).to.equal(error !== undefined);
          if (error !== undefined)
            expect(error.code).to.be.oneOf(Object.keys(ERROR_CODES)).and.not.equal('internal');
        }),
        { numRuns: 500 },
      );
    });
  });

  it('changes no prototype', () => {
    expect(Object.keys(Object.prototype)).to.deep.equal([]);
    expect(({} as { polluted?: unknown }).polluted).to.equal(undefined);
  });
});
