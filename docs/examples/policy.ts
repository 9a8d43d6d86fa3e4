import { createCodeMode, defineTool } from 'toolscript';
import type { LimitPolicy } from 'toolscript';

const policy: LimitPolicy = {
  limitsFor: (caller) =>
    caller.id === 'batch' ? { toolCalls: 5000, wallTimeMs: 600_000 } : { toolCalls: 20 },
  authorize: ({ caller, tool }) =>
    tool.name.startsWith('delete_') && caller.id !== 'admin'
      ? { allow: false, reason: 'only admin deletes' }
      : { allow: true },
};

const tools = ['read_note', 'delete_note'].map((name) =>
  defineTool({ name, inputSchema: { type: 'object' }, call: () => 'done' }),
);
const codeMode = await createCodeMode({ tools, limits: policy });

const script = 'return [read_note(), attempt(delete_note).ok]';
for (const id of ['guest', 'admin']) {
  const outcome = await codeMode.run({ script, caller: { id } });
  console.log(id, outcome.ok ? outcome.text : outcome.error.code);
}
await codeMode.close();

//> guest ["done",false]
//> admin ["done",true]
