/** `execute_tool_script`: how it is advertised, and how a call of it is answered. */
import { nameFaults } from './argument-fault.js';
import { SCRIPT_TOOL_NAME } from './code-mode.js';
import type { RequestContext, RunRequest, ScriptToolDetail } from './code-mode.js';
import type { Ending } from './ending.js';
import type { Failure } from './error.js';
import { inject, injectable, TOKENS } from './injection.js';
import { isJsonObject } from './json.js';
import type { Json, JsonObject } from './json.js';
import { languageOf } from './languages.js';
import type { Languages } from './languages.js';
import type { Limits } from './limit-policy.js';
import type { Outcome } from './outcome.js';
import { failureOf } from './output-gate.js';
import { ParameterList } from './parameter-list.js';
import type { PolicyGate } from './policy-gate.js';
import { briefDescription, scriptToolDescription } from './script-tool-description.js';
import { refusedResult, scriptToolResult } from './script-tool-result.js';
import type { ScriptRuntime } from './script-runtime.js';
import type { ToolCatalog } from './tool-catalog.js';
import type { Caller } from './caller.js';
import type { ToolDefinition, ToolResult } from './tool-dispatcher.js';
import type { ToolList } from './tool-list.js';
import { typeMet } from './type-name.js';

/** Runs a script, as the tool asks for it. */
export type RunScript = (request: RunRequest) => Promise<Outcome>;

/** The tool of one composition. */
@injectable()
export class ScriptTool {
  readonly #languages: Languages;
  readonly #toolList: ToolList;
  readonly #policy: PolicyGate;
  readonly #definitions = new WeakMap<ToolCatalog, Map<string, readonly ToolDefinition[]>>();

  constructor(
    @inject(TOKENS.languages) languages: Languages,
    @inject(TOKENS.toolList) toolList: ToolList,
    @inject(TOKENS.policyGate) policy: PolicyGate,
  ) {
    this.#languages = languages;
    this.#toolList = toolList;
    this.#policy = policy;
  }

  /** As this caller sees it; kept as long as the list of tools. Nothing when the policy hides it. */
  async definition(
    caller: Caller,
    ending: Ending,
    { catalog: known, detail = 'full' }: Asked = {},
  ): Promise<ToolDefinition | undefined> {
    const [catalog, limits, languages] = await Promise.all([
      known ?? this.#toolList.catalog(caller, ending),
      ending.until(this.#policy.limitsFor(caller, 'describe').catch(() => undefined)),
      ending.until(this.#policy.languagesFor(caller, this.#languages.names)),
    ]);
    const offered = this.#offered({ catalog, limits, languages, detail });
    if (!this.#policy.hidesTools) return offered[0];
    return (await ending.until(this.#policy.visibleTools(caller, offered)))[0];
  }

  /** The definition, alone in a list: policies keep what they say of lists. */
  #offered(told: Told): readonly ToolDefinition[] {
    const { catalog, limits, languages, detail } = told;
    const kept = this.#definitions.get(catalog) ?? new Map<string, readonly ToolDefinition[]>();
    this.#definitions.set(catalog, kept);
    const key = JSON.stringify([detail, limits, languages]);
    const offered = kept.get(key) ?? this.#define(told);
    if (kept.size < MAX_KEPT) kept.set(key, offered);
    return offered;
  }

  /** Answers a call with whatever arguments. Never rejects. */
  async call(args: unknown, context: RequestContext, run: RunScript): Promise<ToolResult> {
    try {
      const fault = argumentsFault(args);
      if (fault !== undefined) return refusedResult(fault);
      const { script, ...rest } = args as Pick<RunRequest, 'script' | 'data' | 'language'>;
      const outcome = await run({ ...context, script, ...rest });
      return scriptToolResult(outcome, typeof script === 'string' ? script : '');
    } catch (thrown) {
      return refusedResult(failureOf(thrown));
    }
  }

  /** None where the policy leaves no language. */
  #define({ catalog, limits, languages, detail }: Told): readonly ToolDefinition[] {
    const describe = detail === 'brief' ? briefDescription : scriptToolDescription;
    const runtimes = this.#languages.of(languages);
    if (runtimes.length === 0) return [];
    return [
      {
        name: SCRIPT_TOOL_NAME,
        title: 'Run a script over the tools',
        description: describe(runtimes, catalog, limits),
        inputSchema: inputSchema(runtimes, this.#languages.names.length > 1),
        annotations: annotations(catalog),
      },
    ];
  }
}

/** What is known already, and how much is to be told. */
interface Asked {
  readonly catalog?: ToolCatalog;
  readonly detail?: ScriptToolDetail;
}

/** What a definition tells. */
interface Told extends Required<Asked> {
  readonly limits: Limits | undefined;
  /** Those that the caller may use, the default first. */
  readonly languages: readonly string[];
}

/** Definitions kept for one list of tools: one for each set of limits that callers have. */
const MAX_KEPT = 100;

const PARAMETERS = {
  script: { type: 'string', description: 'The script. What it returns at top level is the result.' },
  data: {
    type: 'object',
    description: 'Values for the script: each key is a variable in it, and all are in the variable `data`.',
    additionalProperties: true,
  },
} as const;

const BARE_SCHEMA = {
  type: 'object',
  properties: PARAMETERS,
  required: ['script'],
  additionalProperties: false,
} as const satisfies JsonObject;

function inputSchema(runtimes: readonly ScriptRuntime[], isChoice: boolean): JsonObject {
  const examples = runtimes.flatMap((runtime, index) =>
    (runtime.examples ?? []).map((example) =>
      index === 0 ? example : { ...example, language: languageOf(runtime) },
    ),
  );
  return {
    ...BARE_SCHEMA,
    ...(isChoice && { properties: { ...PARAMETERS, language: languageSchema(runtimes.map(languageOf)) } }),
    ...(examples.length > 0 && { examples }),
  };
}

function languageSchema(names: readonly string[]): JsonObject {
  const description = `What the script is written in; ${String(names[0])} when absent.`;
  return { type: 'string', enum: names, default: names[0]!, description };
}

const PARAMETER_LIST = new ParameterList({
  ...BARE_SCHEMA,
  properties: { ...PARAMETERS, language: { type: 'string' } },
});

/** What is wrong with the names of the arguments; their values are judged by the run. */
function argumentsFault(args: unknown): Failure | undefined {
  const fault = isJsonObject(args)
    ? nameFaults(args, PARAMETER_LIST)
    : `got ${typeMet(args)}, want an object with script and data`;
  if (fault === '') return undefined;
  const hasScript = isJsonObject(args) && Object.hasOwn(args, 'script');
  return {
    code: hasScript ? 'tool/arguments' : 'script/syntax',
    message: `call ${SCRIPT_TOOL_NAME}: ${fault}`,
    hint: 'its parameters: script (text), data (an object, optional)',
  };
}

/** True of the script only as far as it is true of every tool that it may call. */
function annotations({ bound }: ToolCatalog): JsonObject {
  const hints = bound.map(({ tool }) => (isJsonObject(tool.annotations) ? tool.annotations : {}));
  const isReadOnly = hints.every((hint) => hint['readOnlyHint'] === true);
  const isHarmless = hints.every(
    (hint) => hint['readOnlyHint'] === true || hint['destructiveHint'] === false,
  );
  return {
    readOnlyHint: isReadOnly,
    destructiveHint: !isHarmless,
    idempotentHint: isReadOnly,
    openWorldHint: true,
  } satisfies Record<string, Json>;
}
