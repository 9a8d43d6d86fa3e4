import { createCodeMode, createStarlarkRuntime } from 'toolscript';
import type { LimitPolicy, ScriptRuntime } from 'toolscript';

const shout: ScriptRuntime = {
  name: 'shout',
  reservedNames: new Set(),
  guide: 'The script is shouted.',
  signature: ({ scriptName }) => scriptName,
  run: ({ source }) => {
    const value = source.toUpperCase();
    return Promise.resolve({ ok: true, value, text: JSON.stringify(value) });
  },
};

const policy: LimitPolicy = {
  languagesFor: (caller, languages) =>
    caller.id === 'batch' ? languages : languages.filter((name) => name === 'starlark'),
};

const codeMode = await createCodeMode({ runtime: [createStarlarkRuntime(), shout], limits: policy });
for (const id of ['batch', 'guest']) {
  const outcome = await codeMode.run({ script: 'hello', language: 'shout', caller: { id } });
  console.log(id, outcome.ok ? outcome.value : outcome.error.message);
}
await codeMode.close();

//> batch HELLO
//> guest run: no language named "shout"
