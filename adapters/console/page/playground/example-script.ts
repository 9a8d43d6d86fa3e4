/** A first script for the playground, written for the tools that are connected. */
import type { Json } from '../../../../core/index.js';
import type { ConsoleTool } from '../../api.js';
import { own, parametersOf, type Parameter } from '../tools/parameter.js';
import { spellingOf } from './language.js';

/** A script that shows how a tool is called: one that only reads and asks for little, if there is one. */
export function exampleScript(tools: readonly ConsoleTool[], language: string): string {
  const tool = easiest(tools);
  const javascript = spellingOf(language) === 'javascript';
  if (tool === undefined) return javascript ? 'return 6 * 7;\n' : 'return 6 * 7\n';
  return javascript ? javascriptExample(tool) : pythonExample(tool);
}

function pythonExample(tool: ConsoleTool): string {
  const given = needed(tool).map((parameter) => `${parameter.name}=${sample(parameter, true)}`);
  return [
    '# Every connected tool is a function here. Ctrl-Enter runs the script.',
    `answer = ${tool.scriptName}(${given.join(', ')})`,
    'print(type(answer))',
    'return answer',
    '',
  ].join('\n');
}

function javascriptExample(tool: ConsoleTool): string {
  const given = needed(tool).map((parameter) => `${parameter.name}: ${sample(parameter, false)}`);
  return [
    '// Every connected tool is an async function here. Ctrl-Enter runs the script.',
    `const answer = await ${tool.scriptName}(${given.length === 0 ? '' : `{ ${given.join(', ')} }`});`,
    'console.log(typeof answer);',
    'return answer;',
    '',
  ].join('\n');
}

function easiest(tools: readonly ConsoleTool[]): ConsoleTool | undefined {
  const fit = tools.filter(
    (tool) => tool.scriptName.length <= 60 && needed(tool).every(({ name }) => /^[A-Za-z_]\w*$/.test(name)),
  );
  return fit.sort((a, b) => burden(a) - burden(b))[0];
}

/** What speaks against a tool as the first: that it may change something, and all that must be given. */
function burden(tool: ConsoleTool): number {
  const reads = tool.annotations !== undefined && own(tool.annotations, 'readOnlyHint') === true;
  const weights = needed(tool).map(({ type }) =>
    ['string', 'integer', 'number', 'boolean'].includes(type) ? 1 : 3,
  );
  return (reads ? 0 : 10) + weights.reduce((sum, weight) => sum + weight, 0);
}

function needed(tool: ConsoleTool): Parameter[] {
  return parametersOf(tool.inputSchema).filter(({ required }) => required);
}

/** A value that fits, as the language writes it. */
function sample({ name, values, schema, type }: Parameter, python: boolean): string {
  const known = values[0] ?? own(schema, 'default') ?? firstExample(schema);
  const value = known ?? byType(type, name);
  const json = JSON.stringify(value);
  return python && typeof value === 'boolean' ? (value ? 'True' : 'False') : json;
}

function firstExample(schema: Parameter['schema']): Json | undefined {
  const examples = own(schema, 'examples');
  const first: unknown = Array.isArray(examples) ? examples[0] : undefined;
  return typeof first === 'string' || typeof first === 'number' || typeof first === 'boolean'
    ? first
    : undefined;
}

function byType(type: string, name: string): Json {
  if (type === 'integer' || type === 'number') return 1;
  if (type === 'boolean') return false;
  if (type === 'object') return {};
  if (type.endsWith('[]')) return [];
  return /path|dir|folder/i.test(name) ? '.' : 'hello';
}
