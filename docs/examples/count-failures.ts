import { createCodeMode, defineTool } from 'toolscript';
import { FailureCount } from './failure-count.js';

const lookUp = defineTool({
  name: 'look_up',
  inputSchema: { type: 'object', properties: { id: { type: 'integer' } } },
  call: ({ id }) => (id === 2 ? 'found' : Promise.reject(new Error('not there'))),
});

const codeMode = await createCodeMode({ tools: [lookUp], sinks: [new FailureCount()] });
await codeMode.run({ script: 'return [attempt(look_up, id=n).ok for n in range(4)]' });
await codeMode.close();

//> look_up failed 3 times
