import { createCodeMode } from 'toolscript';
import { createIsolatedRuntime } from 'toolscript/runtimes/isolated';

const runtime = await createIsolatedRuntime({
  module: 'toolscript/runtimes/starlark/plug',
  export: 'createStarlarkRuntime',
});
const codeMode = await createCodeMode({ runtime });

const outcome = await codeMode.run({ script: 'return sum([n * n for n in range(10)])' });
console.log(outcome.ok ? outcome.text : outcome.error);
await codeMode.close();

//> 285
