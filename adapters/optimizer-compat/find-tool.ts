/** Answers calls of `find_tool`: definitions, the best first, and how many tokens that spared. */
import {
  ANONYMOUS,
  codedResult,
  estimatedTokensOf,
  isJsonArray,
  isJsonObject,
  plainJson,
  ToolscriptError,
  type CodeMode,
  type FoundTool,
  type Json,
  type JsonObject,
  type RequestContext,
  type ToolDefinition,
  type ToolResult,
} from '../../core/index.js';
import { outlinedBeyond } from './definition-outline.js';
import { failedResult, keysText } from './meta-result.js';
import { SCRIPT_CALL_KEY } from './meta-tools.js';
import { percentSaved, type Savings } from './savings.js';

/** How one optimizer finds. */
export interface FindOptions {
  /** Whether to say how scripts call what was found. */
  readonly scripts: boolean;
  readonly maxTools: number;
  readonly maxTokens: number;
}

/** Finds tools of callers. */
export class FindTool {
  readonly #codeMode: CodeMode;
  readonly #savings: Savings;
  readonly #options: FindOptions;

  constructor(codeMode: CodeMode, savings: Savings, options: FindOptions) {
    this.#codeMode = codeMode;
    this.#savings = savings;
    this.#options = options;
  }

  /** What cannot be searched is a result that says why. */
  async answer(args: JsonObject, context: RequestContext): Promise<ToolResult> {
    const words = readWords(args);
    if (typeof words === 'string') {
      const text = `find_tool failed: ${words}, ${keysText(args)}`;
      return codedResult(failedResult(text), 'tool/arguments');
    }
    try {
      return await this.#find(words, context);
    } catch (error) {
      if (!(error instanceof ToolscriptError)) throw error;
      return codedResult(failedResult(`find_tool failed: ${error.message}`), error.code);
    }
  }

  async #find(words: Words, context: RequestContext): Promise<ToolResult> {
    const { caller = ANONYMOUS } = context;
    const { maxTools, maxTokens } = this.#options;
    const query = { ...words, limit: maxTools };
    const { tools, baselineTokens } = await this.#codeMode.findTools(query, context);
    const given = outlinedBeyond(
      maxTokens,
      tools.map(({ tool }) => tool),
    );
    const returnedTokens = estimatedTokensOf(given);
    const found = tools.map((tool, index) => this.#withCall(given[index]!, tool)) as readonly Json[];
    const metrics = {
      baseline_tokens: baselineTokens,
      returned_tokens: returnedTokens,
      savings_percent: percentSaved(baselineTokens, returnedTokens),
    };
    const session = await this.#savings.found(caller, textOf({ tools: found, token_metrics: metrics }));
    const answer = { tools: found, token_metrics: { ...metrics, ...(session !== undefined && { session }) } };
    return { content: [{ type: 'text', text: textOf(answer) }], structuredContent: answer };
  }

  #withCall(given: ToolDefinition, { signature }: FoundTool): ToolDefinition {
    if (!this.#options.scripts) return given;
    const { _meta } = given;
    return { ...given, _meta: { ...(isJsonObject(_meta) && _meta), [SCRIPT_CALL_KEY]: signature } };
  }
}

/** What to look for. */
interface Words {
  readonly text: string;
  readonly keywords?: readonly string[];
}

const WANTED = 'want {"tool_description": "what it should do", "tool_keywords": ["word", …]}';

/** Or what is wrong. Keywords may be one text; words that stand there alone are as good as a description. */
function readWords({ tool_description: said = '', tool_keywords: given = [] }: JsonObject): Words | string {
  const text = said ?? '';
  if (typeof text !== 'string') return `tool_description must be a text: ${WANTED}`;
  const keywords = typeof given === 'string' ? wordsOf(given) : (given ?? []);
  if (!isTexts(keywords)) return `tool_keywords must be texts: ${WANTED}`;
  const known = keywords.filter((word) => word.trim() !== '');
  if (text.trim() === '' && known.length === 0) return `tool_description is required: ${WANTED}`;
  return { text, ...(known.length > 0 && { keywords: known }) };
}

const LONGEST_LIST = 10_000;

/** A list in JSON, or words with spaces or commas between them. */
function wordsOf(text: string): Json {
  const beginning = text.slice(0, LONGEST_LIST);
  try {
    const list: unknown = JSON.parse(beginning);
    if (isJsonArray(list)) return list;
  } catch {
    // No JSON: words.
  }
  return beginning.split(/[\s,]+/);
}

function isTexts(value: Json): value is readonly string[] {
  return isJsonArray(value) && value.every((item) => typeof item === 'string');
}

/** Integers that JSON.stringify refuses become texts. */
function textOf(value: JsonObject): string {
  try {
    return JSON.stringify(value);
  } catch {
    return JSON.stringify(plainJson(value));
  }
}
