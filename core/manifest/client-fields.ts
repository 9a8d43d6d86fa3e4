/** What is known of a field. */
export interface ClientField {
  /** The clients that write it. */
  readonly of: string;
  /** What somebody must know who counts on it. */
  readonly note?: string;
}

/**
 * Fields of a server that MCP clients write for themselves. They are let in, so that a block can be
 * pasted as it is; none changes what we do, and the ones that somebody would miss are noted.
 */
export const CLIENT_FIELDS = {
  alwaysAllow: { of: 'Cline, Roo Code, Windsurf' },
  auth: { of: 'Cursor', note: 'is not read here: put a token into headers' },
  authProviderType: { of: 'Gemini CLI', note: 'is not read here: put a token into headers' },
  autoApprove: { of: 'Cline, Kiro' },
  description: { of: 'several clients' },
  dev: { of: 'VS Code' },
  disabledTools: { of: 'Roo Code, Windsurf, Kiro', note: 'is not read here: these tools stay callable' },
  envFile: {
    of: 'Cursor, VS Code',
    note: 'is not read here: put its variables into env, or set them beforehand',
  },
  excludeTools: { of: 'Gemini CLI', note: 'is not read here: these tools stay callable' },
  gallery: { of: 'VS Code' },
  headersHelper: { of: 'Claude Code', note: 'is not read here: put the headers into headers' },
  icon: { of: 'several clients' },
  includeTools: { of: 'Gemini CLI', note: 'is not read here: the other tools stay callable' },
  name: { of: 'several clients' },
  oauth: { of: 'several clients', note: 'is not read here: put a token into headers' },
  sandbox: { of: 'VS Code', note: 'is not read here: the server runs without a sandbox' },
  sandboxEnabled: { of: 'VS Code', note: 'is not read here: the server runs without a sandbox' },
  timeout: {
    of: 'several clients',
    note: 'is not read here: codeMode.limits.toolCallTimeoutMs bounds a call',
  },
  tools: { of: 'Copilot', note: 'is not read here: all tools are callable' },
  trust: { of: 'Gemini CLI' },
  version: { of: 'VS Code' },
  watchPaths: { of: 'Roo Code' },
} as const satisfies Readonly<Record<string, ClientField>>;
