/** What the editor offers to write at the cursor: tools, their parameters and values, names of the language. */
import type { ConsoleTool } from '../../api.js';
import { parametersOf, type Parameter } from '../tools/parameter.js';
import { callAt } from './call-at.js';
import type { Spelling } from './language.js';

/** One offer. */
export interface Suggestion {
  readonly label: string;
  readonly kind: 'tool' | 'parameter' | 'value' | 'name' | 'own';
  /** Beside it: a type, the server of a tool. */
  readonly detail?: string;
  /** What it is for, in several lines. */
  readonly about?: string;
  /** What is written; the label where absent. `$` stands where the cursor goes, and is not written. */
  readonly text?: string;
  /** The more, the earlier it stands. */
  readonly rank: number;
}

/** The offers, and where the word begins that one of them replaces. */
export interface Suggestions {
  readonly from: number;
  readonly offers: readonly Suggestion[];
}

/** What is known to choose from. */
export interface Vocabulary {
  readonly spelling: Spelling;
  readonly tools: readonly ConsoleTool[];
  /** What the language has of its own. */
  readonly names: readonly string[];
}

/** A name longer than this is offered to nobody. */
const LONGEST_NAME = 200;

/** Text of the script that is searched for names of its own. */
const FARTHEST = 50_000;

/** What fits at a place of a text; `asked` says that somebody pressed the key for it. */
export function suggestions(
  text: string,
  at: number,
  words: Vocabulary,
  asked: boolean,
): Suggestions | undefined {
  const before = text.slice(0, at);
  const quoted = realNames(before, words.tools);
  if (quoted !== undefined) return quoted;
  const call = callAt(before, words.spelling);
  const tool = call && words.tools.find(({ scriptName }) => scriptName === call.name);
  const parameters = tool === undefined ? [] : parametersOf(tool.inputSchema);
  const value =
    call?.parameter === undefined ? undefined : parameters.find(({ name }) => name === call.parameter);
  const values = value && valueOffers(before, value, words.spelling);
  if (values !== undefined) return values;
  if (isWithin(before, words.spelling)) return undefined;
  const word = /[\p{L}\p{N}_$]*$/u.exec(before)?.[0] ?? '';
  const from = at - word.length;
  if (before.endsWith('.', from)) return memberOffers(before, from, words);
  const named = call?.atName === true ? parameterOffers(parameters, call.given, words.spelling) : [];
  if (word === '' && !asked && named.length === 0) return undefined;
  if (/^\d/.test(word)) return undefined;
  return { from, offers: [...named, ...toolOffers(words), ...nameOffers(text, word, words)] };
}

/** Real names of tools within `call_tool("…`. */
function realNames(before: string, tools: readonly ConsoleTool[]): Suggestions | undefined {
  const opened = /\bcall_tool\(\s*["']([^"'\n]*)$/.exec(before);
  if (opened === null) return undefined;
  return {
    from: before.length - (opened[1] ?? '').length,
    offers: offered(tools).map((tool) => ({ label: tool.name, kind: 'tool', rank: 1, ...about(tool) })),
  };
}

/** `tools.` has the tools as its members; of other things the editor knows nothing. */
function memberOffers(before: string, from: number, words: Vocabulary): Suggestions | undefined {
  if (!/\btools\.$/.test(before.slice(0, from))) return undefined;
  const own = ['search', 'describe'].map((label) => ({
    label,
    kind: 'name' as const,
    text: `${label}($)`,
    rank: 1,
  }));
  return { from, offers: [...toolOffers(words), ...own] };
}

function toolOffers({ tools, spelling }: Vocabulary): Suggestion[] {
  const call = spelling === 'python' ? '($)' : '({ $ })';
  return offered(tools).map((tool) => ({
    label: tool.scriptName,
    kind: 'tool',
    text: `${tool.scriptName}${hasParameters(tool) ? call : '()$'}`,
    rank: 3,
    ...about(tool),
  }));
}

function parameterOffers(
  parameters: readonly Parameter[],
  given: readonly string[],
  spelling: Spelling,
): Suggestion[] {
  return parameters
    .filter(
      ({ name }) =>
        /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) && name.length <= LONGEST_NAME && !given.includes(name),
    )
    .map(({ name, type, required, description }) => ({
      label: name,
      kind: 'parameter',
      detail: required ? type : `${type}, optional`,
      about: description,
      text: spelling === 'python' ? `${name}=` : `${name}: `,
      rank: required ? 9 : 8,
    }));
}

/** What a parameter may be, where its schema lists that. */
function valueOffers(before: string, parameter: Parameter, spelling: Spelling): Suggestions | undefined {
  const written = /[=:]\s*(["']?[^"'\s,()=:]*)$/.exec(before)?.[1];
  if (written === undefined) return undefined;
  const bools = spelling === 'python' ? ['False', 'True'] : ['false', 'true'];
  const texts = parameter.type === 'boolean' ? bools : parameter.values.map((value) => JSON.stringify(value));
  if (texts.length === 0) return undefined;
  return {
    from: before.length - written.length,
    offers: texts.map((label) => ({ label, kind: 'value', rank: 9 })),
  };
}

/** Names of the language, and those that the script itself has. */
function nameOffers(text: string, word: string, { names, tools }: Vocabulary): Suggestion[] {
  const taken = new Set([...names, ...tools.map(({ scriptName }) => scriptName), word]);
  const written = text.slice(0, FARTHEST).match(/[\p{L}_$][\p{L}\p{N}_$]{2,}/gu) ?? [];
  const own = [...new Set(written)].filter((name) => !taken.has(name) && name.length <= LONGEST_NAME);
  return [
    ...names.map((label): Suggestion => ({ label, kind: 'name', rank: 2 })),
    ...own.slice(0, 300).map((label): Suggestion => ({ label, kind: 'own', rank: 1 })),
  ];
}

/** Whether a text ends in a comment or between quotes. */
function isWithin(before: string, spelling: Spelling): boolean {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const bare = line.replace(/\\./g, '').replace(/"[^"]*"|'[^']*'|`[^`]*`/g, '');
  return /["'`]/.test(bare) || (spelling === 'python' ? bare.includes('#') : bare.includes('//'));
}

function offered(tools: readonly ConsoleTool[]): ConsoleTool[] {
  return tools.filter(
    ({ scriptName, name }) => scriptName.length <= LONGEST_NAME && name.length <= LONGEST_NAME,
  );
}

function about({ backend, signature, description }: ConsoleTool): Pick<Suggestion, 'detail' | 'about'> {
  return { ...(backend !== undefined && { detail: backend }), about: `${signature}\n\n${description}` };
}

function hasParameters({ inputSchema }: ConsoleTool): boolean {
  return parametersOf(inputSchema).length > 0;
}
