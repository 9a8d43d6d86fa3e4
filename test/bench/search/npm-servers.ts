/** MCP servers from npm whose definitions the benchmarks use: which, how they start, under which licence. */

/** A server as it is installed and started to say what it has. */
export interface NpmServer {
  /** What the servers of the benchmarks are called by. */
  readonly server: string;
  readonly package: string;
  readonly version: string;
  readonly license: 'Apache-2.0' | 'MIT' | 'MIT and Apache-2.0';
  /** Its program, from the package's folder. */
  readonly program: string;
  readonly args?: readonly string[];
  /** Made up: the servers want a key before they say what they have, and are asked for nothing else. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Pinned: definitions change with each release, and so do figures. */
export const NPM_SERVERS: readonly NpmServer[] = [
  {
    server: 'github',
    package: '@modelcontextprotocol/server-github',
    version: '2025.4.8',
    license: 'MIT',
    program: 'dist/index.js',
    env: { GITHUB_PERSONAL_ACCESS_TOKEN: 'none' },
  },
  {
    server: 'slack',
    package: '@modelcontextprotocol/server-slack',
    version: '2025.4.25',
    license: 'MIT',
    program: 'dist/index.js',
    env: { SLACK_BOT_TOKEN: 'none', SLACK_TEAM_ID: 'none' },
  },
  {
    server: 'google-maps',
    package: '@modelcontextprotocol/server-google-maps',
    version: '0.6.2',
    license: 'MIT',
    program: 'dist/index.js',
    env: { GOOGLE_MAPS_API_KEY: 'none' },
  },
  {
    server: 'notion',
    package: '@notionhq/notion-mcp-server',
    version: '2.5.2',
    license: 'MIT',
    program: 'bin/cli.mjs',
    env: { NOTION_TOKEN: 'none' },
  },
  {
    server: 'kubernetes',
    package: 'mcp-server-kubernetes',
    version: '4.1.7',
    license: 'MIT',
    program: 'dist/index.js',
  },
  {
    server: 'chrome-devtools',
    package: 'chrome-devtools-mcp',
    version: '1.11.0',
    license: 'Apache-2.0',
    program: 'build/src/bin/chrome-devtools-mcp.js',
    args: ['--no-usage-statistics'],
  },
  {
    server: 'circleci',
    package: '@circleci/mcp-server-circleci',
    version: '0.20.0',
    license: 'Apache-2.0',
    program: 'dist/index.js',
    env: { CIRCLECI_TOKEN: 'none' },
  },
  {
    server: 'airtable',
    package: 'airtable-mcp-server',
    version: '1.14.0',
    license: 'MIT',
    program: 'dist/main.js',
    env: { AIRTABLE_API_KEY: 'none' },
  },
  {
    server: 'firecrawl',
    package: 'firecrawl-mcp',
    version: '3.26.0',
    license: 'MIT',
    program: 'dist/index.js',
    env: { FIRECRAWL_API_KEY: 'none' },
  },
  {
    server: 'mongodb',
    package: 'mongodb-mcp-server',
    version: '3.0.4',
    license: 'Apache-2.0',
    program: 'dist/esm/index.js',
    env: { MDB_MCP_TELEMETRY: 'disabled' },
  },
  {
    server: 'git-commands',
    package: '@cyanheads/git-mcp-server',
    version: '2.15.3',
    license: 'Apache-2.0',
    program: 'dist/index.js',
    env: { MCP_TRANSPORT_TYPE: 'stdio', MCP_LOG_LEVEL: 'error' },
  },
  {
    server: 'everything',
    package: '@modelcontextprotocol/server-everything',
    version: '2026.8.31',
    license: 'MIT and Apache-2.0',
    program: 'dist/index.js',
  },
];
