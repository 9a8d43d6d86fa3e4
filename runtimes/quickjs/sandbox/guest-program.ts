/**
 * What stands in each sandbox before a script: JavaScript that QuickJS runs, over one function of the host.
 *
 * `ask(text)` takes a request as JSON text and answers JSON text, or nothing. Nothing else crosses. What is in
 * here is the script's own side of the border: a script that breaks it breaks only itself.
 *
 * Integers beyond 2^53 cross as texts behind a mark that nobody outside knows.
 */
export const GUEST_FILE = 'toolscript';

export const GUEST_PROGRAM = String.raw`
(function (ask, MARK) {
  'use strict';
  const { parse, stringify } = JSON;
  const { isArray } = Array;
  const { keys, entries, fromEntries, defineProperty } = Object;
  const { isFinite, isSafeInteger } = Number;
  const { apply } = Reflect;
  const startsWith = String.prototype.startsWith;
  const then = Promise.prototype.then;
  const MOST_LEVELS = 500;

  const request = (...parts) => {
    const answer = ask(stringify(parts));
    if (answer === undefined) return undefined;
    const { error, value } = parse(answer);
    if (error !== undefined) throw toolError(error);
    return value;
  };

  // ---- errors

  const told = new WeakMap();

  class ToolError extends Error {}
  defineProperty(ToolError.prototype, 'name', { value: 'ToolError', configurable: true, writable: true });

  /** An error of the host, with the stack of the call that it belongs to. */
  function toolError(failure, site) {
    const { message, ...fields } = failure;
    const error = failure.code === 'script/runtime' ? new TypeError(message) : new ToolError(message);
    if (error instanceof ToolError) Object.assign(error, fields);
    if (site !== undefined) error.stack = site.stack;
    told.set(error, failure);
    return error;
  }

  // ---- values

  const plain = (error) => {
    const copy = { name: text(error.name), message: text(error.message) };
    if (error.code !== undefined) copy.code = error.code;
    return copy;
  };

  const text = (value) => {
    try {
      return typeof value === 'symbol' ? value.toString() : ''.concat(value);
    } catch {
      return '';
    }
  };

  const mapKey = (key) => {
    if (typeof key === 'object' || typeof key === 'function') throw new TypeError('a Map with keys that are no texts');
    return text(key);
  };

  /** JSON text; says with its path what has none. */
  const encode = (value, act) => {
    const holders = [];
    const path = [];
    const at = () =>
      path.slice(1).map((key) => (typeof key === 'number' ? '[' + key + ']' : '.' + key)).join('').slice(0, 200);
    const refuse = (met) => {
      const where = at();
      throw toolError({ code: 'script/runtime', message: act + ': ' + met + (where && ' at ' + where) });
    };
    const convert = (item) => {
      switch (typeof item) {
        case 'number':
          return isFinite(item) ? item : refuse(''.concat(item) + ' has no JSON');
        case 'bigint': {
          const number = Number(item);
          return isSafeInteger(number) ? number : MARK + item;
        }
        case 'function':
          return refuse('a function has no JSON');
        case 'symbol':
          return refuse('a symbol has no JSON');
        case 'object':
          return item === null ? null : object(item);
        default:
          return item;
      }
    };
    const object = (item) => {
      if (isArray(item)) return item;
      if (item instanceof Promise) refuse('a promise, put await before it');
      if (item instanceof Map) return fromEntries([...item].map(([key, each]) => [mapKey(key), each]));
      if (item instanceof Set) return [...item];
      if (item instanceof Error) return plain(item);
      if (item instanceof RegExp) return text(item);
      if (ArrayBuffer.isView(item) && !(item instanceof DataView)) return [...item];
      return item;
    };
    return stringify(value, function (key, item) {
      while (holders.length > 0 && holders[holders.length - 1] !== this) {
        holders.pop();
        path.pop();
      }
      path.push(isArray(this) ? +key : key);
      const converted = convert(item);
      if (typeof converted !== 'object' || converted === null) {
        path.pop();
        return converted;
      }
      if (holders.includes(converted)) refuse('a value that holds itself');
      if (holders.length > MOST_LEVELS) refuse('values nested more than ' + MOST_LEVELS + ' deep');
      if (holders.length === 0) holders.push(this);
      holders.push(converted);
      return converted;
    });
  };

  const unmark = (_key, value) =>
    typeof value === 'string' && apply(startsWith, value, [MARK]) ? BigInt(value.slice(MARK.length)) : value;

  /** A value of the host: JSON text, "marked" where it holds integers behind marks; a text, "perhaps" of JSON. */
  const decode = (form, said) => {
    switch (form) {
      case 'json':
        return parse(said);
      case 'marked':
        return parse(said, unmark);
      case 'perhaps':
        try {
          return parse(said);
        } catch {
          return said;
        }
      default:
        return said;
    }
  };

  // ---- what waits for the host

  const waiting = new Map();
  let last = 0;

  const wait = (...parts) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      request(parts[0], id, ...parts.slice(1));
      waiting.set(id, { resolve, reject, site: parts[0] === 'sleep' ? undefined : new Error() });
    });

  /** What came beside a tool's data: images, audio and resources, as JSON text. */
  const beside = new WeakMap();

  const settle = (id, form, said, content) => {
    const waiter = waiting.get(+id);
    waiting.delete(+id);
    if (form === 'error') return waiter.reject(toolError(parse(said), waiter.site));
    const value = decode(form, said);
    if (content !== '' && typeof value === 'object' && value !== null) beside.set(value, content);
    waiter.resolve(value);
  };

  // ---- tools

  const call = (name, args, isByName) => wait('call', name, encode(args, 'call ' + name), isByName);

  const toolFunction = (name) => {
    const tool = async (...args) => call(name, args, false);
    defineProperty(tool, 'name', { value: name });
    return tool;
  };

  const call_tool = async (name, ...args) => {
    if (typeof name === 'object' && name !== null && args.length === 0) {
      const { tool_name, name: named, parameters, arguments: all, ...rest } = name;
      return call(text(tool_name ?? named ?? ''), [parameters ?? all ?? rest], true);
    }
    return call(text(name), args, true);
  };

  const search = async (query, limit) =>
    wait('search', text(query), typeof limit === 'object' && limit !== null ? limit.limit : limit);

  const describe = async (name) => request('describe', text(name));

  const content = (answer) => {
    const blocks = beside.get(answer);
    return blocks === undefined ? [] : parse(blocks);
  };

  const made = new Map();
  const named = (name) => {
    if (!made.has(name)) made.set(name, toolFunction(name));
    return made.get(name);
  };

  const tools = new Proxy({ search, describe, content }, {
    get(own, name) {
      if (name in own || typeof name === 'symbol' || name === 'then' || name === 'toJSON') return own[name];
      request('tool', name);
      return named(name);
    },
  });

  // ---- the rest of what a script finds

  const show = (value) => {
    if (typeof value === 'string') return value;
    if (typeof value === 'bigint') return text(value) + 'n';
    if (value instanceof Error) return text(value.name) + ': ' + text(value.message);
    if (typeof value === 'function') return '[function ' + text(value.name) + ']';
    if (typeof value !== 'object' || value === null) return text(value);
    try {
      return stringify(value, (_key, item) => {
        if (typeof item === 'bigint') return text(item);
        if (item instanceof Map) return fromEntries(item);
        if (item instanceof Set) return [...item];
        return item instanceof Error ? plain(item) : item;
      }) ?? text(value);
    } catch {
      return text(value);
    }
  };

  const print = (...values) => {
    request('print', values.map(show).join(' '));
  };

  const progress = (done, total, message) => {
    request('progress', +done, total === undefined || total === null ? null : +total, message === undefined ? null : text(message));
  };

  const sleep = async (ms) => wait('sleep', +ms);

  const timers = new Map();
  let lastTimer = 0;
  const setTimeout = (callback, ms = 0, ...args) => {
    const timer = ++lastTimer;
    timers.set(timer, true);
    apply(then, sleep(ms), [() => {
      if (!timers.delete(timer)) return;
      callback(...args);
    }]);
    return timer;
  };
  const clearTimeout = (timer) => void timers.delete(timer);

  const parallel = async (items) => Promise.all([...items].map((item) => (typeof item === 'function' ? item() : item)));

  const console = {};
  for (const level of ['log', 'info', 'warn', 'error', 'debug']) console[level] = print;

  const define = (name, value) =>
    defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });

  for (const [name, value] of entries({
    ToolError, call_tool, clearTimeout, console, parallel, print, progress, setTimeout, sleep, tools,
  })) define(name, value);

  // ---- a run

  /** Numbers by chance: sfc32 of Chris Doty-Humphrey's PractRand. Each script begins with words of its own. */
  const chance = (a, b, c, d) => () => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };

  const open = (names, form, data, seed) => {
    defineProperty(Math, 'random', { value: chance(...parse(seed)), writable: true, configurable: true });
    for (const name of parse(names)) define(name, named(name));
    const all = decode(form, data);
    define('data', all);
    for (const name of keys(all)) define(name, all[name]);
  };

  const describeError = (error) => {
    const failure = typeof error === 'object' && error !== null ? told.get(error) : undefined;
    if (!(error instanceof Error)) return { name: '', message: show(error), stack: '' };
    return { name: text(error.name), message: text(error.message), stack: text(error.stack), failure };
  };

  const failed = (error) => void ask(stringify(['failed', describeError(error)]));

  const done = (value) => {
    ask(stringify(['encoding', true]));
    const result = encode(value === undefined ? null : value, 'return the result');
    ask(stringify(['encoding', false]));
    ask(stringify(['done', result ?? 'null']));
  };

  /** Follows what a script's text evaluated to; "box" where its completion value lies in one. */
  const follow = (promise, kind) => {
    const finish = async () => {
      let value = await promise;
      if (kind === 'box') value = value.value;
      if (typeof value === 'function') value = value.length === 0 ? await value() : value;
      done(await value);
    };
    apply(then, finish(), [undefined, failed]);
  };

  return [open, follow, settle, (error) => stringify(describeError(error))];
})
`;
