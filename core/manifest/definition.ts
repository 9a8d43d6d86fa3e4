/**
 * The one definition of the manifest: it validates, and the published JSON Schema is made from it.
 *
 * Texts are checked after their variables are in place, so an editor, which reads the file as it stands,
 * must accept `${VAR}` wherever a text may stand: formats are checked by code, choices are exact.
 */
import { z } from 'zod';

import { LIMIT_RANGES, type LimitName } from '../limit-policy.js';
import { aggregationSection, patterns, prefixField, toolsSection } from './aggregation-section.js';
import { CLIENT_FIELDS, type ClientField } from './client-fields.js';
import { stdioSection } from './auth-section.js';
import { clientsSection } from './clients-section.js';
import { httpSection } from './http-section.js';
import { optimizerSection } from './optimizer-section.js';
import { withScalarTexts } from './schema-texts.js';
import { telemetrySection } from './telemetry-section.js';

const text = () => z.string().min(1);

/** What a client file says of every kind of server, whether it matters here or not. */
const common = {
  disabled: z.boolean().optional().describe('Leaves the server out.'),
  prefix: prefixField,
  tools: z
    .union([patterns(), toolsSection])
    .exactOptional()
    .describe(
      'Which of its tools are let in, and what is said of them; a list, as Copilot writes it, is include.',
    ),
  connectTimeoutMs: z
    .int()
    .min(1)
    .max(3_600_000)
    .exactOptional()
    .describe('Milliseconds that it may take to start and to list its tools. Default 30,000.'),
  ...clientFields(),
};

function clientFields(): Record<keyof typeof CLIENT_FIELDS, z.ZodOptional<z.ZodType>> {
  const schemas: Record<string, z.ZodOptional<z.ZodType>> = {};
  for (const [field, { of, filter, note = 'changes nothing here' }] of Object.entries<ClientField>(
    CLIENT_FIELDS,
  )) {
    const schema = filter === undefined ? z.unknown() : patterns();
    const effect = filter === undefined ? note : `the same as tools.${filter}`;
    schemas[field] = schema.optional().describe(`Written by ${of}; ${effect}.`);
  }
  return schemas;
}

const webAddress = () =>
  text().refine((value) => /^https?:\/\//i.test(value) && URL.canParse(value), {
    error: 'an address that starts with http:// or https://',
    abort: true,
  });

const headers = z
  .record(text(), z.string())
  .optional()
  .describe('HTTP headers to send with each request, e.g. Authorization.');

const stdioServer = z
  .strictObject({
    type: z
      .literal('stdio')
      .optional()
      .describe('A program of this machine, spoken to over its standard input and output.'),
    command: text().describe('The program to start.'),
    args: z.array(z.string()).optional().describe('Its arguments.'),
    env: z
      .record(text(), z.union([z.string(), z.number(), z.null()]))
      .optional()
      .describe('Environment variables for it, beside a small safe set. null passes none.'),
    cwd: text()
      .optional()
      .describe("Its working folder. Default, and start of a relative one: the manifest's folder."),
    ...common,
  })
  .describe('A server that is started as a program.');

const httpServer = z
  .strictObject({
    type: z
      .enum(['http', 'streamable-http', 'streamableHttp', 'sse'])
      .optional()
      .describe('Streamable HTTP, the default, or the older HTTP with server-sent events.'),
    url: webAddress().describe('Where the server answers.'),
    headers,
    ...common,
  })
  .describe('A server that is reached over HTTP.');

const serverUrlServer = z
  .strictObject({
    type: httpServer.shape.type,
    serverUrl: webAddress().describe('Where the server answers: url, as Windsurf spells it.'),
    headers,
    ...common,
  })
  .describe('A server that is reached over HTTP, as Windsurf writes it.');

const servers = () => z.record(text().max(100), z.union([stdioServer, httpServer, serverUrlServer]));

const LIMIT_TEXTS: Readonly<Record<LimitName, string>> = {
  steps: 'Steps of one script: about one bytecode instruction of Starlark in Go each.',
  wallTimeMs: 'Milliseconds from start to outcome, computing and waiting alike.',
  toolCallTimeoutMs: 'Milliseconds that one tool call may run; waiting for its turn is not counted.',
  parallel: 'Tool calls in flight at once, over the whole script.',
  toolCalls: 'Tool calls of one script in all.',
  memoryBytes: 'Bytes that one script may allocate in all.',
  valueBytes: 'Bytes of one value.',
  callDepth: 'Calls within calls.',
  outputBytes: 'Bytes of the result as JSON text.',
  logBytes: 'Bytes of printed text.',
  scriptBytes: 'Bytes of the script.',
  dataBytes: 'Bytes of data as JSON text.',
};

function limit(name: LimitName): z.ZodExactOptional<z.ZodInt> {
  const [least, greatest] = LIMIT_RANGES[name];
  return z.int().min(least).max(greatest).exactOptional().describe(LIMIT_TEXTS[name]);
}

const limits = z.strictObject({
  steps: limit('steps'),
  wallTimeMs: limit('wallTimeMs'),
  toolCallTimeoutMs: limit('toolCallTimeoutMs'),
  parallel: limit('parallel'),
  toolCalls: limit('toolCalls'),
  memoryBytes: limit('memoryBytes'),
  valueBytes: limit('valueBytes'),
  callDepth: limit('callDepth'),
  outputBytes: limit('outputBytes'),
  logBytes: limit('logBytes'),
  scriptBytes: limit('scriptBytes'),
  dataBytes: limit('dataBytes'),
} satisfies Record<LimitName, unknown>);

const isolation = z.union([
  z.enum(['process', 'none']),
  z.strictObject({
    processes: z
      .int()
      .min(1)
      .max(256)
      .exactOptional()
      .describe('Processes at the most. Default: one a core, 4 at the most.'),
    scriptsAtOnce: z
      .int()
      .min(1)
      .max(1_000)
      .exactOptional()
      .describe('Scripts in one process at the same time; what is beyond waits. Default 16.'),
    memoryBytes: z
      .int()
      .min(134_217_728)
      .max(68_719_476_736)
      .exactOptional()
      .describe('Bytes that one process may take with all that it runs. Default 536,870,912.'),
    scriptsPerProcess: z
      .int()
      .min(1)
      .max(1e9)
      .exactOptional()
      .describe('Scripts after which a process is replaced. Default 10,000.'),
  }),
]);

const codeMode = z.strictObject({
  enabled: z.boolean().default(false).describe('Whether execute_tool_script is offered.'),
  guide: z
    .boolean()
    .default(true)
    .describe(
      'Whether callers who may run scripts also find a prompt that asks for one, write_tool_script, and a resource that tells of each language. Only while code mode is on.',
    ),
  runtime: z
    .union([text(), z.array(text()).min(1)])
    .default('starlark')
    .describe(
      'What runs the scripts: starlark, or a runtime that a plugin brings. Of several, the client chooses by language; the first is the default.',
    ),
  isolation: isolation
    .exactOptional()
    .describe(
      'Where scripts run: process, in child processes of their own, or none, in the process that serves. Settings mean process. Default: process for toolscript serve, none for toolscript run.',
    ),
  limits: limits.default({}).describe('How much one script may use; what is left out is the default.'),
});

const plugin = z.strictObject({
  use: text().describe(
    "The module of the plugin, resolved from the manifest's folder as Node resolves an import: a package, a path that starts with ./, or toolscript/plugins/….",
  ),
  with: z.record(z.string(), z.unknown()).exactOptional().describe("The plugin's own settings."),
  name: text()
    .exactOptional()
    .describe('What diagnostics call it. Default: the name that the plugin gives itself.'),
  enabled: z.boolean().default(true).describe('false leaves the plugin out.'),
});

/** The manifest, as written. */
export const definition = z
  .strictObject({
    $schema: z.string().optional().describe('The JSON Schema of this file, for editors.'),
    mcpServers: servers()
      .default({})
      .describe('The MCP servers behind us, by name, as MCP clients write them.'),
    servers: servers().optional().describe('The same as mcpServers, as VS Code spells it.'),
    inputs: z.array(z.unknown()).optional().describe('What VS Code asks its user; nobody is asked here.'),
    aggregation: aggregationSection
      .prefault({})
      .describe('Under which names the tools of several servers are listed.'),
    codeMode: codeMode.prefault({}).describe('The tool execute_tool_script.'),
    optimizer: optimizerSection
      .prefault({})
      .describe('Finding tools on demand, in place of a list of all of them.'),
    plugins: z.array(plugin).default([]).describe('Modules to load, in this order.'),
    clients: clientsSection.prefault({}).describe('What holds for all clients, over HTTP and stdio alike.'),
    http: httpSection.prefault({}).describe('Where `toolscript serve --http` listens.'),
    stdio: stdioSection
      .prefault({})
      .describe('Who `toolscript serve` serves over standard input and output.'),
    telemetry: telemetrySection
      .exactOptional()
      .describe('Where traces and metrics go. Without it nothing is measured, and nothing is loaded for it.'),
  })
  .meta({ title: 'Toolscript manifest' });

/** A manifest that fits the definition. */
export type Definition = z.output<typeof definition>;

/** A server of it, as written. */
export type WrittenServer = Definition['mcpServers'][string];

/** The JSON Schema (draft 2020-12) of what may be written. */
export function manifestSchema(): object {
  return withScalarTexts(z.toJSONSchema(definition, { io: 'input', target: 'draft-2020-12' }));
}
