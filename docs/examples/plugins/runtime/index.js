/**
 * A language of expressions: JSON, names of the data, and calls of tools such as `echo(text: "hello")`. What
 * stands in one list or call is worked out at the same time; `otherwise(a, b)` is b where a tool in a fails.
 */
import { definePlugin, setKey, ToolscriptError } from 'toolscript/core';

const GUIDE = `The script is one expression, and its value is the answer: JSON, names of the data, and calls of tools.
- Call a tool with named arguments: get_weather(city: "Oslo"). Calls in one list run at the same time.
- otherwise(get_weather(city: "Oslo"), null) is null where the tool fails.`;

const WORDS = { true: true, false: false, null: null };

/** @returns {import('toolscript/core').ScriptRuntime} */
export function createRuntime() {
  return {
    name: 'my-runtime',
    reservedNames: new Set([...Object.keys(WORDS), 'otherwise']),
    guide: GUIDE,
    signature,
    async run({ source, data, catalog }, host) {
      try {
        const evaluate = readExpression(source, host.meter.limits);
        const value = await untilAborted(host.signal, () => evaluate({ data, catalog, host }));
        return { ok: true, value, text: textOf(value) };
      } catch (thrown) {
        return { ok: false, error: failureOf(thrown) };
      }
    },
  };
}

export default definePlugin({ kind: 'runtime', name: 'my-runtime', create: createRuntime });

/** What must be given always, the rest as far as there is room. */
function signature({ scriptName, parameters, required }, maxLength = 600) {
  const optional = parameters.filter((name) => !required.includes(name));
  const told = required.map(wordOf);
  while (optional.length > 0 && [scriptName, ...told, wordOf(optional[0])].join(', ').length < maxLength)
    told.push(wordOf(optional.shift()));
  return `${scriptName}(${[...told, ...(optional.length > 0 ? ['…'] : [])].join(', ')})`;
}

function wordOf(name) {
  return /^\w+$/.test(name) ? name : JSON.stringify(name).replace(/[\u2028\u2029]/g, ' ');
}

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|([[\]{}(),:]))/y;

/** Reads a text into a function of the run. Throws `script/syntax`, with the place, and `limit/depth`. */
function readExpression(text, { callDepth }) {
  let [at, depth, token] = [0, 0, undefined];
  const next = () => {
    TOKEN.lastIndex = at;
    token = TOKEN.exec(text) ?? [''];
    at += token[0].length;
  };
  const unexpected = () => {
    const before = text.slice(0, at).split('\n');
    const position = { line: before.length, column: Array.from(before.at(-1)).length + 1 };
    return fault('script/syntax', 'read: found no expression', { position });
  };
  const take = (sign) => {
    if (token[4] !== sign) throw unexpected();
    next();
  };
  const items = (end, item) => {
    const all = [];
    for (next(); token[4] !== end; token[4] === end || take(',')) all.push(item());
    next();
    return all;
  };
  const pair = () => {
    const key = token[1] === undefined ? token[3] : JSON.parse(token[1]);
    if (key === undefined) throw unexpected();
    next();
    take(':');
    return [key, expression()];
  };
  const argument = () => (/^\s*:/.test(text.slice(at, at + 9)) ? pair() : [null, expression()]);
  const value = () => {
    const [, string, number, name, sign] = token;
    if (sign === '[') return listOf(items(']', expression));
    if (sign === '{') return objectOf(items('}', pair));
    if (token.length === 1 || sign !== undefined) throw unexpected();
    next();
    if (name === undefined) return constant(string === undefined ? numberOf(number) : JSON.parse(string));
    return token[4] === '(' ? call(name, items(')', argument)) : nameOf(name);
  };
  const expression = () => {
    if (depth > callDepth) throw fault('limit/depth', `read: more than ${callDepth} calls within calls`);
    depth += 1;
    const read = value();
    depth -= 1;
    return read;
  };
  next();
  const whole = expression();
  if (text.slice(at).trim() !== '' || token.length > 1) throw unexpected();
  return whole;
}

const constant = (value) => async () => value;
const numberOf = (text) =>
  Number.isSafeInteger(Number(text)) || /\D/.test(text.slice(1)) ? Number(text) : BigInt(text);
const listOf = (items) => async (run) => Promise.all(items.map((item) => item(run)));

const objectOf = (pairs) => async (run) => {
  const values = await Promise.all(pairs.map(([, item]) => item(run)));
  const object = {};
  for (const [index, [key]] of pairs.entries()) setKey(object, key, values[index]);
  return object;
};

const nameOf = (name) => async (run) => {
  if (Object.hasOwn(WORDS, name)) return WORDS[name];
  if (Object.hasOwn(run.data, name)) return run.data[name];
  throw fault('script/name', `read ${name}: the data has no such key`);
};

const call = (name, given) => async (run) => {
  const { host, catalog } = run;
  const [first = constant(null), second = constant(null)] = given.map(([, item]) => item);
  if (name === 'otherwise') return first(run).catch((error) => ifCatchable(error, () => second(run)));
  const tool = catalog.byScriptName(name);
  if (tool === undefined) throw fault('tool/unknown', `call ${name}: no such tool`, { tool: name });
  if (given.some(([key]) => key === null)) throw fault('script/runtime', `call ${name}: name each argument`);
  const args = await objectOf(given)(run);
  host.signal.throwIfAborted();
  const reply = await host.callTool(tool, args);
  return 'json' in reply ? reply.json : jsonOr(reply.text, host.meter.limits);
};

/** No script catches a limit. */
function ifCatchable(error, otherwise) {
  if (/^(tool|backend)\//.test(error.code)) return otherwise();
  throw error;
}

/** Text that is JSON stands for that JSON, digit by digit. */
async function jsonOr(text, limits) {
  try {
    JSON.parse(text);
    return await readExpression(text, limits)({ data: {} });
  } catch {
    return text;
  }
}

async function untilAborted(signal, work) {
  signal.throwIfAborted();
  let leave;
  const aborted = new Promise((_resolve, reject) => (leave = () => reject(signal.reason)));
  signal.addEventListener('abort', leave);
  return Promise.race([work(), aborted]).finally(() => signal.removeEventListener('abort', leave));
}

function textOf(value) {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`;
  const pairs = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${textOf(item)}`);
  return `{${pairs.join(',')}}`;
}

const fault = (code, message, more) => new ToolscriptError({ code, message, ...more });

function failureOf(thrown) {
  const known =
    thrown instanceof ToolscriptError ? thrown : fault('script/runtime', 'run: this has no value');
  const { code, message, position, tool, hint } = known;
  return { code, message, ...(position && { position }), ...(tool && { tool }), ...(hint && { hint }) };
}
