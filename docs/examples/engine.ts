import { Builtin, execute, prepare, toJson } from 'toolscript/runtimes/starlark';

const shout = new Builtin('shout', (_thread, [text]) =>
  typeof text === 'string' ? `${text.toUpperCase()}!` : null,
);

const script = prepare('return [shout(word) for word in ["ready", "steady"]]', {
  predeclared: new Map([['shout', shout]]),
});
const { result, budget } = execute(script, { limits: { steps: 10_000 } });
const ending = await result;
console.log(ending.ok ? toJson(budget, ending.value) : ending.error.message);

//> [ 'READY!', 'STEADY!' ]
