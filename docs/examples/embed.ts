import { createCodeMode, defineTool } from 'toolscript';

const add = defineTool({
  name: 'add',
  description: 'Adds two integers.',
  inputSchema: {
    type: 'object',
    properties: { a: { type: 'integer' }, b: { type: 'integer' } },
    required: ['a', 'b'],
  },
  call: ({ a, b }) => Number(a) + Number(b),
});

const codeMode = await createCodeMode({ tools: [add] });
const outcome = await codeMode.run({ script: 'return [add(a = n, b = 1) for n in range(3)]' });
console.log(outcome.ok ? outcome.value : outcome.error);
await codeMode.close();

//> [ 1, 2, 3 ]
