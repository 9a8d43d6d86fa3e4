/** What a runtime says of itself and of the tools. */
import { utf8Bytes } from '../byte-count.js';
import type { JsonObject } from '../json.js';
import { ToolCatalog } from '../tool-catalog.js';
import type { ToolDefinition } from '../tool-dispatcher.js';
import { must } from './contract-check.js';
import { HOSTILE_TEXTS } from './hostile-json.js';
import { mustAnswer, BENCH_TOOLS } from './runtime-bench.js';
import { promise } from './runtime-promise.js';
import type { RuntimePromise } from './runtime-promise.js';

const MOST_GUIDE_BYTES = 4_000;
const MOST_BRIEF_BYTES = 1_000;
/** UTF-16 units that a signature may take beyond what was asked for. */
const SLACK = 40;
const LENGTHS = [60, 200, 600];

/** The promises. */
export const FACE_PROMISES: readonly RuntimePromise[] = [
  promise('says what it is', [], ({ runtime }) => {
    const { name, language, reservedNames, examples = [] } = runtime;
    must(isText(name), 'name: want a text');
    must(language === undefined || isText(language), 'language: want a text, or undefined');
    must(
      reservedNames instanceof Set && [...reservedNames].every(isText),
      'reservedNames: want a set of texts',
    );
    must(runtime.reservedNames === reservedNames, 'reservedNames: got another set, want the same one');
    must(
      examples.every(({ script }) => isText(script)),
      'examples: want scripts',
    );
  }),
  promise('has a short guide that never changes', [], ({ runtime }) => {
    const { guide, briefGuide } = runtime;
    mustFit('guide', guide, MOST_GUIDE_BYTES);
    if (briefGuide !== undefined) mustFit('briefGuide', briefGuide, MOST_BRIEF_BYTES);
    must(
      runtime.guide === guide && runtime.briefGuide === briefGuide,
      'guide: got another text, want the same',
    );
  }),
  promise('writes signatures in one line, with the name and what must be given', [], ({ runtime }) => {
    for (const tool of catalogOf(runtime.reservedNames, ODD_TOOLS).bound) {
      for (const length of [undefined, ...LENGTHS]) {
        const text: unknown = runtime.signature(tool, length);
        must(isText(text), 'signature: want a text');
        must(!/[\n\r\u2028\u2029]/.test(text), 'signature: got several lines, want one');
        must(text.includes(tool.scriptName), `signature: ${tool.scriptName} does not say its name`);
        const missing = tool.required.filter((name) => isWord(name) && !text.includes(name));
        must(missing.length === 0, `signature: ${tool.scriptName} does not say ${missing.join(', ')}`);
      }
    }
  }),
  promise('writes signatures within the length, always the same', [], ({ runtime }) => {
    for (const tool of catalogOf(runtime.reservedNames, ODD_TOOLS).bound.filter(isShort)) {
      for (const length of LENGTHS) {
        const text = runtime.signature(tool, length);
        const most = Math.max(length, tool.scriptName.length + tool.required.join(', ').length) + SLACK;
        must(text.length <= most, `signature: ${String(text.length)} units, want ${String(length)} about`);
        must(runtime.signature(tool, length) === text, 'signature: got another text, want the same');
      }
    }
  }),
  promise('works beside tools named as its own names', ['answers'], async (bench, { answers }) => {
    const own = [...bench.runtime.reservedNames].map((name) => ({ ...BENCH_TOOLS[1]!, name }));
    const catalog = catalogOf(bench.runtime.reservedNames, [...BENCH_TOOLS, ...own]);
    for (const [source, value] of answers) mustAnswer(await bench.run(source, { catalog }), value);
  }),
  promise('closes, also twice, and without a run', [], async (bench) => {
    await bench.close();
  }),
];

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isWord(name: string): boolean {
  return /^[a-z]\w{0,30}$/i.test(name);
}

function isShort({ scriptName }: { readonly scriptName: string }): boolean {
  return scriptName.length <= Math.min(...LENGTHS);
}

function mustFit(what: string, text: unknown, most: number): void {
  must(isText(text), `${what}: want a text`);
  const bytes = utf8Bytes(text, Number.POSITIVE_INFINITY);
  must(bytes <= most, `${what}: ${String(bytes)} bytes, want ${String(most)} at most`);
}

function catalogOf(reserved: ReadonlySet<string>, tools: readonly ToolDefinition[]): ToolCatalog {
  return new ToolCatalog(tools, reserved);
}

function tool(name: string, inputSchema: JsonObject): ToolDefinition {
  return { name, description: HOSTILE_TEXTS.join(' '), inputSchema };
}

const LONG_LIST = Object.fromEntries(
  Array.from({ length: 300 }, (_none, index) => [`p${String(index)}`, { type: 'string' }]),
);

function deep(depth: number): JsonObject {
  return depth === 0 ? { type: 'string' } : { type: 'array', items: deep(depth - 1) };
}

/** Tools as servers have them, and as nobody should. */
const ODD_TOOLS: readonly ToolDefinition[] = [
  ...BENCH_TOOLS,
  tool('no-parameters', { type: 'object' }),
  tool('many', { type: 'object', properties: LONG_LIST }),
  tool('some_required', { type: 'object', properties: LONG_LIST, required: ['p3', 'p200'] }),
  tool('deep', { type: 'object', properties: { value: deep(200) }, required: ['value'] }),
  tool('words', {
    type: 'object',
    properties: { mode: { enum: Array.from({ length: 500 }, (_none, index) => `mode ${String(index)}`) } },
  }),
  tool('odd', {
    type: 'object',
    properties: Object.fromEntries(
      HOSTILE_TEXTS.map((text) => [`${text}!`, { type: 'null', default: text }]),
    ),
  }),
  tool(
    'own',
    JSON.parse(
      '{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{}}}',
    ) as JsonObject,
  ),
  tool('lines', { type: 'object', properties: { text: { enum: ['a\nb\u2028c'], default: 'a\nb' } } }),
  tool('endless', { type: 'object', properties: { self: { $ref: '#' } } }),
  ...HOSTILE_TEXTS.map((text) => tool(text, { type: 'object' })),
];
