/** Tools that a model or a client will stumble over. */
import {
  estimatedTokens,
  estimatedTokensOf,
  isJsonObject,
  ToolCatalog,
  type Json,
  type ToolDefinition,
} from '../../../core/index.js';
import type { LoadedPlugin, Manifest } from '../../../core/manifest/index.js';
import type { Finding, Severity } from './finding.js';
import type { Offer } from './server-check.js';

/** Clients name a tool `mcp__toolscript__name`, and the APIs behind them take 64 characters. */
const LONGEST_NAME = 64 - 'mcp__toolscript__'.length;
const LONGEST_DESCRIPTION = 2_000;
const MANY_TOKENS = 10_000;
const MANY_TOOLS = 40;
const LARGE_TOKENS = 3_000;

interface ToolCheck {
  readonly severity: Severity;
  readonly message: string;
  readonly remedy: string;
  /** Whether it is so of a tool. */
  readonly isSo: (tool: ToolDefinition, catalog: ToolCatalog) => boolean;
}

const RENAME = 'give them other names: tools.overrides of their server';
const DESCRIBE = 'say it in tools.overrides of their server';

const CHECKS: readonly ToolCheck[] = [
  {
    severity: 'warning',
    message: `have a name of more than ${LONGEST_NAME} characters, which clients refuse once they have put theirs in front`,
    remedy: RENAME,
    isSo: ({ name }) => name.length > LONGEST_NAME,
  },
  {
    severity: 'warning',
    message: 'have a name with other characters than letters, digits, _ and -, which some clients refuse',
    remedy: RENAME,
    isSo: ({ name }) => !/^[\w-]+$/.test(name),
  },
  {
    severity: 'warning',
    message: 'say nothing of what they do: a model will not choose them, or choose wrongly',
    remedy: DESCRIBE,
    isSo: ({ description = '' }) => description.trim() === '',
  },
  {
    severity: 'hint',
    message: `have a description of more than ${LONGEST_DESCRIPTION} characters, which some clients cut`,
    remedy: DESCRIBE,
    isSo: ({ description = '' }) => description.length > LONGEST_DESCRIPTION,
  },
  {
    severity: 'warning',
    message:
      'have a choice (anyOf, oneOf, allOf) at the top of their input schema, which some model APIs refuse',
    remedy: 'tell their maker; scripts can call them all the same',
    isSo: ({ inputSchema }) =>
      ['anyOf', 'oneOf', 'allOf'].some((keyword) => Object.hasOwn(inputSchema, keyword)),
  },
  {
    severity: 'warning',
    message: 'have parameters whose names some model APIs refuse',
    remedy: 'tell their maker; scripts can call them all the same',
    isSo: (tool) => parametersOf(tool).some(([name]) => !/^[\w.-]{1,64}$/.test(name)),
  },
  {
    severity: 'warning',
    message: 'have an input schema that cannot be used: arguments go to the server unchecked',
    remedy: 'tell their maker',
    isSo: (tool, catalog) => {
      const bound = catalog.byName(tool.name);
      // Values that fit no plain type: then the schema itself is asked.
      bound?.checkArguments(Object.fromEntries(bound.parameters.map((name) => [name, {}])));
      return bound?.problem !== undefined;
    },
  },
  {
    severity: 'hint',
    message: 'have parameters of no said type: a model must guess what they take',
    remedy: 'tell their maker, or say it in their description by tools.overrides',
    isSo: (tool) => parametersOf(tool).some(([, schema]) => isUntyped(schema)),
  },
  {
    severity: 'hint',
    message: `take more than ${LARGE_TOKENS} tokens each in a client's context`,
    remedy: 'leave out those that nobody needs (tools.exclude), or switch the optimizer on',
    isSo: (tool) => estimatedTokens(tool) > LARGE_TOKENS,
  },
];

function parametersOf({ inputSchema }: ToolDefinition): [string, Json][] {
  const properties = inputSchema['properties'];
  return isJsonObject(properties) ? Object.entries(properties) : [];
}

const TYPING = ['type', 'enum', 'const', 'anyOf', 'oneOf', 'allOf', '$ref', 'properties', 'items'];

function isUntyped(schema: Json): boolean {
  return !isJsonObject(schema) || !TYPING.some((keyword) => Object.hasOwn(schema, keyword));
}

/** What is to be said of the tools, of many in one finding. */
export function toolFindings(offer: Offer, manifest: Manifest, plugins: readonly LoadedPlugin[]): Finding[] {
  const catalog = ToolCatalog.of(offer.tools, offer.reservedNames);
  const found = CHECKS.flatMap(({ isSo, severity, message, remedy }): Finding[] => {
    const tools = offer.tools.filter((tool) => isSo(tool, catalog));
    return tools.length === 0 ? [] : [{ severity, subject: toolsText(tools), message, remedy }];
  });
  return [
    ...found,
    ...namesakes(offer),
    ...silent(offer),
    ...crowd(offer, manifest),
    ...dangers(offer, manifest, plugins),
  ];
}

function namesakes({ tools, origins }: Offer): Finding[] {
  const owners = new Map<string, Set<string>>();
  for (const { backend, tool } of origins.values())
    owners.set(tool, (owners.get(tool) ?? new Set<string>()).add(backend));
  const shared = tools.filter(({ name }) => (owners.get(origins.get(name)?.tool ?? '')?.size ?? 0) > 1);
  if (shared.length === 0) return [];
  return [
    {
      severity: 'hint',
      subject: toolsText(shared),
      message:
        'are offered by several servers under the same name, and are told apart by what stands in front',
      remedy: 'choose how with aggregation, or leave one out with tools.exclude',
    },
  ];
}

function silent({ tools }: Offer): Finding[] {
  const untold = tools.filter(({ outputSchema }) => outputSchema === undefined);
  if (untold.length === 0) return [];
  return [
    {
      severity: 'hint',
      subject: toolsText(untold),
      message: 'do not say what they answer: a script must look first',
      remedy: 'say it in their description by tools.overrides, for those that are used much',
    },
  ];
}

function crowd({ tools }: Offer, { optimizer }: Manifest): Finding[] {
  const tokens = estimatedTokensOf(tools);
  if (optimizer.enabled || (tokens <= MANY_TOKENS && tools.length <= MANY_TOOLS)) return [];
  return [
    {
      severity: 'hint',
      subject: `the list of ${tools.length} tools`,
      message: `takes about ${tokens} tokens of a client's context; some clients take no more than ${MANY_TOOLS} tools`,
      remedy:
        'switch the optimizer on ("optimizer": { "enabled": true }), or leave tools out (tools.exclude)',
    },
  ];
}

/** Policies that only count, and say nothing of who may do what. */
const COUNTING = ['toolscript/plugins/limits/fixed', 'toolscript/plugins/limits/traffic'];

/** Whether somebody decides who may do what. */
function hasPolicy(manifest: Manifest, plugins: readonly LoadedPlugin[]): boolean {
  const places = plugins.filter(({ plugin }) => plugin.kind === 'limits').map(({ path }) => path[1]);
  return manifest.plugins.some(({ use, path }) => places.includes(path[1]) && !COUNTING.includes(use));
}

function dangers({ tools }: Offer, manifest: Manifest, plugins: readonly LoadedPlugin[]): Finding[] {
  const destructive = tools.filter(({ annotations }) => annotations?.['destructiveHint'] === true);
  if (destructive.length === 0 || hasPolicy(manifest, plugins)) return [];
  return [
    {
      severity: 'warning',
      subject: toolsText(destructive),
      message: 'call themselves destructive, and no policy says who may call them, or with what',
      remedy: 'docs/how-to/decide-who-may-do-what.md has rules to begin with; tools.exclude leaves them out',
    },
  ];
}

const MAX_SHOWN = 5;
const MAX_NAME = 60;

function toolsText(tools: readonly ToolDefinition[]): string {
  const names = tools
    .slice(0, MAX_SHOWN)
    .map(({ name }) => (name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name));
  const rest = tools.length > MAX_SHOWN ? ` and ${tools.length - MAX_SHOWN} more` : '';
  return `${tools.length === 1 ? 'tool' : `${tools.length} tools`} ${names.join(', ')}${rest}`;
}
