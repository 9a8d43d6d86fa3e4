/** What is known of a field. */
export interface ClientField {
  /** The clients that write it. */
  readonly of: string;
  /** What somebody must know who counts on it. */
  readonly note?: string;
  /** It names tools of the server: only these are let in, or these are left out. */
  readonly filter?: 'include' | 'exclude';
}

/**
 * Fields of a server that MCP clients write for themselves. They are let in, so that a block can be
 * pasted as it is. Those that name tools are followed; the others change nothing, and the ones that
 * somebody would miss are noted.
 */
export const CLIENT_FIELDS = {
  alwaysAllow: { of: 'Cline, Roo Code, Windsurf' },
  auth: { of: 'Cursor', note: 'is not read here: put a token into headers' },
  authProviderType: { of: 'Gemini CLI', note: 'is not read here: put a token into headers' },
  autoApprove: { of: 'Cline, Kiro' },
  description: { of: 'several clients' },
  dev: { of: 'VS Code' },
  disabledTools: { of: 'Roo Code, Windsurf, Kiro', filter: 'exclude' },
  envFile: {
    of: 'Cursor, VS Code',
    note: 'is not read here: put its variables into env, or set them beforehand',
  },
  excludeTools: { of: 'Gemini CLI', filter: 'exclude' },
  gallery: { of: 'VS Code' },
  headersHelper: { of: 'Claude Code', note: 'is not read here: put the headers into headers' },
  icon: { of: 'several clients' },
  includeTools: { of: 'Gemini CLI', filter: 'include' },
  name: { of: 'several clients' },
  oauth: { of: 'several clients', note: 'is not read here: put a token into headers' },
  sandbox: { of: 'VS Code', note: 'is not read here: the server runs without a sandbox' },
  sandboxEnabled: { of: 'VS Code', note: 'is not read here: the server runs without a sandbox' },
  timeout: {
    of: 'several clients',
    note: 'is not read here: codeMode.limits.toolCallTimeoutMs bounds a call',
  },
  trust: { of: 'Gemini CLI' },
  version: { of: 'VS Code' },
  watchPaths: { of: 'Roo Code' },
} as const satisfies Readonly<Record<string, ClientField>>;
