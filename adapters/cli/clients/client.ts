/** The MCP clients that the command knows, and what each of them makes of `${…}` in its configuration. */

/** As they are named on the command line. */
export const CLIENT_NAMES = ['claude', 'claude-code', 'cursor', 'vscode', 'windsurf'] as const;

/** A client. */
export type ClientName = (typeof CLIENT_NAMES)[number];

/** How a client writes its configuration. */
export interface ClientFormat {
  /** What people call it. */
  readonly title: string;
  /** The key under which it keeps servers. */
  readonly key: 'mcpServers' | 'servers';
  /** What it replaces when it stands between `${` and `}`; anything else is plain text to it. */
  readonly expands: RegExp;
}

const VARIABLE = '[A-Za-z_]\\w*';
const EDITOR = 'workspaceFolder|workspaceFolderBasename|userHome|pathSeparator|/';

/** The clients, by name. */
export const CLIENTS: Readonly<Record<ClientName, ClientFormat>> = {
  claude: { title: 'Claude Desktop', key: 'mcpServers', expands: /(?!)/ },
  'claude-code': {
    title: 'Claude Code',
    key: 'mcpServers',
    expands: new RegExp(`^${VARIABLE}(?::-[^]*)?$`),
  },
  cursor: { title: 'Cursor', key: 'mcpServers', expands: new RegExp(`^(?:env:${VARIABLE}|${EDITOR})$`) },
  vscode: {
    title: 'VS Code',
    key: 'servers',
    expands: new RegExp(`^(?:(?:env|input|command|config|workspaceFolder):[^]+|${EDITOR})$`),
  },
  windsurf: { title: 'Windsurf', key: 'mcpServers', expands: /^(?:env|file):[^]+$/ },
};

/** What is read in a file of which nobody says whose it is: whatever one of the clients reads. */
export const SOME_CLIENT: ClientFormat = {
  title: 'a client',
  key: 'mcpServers',
  expands: new RegExp(
    CLIENT_NAMES.filter((name) => name !== 'claude')
      .map((name) => CLIENTS[name].expands.source)
      .join('|'),
  ),
};
