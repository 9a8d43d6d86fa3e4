/**
 * A language of expressions: JSON, names of the data, and calls of tools such as `echo(text: "hello")`. What
 * stands in one list or call is worked out at the same time; `otherwise(a, b)` is b where a tool in a fails.
 */
import { definePlugin, failureOf, ToolscriptError } from 'toolscript/core';

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
        const isKnown = thrown instanceof ToolscriptError;
        return { ok: false, error: failureOf(isKnown ? thrown : fault('internal', 'run: this went wrong')) };
      }
    },
  };
}

export default definePlugin({ kind: 'runtime', name: 'my-runtime', create: createRuntime });

/** All parameters; where there is no room for them, those that must be given. */
function signature({ scriptName, parameters, required }, maxLength = 600) {
  const word = (name) => (/^\w+$/.test(name) ? name : JSON.stringify(name).replace(/[\u2028\u2029]/g, '…'));
  const words = (names) => names.map(word).join(', ');
  const whole = `${scriptName}(${words(parameters)})`;
  return whole.length <= maxLength ? whole : `${scriptName}(${words([...required])}, …)`;
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
  const fail = () => {
    const before = text.slice(0, at).split('\n');
    const position = { line: before.length, column: Array.from(before.at(-1)).length + 1 };
    throw fault('script/syntax', 'read: found no expression', { position });
  };
  const take = (sign) => (token[4] === sign ? next() : fail());
  const items = (end, item) => {
    const all = [];
    for (next(); token[4] !== end; token[4] === end || take(',')) all.push(item());
    next();
    return all;
  };
  const pair = () => {
    const key = token[1] === undefined ? token[3] : JSON.parse(token[1]);
    if (key === undefined) fail();
    next();
    take(':');
    return [key, expression()];
  };
  const argument = () => (/^\s*:/.test(text.slice(at, at + 9)) ? pair() : [null, expression()]);
  const value = () => {
    const [, string, number, name, sign] = token;
    if (sign === '[') return listOf(items(']', expression));
    if (sign === '{') return objectOf(items('}', pair));
    if (token.length === 1 || sign !== undefined) fail();
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
  return text.slice(at).trim() === '' && token.length === 1 ? whole : fail();
}

const constant = (value) => async () => value;
const numberOf = (text) =>
  Number.isSafeInteger(Number(text)) || /\D/.test(text.slice(1)) ? Number(text) : BigInt(text);
const listOf = (items) => async (run) => Promise.all(items.map((item) => item(run)));

const objectOf = (pairs) => async (run) =>
  Object.fromEntries(await Promise.all(pairs.map(async ([key, item]) => [key, await item(run)])));

const nameOf = (name) => async (run) => {
  if (Object.hasOwn(WORDS, name)) return WORDS[name];
  if (Object.hasOwn(run.data, name)) return run.data[name];
  throw fault('script/name', `read ${name}: the data has no such key`);
};

const call = (name, given) => async (run) => {
  const { host, catalog } = run;
  const [first = constant(null), second = constant(null)] = given.map(([, item]) => item);
  // No script catches a limit.
  const isCatchable = ({ code }) => /^(tool|backend)\//.test(code);
  if (name === 'otherwise')
    return first(run).catch((error) => (isCatchable(error) ? second(run) : Promise.reject(error)));
  const tool = catalog.byScriptName(name);
  if (tool === undefined) throw fault('tool/unknown', `call ${name}: no such tool`, { tool: name });
  if (given.some(([key]) => key === null)) throw fault('script/runtime', `call ${name}: name each argument`);
  const args = await objectOf(given)(run);
  host.signal.throwIfAborted();
  const reply = await host.callTool(tool, args);
  return 'json' in reply ? reply.json : jsonOr(reply.text, host.meter.limits);
};

/** Text that is JSON stands for that JSON, digit by digit. */
async function jsonOr(text, limits) {
  try {
    JSON.parse(text);
    return await readExpression(text, limits)({ data: {} });
  } catch {
    return text;
  }
}

/** What the work comes to, or the reason of the signal as soon as there is one. */
async function untilAborted(signal, work) {
  signal.throwIfAborted();
  const aborted = new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  return Promise.race([work(), aborted]);
}

function textOf(value) {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`;
  const pairs = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${textOf(item)}`);
  return `{${pairs.join(',')}}`;
}

const fault = (code, message, more) => new ToolscriptError({ code, message, ...more });
