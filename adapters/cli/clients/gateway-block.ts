/** What to paste into a client's configuration so that it uses the gateway. */
import type { JsonObject } from '../../../core/index.js';
import { CLIENTS, type ClientName } from './client.js';

/** How a client reaches the gateway: it starts it, or comes to its address. */
export type GatewayAccess =
  | {
      readonly type: 'stdio';
      readonly command: string;
      readonly args: readonly string[];
      /** Variables that the manifest refers to. */
      readonly variables: readonly string[];
    }
  | {
      readonly type: 'http';
      readonly url: string;
      /** The variable that holds the token; absent where nobody asks for one. */
      readonly tokenVariable?: string;
    };

/** How one client writes it. */
interface BlockStyle {
  /** A variable of the environment in a text. */
  readonly variable: (name: string) => string;
  readonly http: (url: string, headers: Headers) => JsonObject;
}

type Headers = Readonly<Record<string, string>>;

const withHeaders = (entry: JsonObject, headers: Headers): JsonObject =>
  Object.keys(headers).length === 0 ? entry : { ...entry, headers };

const STYLES: Readonly<Record<ClientName, BlockStyle>> = {
  // It starts programs only, and puts no variable in place: the bridge does.
  claude: {
    variable: (name) => `<${name}>`,
    http: (url, headers) => ({
      command: 'npx',
      args: ['-y', 'mcp-remote', url, ...bridgeArguments(url, headers)],
      ...(headers['Authorization'] !== undefined && {
        env: { TOOLSCRIPT_AUTHORIZATION: headers['Authorization'] },
      }),
    }),
  },
  'claude-code': {
    variable: (name) => `\${${name}}`,
    http: (url, headers) => withHeaders({ type: 'http', url }, headers),
  },
  cursor: { variable: (name) => `\${env:${name}}`, http: (url, headers) => withHeaders({ url }, headers) },
  vscode: {
    variable: (name) => `\${input:${inputId(name)}}`,
    http: (url, headers) => withHeaders({ type: 'http', url }, headers),
  },
  windsurf: {
    variable: (name) => `\${env:${name}}`,
    http: (serverUrl, headers) => withHeaders({ serverUrl }, headers),
  },
};

function bridgeArguments(url: string, headers: Headers): string[] {
  const { protocol, hostname } = new URL(url);
  const isPlain = protocol === 'http:' && !/^(?:localhost|127\..*|\[::1\])$/.test(hostname);
  return [
    ...(isPlain ? ['--allow-http'] : []),
    ...(headers['Authorization'] === undefined
      ? []
      : ['--header', 'Authorization:${TOOLSCRIPT_AUTHORIZATION}']),
  ];
}

function inputId(variable: string): string {
  return variable.toLowerCase().replaceAll('_', '-');
}

/** The block, whole: as the configuration would be with this server alone. */
export function gatewayBlock(client: ClientName, name: string, access: GatewayAccess): JsonObject {
  const { variable, http } = STYLES[client];
  const used = variablesOf(access);
  const entry =
    access.type === 'stdio'
      ? program(client, access, variable)
      : http(
          access.url,
          access.tokenVariable === undefined
            ? {}
            : { Authorization: `Bearer ${variable(access.tokenVariable)}` },
        );
  const inputs = client === 'vscode' && used.length > 0 ? { inputs: used.map(question) } : {};
  return { ...inputs, [CLIENTS[client].key]: { [name]: entry } };
}

/** The variables that the block leaves to somebody to fill in. */
export function variablesOf(access: GatewayAccess): readonly string[] {
  if (access.type === 'stdio') return access.variables;
  return access.tokenVariable === undefined ? [] : [access.tokenVariable];
}

type Program = GatewayAccess & { readonly type: 'stdio' };

function program(client: ClientName, access: Program, variable: BlockStyle['variable']): JsonObject {
  const { command, args, variables } = access;
  const env = Object.fromEntries(variables.map((name) => [name, variable(name)]));
  return {
    ...(client === 'vscode' || client === 'claude-code' ? { type: 'stdio' } : {}),
    command,
    args,
    ...(variables.length > 0 && { env }),
  };
}

function question(name: string): JsonObject {
  return { type: 'promptString', id: inputId(name), description: name, password: true };
}
