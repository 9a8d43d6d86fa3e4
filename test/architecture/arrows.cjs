/**
 * Who may import whom: the one table of arrows.
 *
 * `rooms` says of each room which others it may enter, and through which file; `packages` says which
 * npm packages it may use. Everything that is not named is refused. No import ring, type imports included.
 */
const rooms = [
  { room: '^core/(?!manifest/)', may: ['^core/(?!manifest/)'] },
  { room: '^core/manifest/', may: ['^core/'] },
  { room: '^runtimes/starlark/error-class\\.ts$', may: [] },
  { room: '^runtimes/starlark/error\\.ts$', may: ['^runtimes/starlark/error-class\\.ts$'] },
  {
    room: '^runtimes/starlark/syntax/',
    may: ['^runtimes/starlark/(syntax/|(error|error-class|name-table|nearest-name)\\.ts)'],
  },
  {
    room: '^runtimes/starlark/resolve/',
    may: ['^runtimes/starlark/(resolve/|syntax/|(error|error-class|name-table|nearest-name)\\.ts)'],
  },
  {
    room: '^runtimes/starlark/values/',
    may: ['^runtimes/starlark/(values/|(error|error-class|name-table|nearest-name)\\.ts)'],
  },
  {
    room: '^runtimes/starlark/builtins/',
    may: ['^runtimes/starlark/(builtins/|values/|(error|error-class|name-table|nearest-name)\\.ts)'],
  },
  {
    room: '^runtimes/starlark/compile/',
    may: [
      '^runtimes/starlark/(compile/|resolve/|syntax/|values/|(error|error-class|name-table|nearest-name)\\.ts)',
    ],
  },
  {
    room: '^runtimes/starlark/preflight/',
    may: ['^runtimes/starlark/(preflight/|resolve/|syntax/|values/|(error|name-table|nearest-name)\\.ts)'],
  },
  {
    room: '^runtimes/starlark/schedule/',
    may: ['^runtimes/starlark/(schedule/|compile/|values/|(error|error-class|name-table|nearest-name)\\.ts)'],
  },
  { room: '^runtimes/starlark/[^/]+\\.ts$', may: ['^runtimes/starlark/(?!plug/)'] },
  {
    room: '^runtimes/starlark/plug/',
    may: ['^runtimes/starlark/', '^runtimes/python-signature/index\\.ts$', '^core/index\\.ts$'],
  },
  { room: '^runtimes/python-signature/', may: ['^runtimes/python-signature/', '^core/index\\.ts$'] },
  { room: '^runtimes/monty/script/', may: ['^runtimes/monty/(script/|package\\.ts$)', '^core/index\\.ts$'] },
  {
    room: '^runtimes/monty/plug/',
    may: [
      '^runtimes/monty/(plug/|script/|package\\.ts$)',
      '^runtimes/python-signature/index\\.ts$',
      '^core/index\\.ts$',
    ],
  },
  { room: '^runtimes/monty/[^/]+\\.ts$', may: ['^runtimes/monty/', '^core/index\\.ts$'] },
  {
    room: '^runtimes/quickjs/sandbox/',
    may: ['^runtimes/quickjs/(sandbox/|packages\\.ts$)', '^core/index\\.ts$'],
  },
  {
    room: '^runtimes/quickjs/script/',
    may: ['^runtimes/quickjs/(script/|sandbox/|packages\\.ts$)', '^core/index\\.ts$'],
  },
  {
    room: '^runtimes/quickjs/plug/',
    may: ['^runtimes/quickjs/(plug/|script/|sandbox/)', '^core/index\\.ts$'],
  },
  { room: '^runtimes/quickjs/[^/]+\\.ts$', may: ['^runtimes/quickjs/', '^core/index\\.ts$'] },
  {
    room: '^runtimes/isolated/wire/',
    may: ['^runtimes/isolated/(wire/|runtime-source\\.ts$)', '^core/index\\.ts$'],
  },
  {
    room: '^runtimes/isolated/(child|pool)/',
    may: ['^runtimes/isolated/($1/|wire/|(runtime-source|isolation)\\.ts$)', '^core/index\\.ts$'],
  },
  {
    room: '^runtimes/isolated/[^/]+\\.ts$',
    may: ['^runtimes/isolated/(?!child/|wire/)', '^core/index\\.ts$'],
  },
  {
    room: '^plugins/(dispatchers|limits|telemetry|indexes)/([^/]+)/',
    may: ['^plugins/$1/$2/', '^core/index\\.ts$'],
  },
  ...innerRooms('plugins/dispatchers/mcp', {
    message: [],
    aggregation: [],
    transport: ['message'],
    clients: ['message'],
    connection: ['clients', 'transport', 'message'],
    listing: ['connection', 'transport', 'message'],
    backend: ['listing', 'connection', 'clients', 'transport', 'message'],
    context: ['backend', 'listing', 'aggregation', 'message'],
  }),
  { room: '^adapters/optimizer-compat/', may: ['^adapters/optimizer-compat/', '^core/index\\.ts$'] },
  { room: '^adapters/console/api\\.ts$', may: ['^core/index\\.ts$'] },
  {
    room: '^adapters/console/(record|file)/',
    may: ['^adapters/console/($1/|api\\.ts$)', '^core/index\\.ts$'],
  },
  {
    room: '^adapters/console/server/',
    may: ['^adapters/console/(server/|api\\.ts$|(record|file)/index\\.ts$)', '^core/index\\.ts$'],
  },
  { room: '^adapters/console/page/', may: ['^adapters/console/(page/|api\\.ts$)', '^core/index\\.ts$'] },
  { room: '^adapters/gateway/', may: ['^adapters/gateway/', '^core/index\\.ts$'] },
  { room: '^adapters/mcp-sdk/', may: ['^adapters/mcp-sdk/', '^core/index\\.ts$'] },
  {
    room: '^adapters/library/',
    may: [
      '^adapters/library/',
      '^core/index\\.ts$',
      '^runtimes/starlark/plug/index\\.ts$',
      '^plugins/(dispatchers/in-process|limits/fixed|indexes/words)/index\\.ts$',
    ],
  },
  {
    room: '^adapters/cli/(?!compose/)',
    may: ['^adapters/cli/', '^core/index\\.ts$', '^core/manifest/index\\.ts$'],
  },
  { room: '^adapters/cli/compose/', may: ['.'] },
];

/** The rooms within a room, and which of them each may enter besides itself. */
function innerRooms(house, arrows) {
  return Object.entries(arrows).map(([room, others]) => ({
    room: `^${house}/${room}/`,
    may: [`^${house}/(${[room, ...others].join('|')})/`, '^core/index\\.ts$'],
  }));
}

const packages = [
  {
    room: '^core/(?!manifest/)',
    may: ['tsyringe', 'reflect-metadata', 'eventemitter3', 'ajv', 'ajv-formats', 're2js'],
  },
  { room: '^core/manifest/', may: ['zod', 'import-meta-resolve'] },
  { room: '^runtimes/starlark/', may: ['re2js'] },
  { room: '^runtimes/python-signature/', may: [] },
  { room: '^runtimes/monty/', may: ['@pydantic/monty'] },
  {
    room: '^runtimes/quickjs/',
    may: ['quickjs-emscripten-core', '@jitl/quickjs-wasmfile-release-sync', '@swc/wasm-typescript'],
  },
  { room: '^runtimes/isolated/', may: [] },
  { room: '^plugins/dispatchers/(in-process|joined)/', may: [] },
  { room: '^plugins/limits/fixed/', may: [] },
  { room: '^plugins/limits/access-list/', may: ['zod'] },
  { room: '^plugins/limits/cedar/', may: ['@cedar-policy/cedar-wasm', 'zod'] },
  { room: '^plugins/limits/traffic/', may: ['rate-limiter-flexible', 'ioredis', 'zod'] },
  { room: '^plugins/indexes/words/', may: ['minisearch', 'stemmer', 'zod'] },
  { room: '^plugins/indexes/embeddings/', may: ['zod'] },
  { room: '^plugins/dispatchers/mcp/', may: ['@modelcontextprotocol/client', 'zod'] },
  { room: '^plugins/telemetry/audit/', may: ['zod'] },
  { room: '^plugins/telemetry/log/', may: ['pino', 'zod'] },
  { room: '^plugins/telemetry/otel/', may: ['@opentelemetry/api', 'zod'] },
  { room: '^plugins/telemetry/ping/', may: ['zod'] },
  { room: '^plugins/telemetry/otel-export/', may: ['@opentelemetry'] },
  { room: '^adapters/gateway/', may: ['@modelcontextprotocol/server', 'rate-limiter-flexible', 'jose'] },
  { room: '^adapters/optimizer-compat/', may: [] },
  { room: '^adapters/console/(record|file|server)/', may: [] },
  { room: '^adapters/console/page/', may: ['preact', '@codemirror', '@lezer'] },
  { room: '^adapters/mcp-sdk/', may: ['@modelcontextprotocol/sdk'] },
  { room: '^adapters/library/', may: [] },
  { room: '^adapters/cli/', may: ['commander', 'jsonc-parser', 'picocolors'] },
];

/** Rooms that touch nothing of Node: they run wherever JavaScript does. */
const withoutNode = '^(core/(?!manifest/)|runtimes/starlark/)';

const anyRoom = '^(core|runtimes|plugins|adapters)/';

module.exports = {
  forbidden: [
    {
      name: 'no-ring',
      comment:
        'Two files import each other, directly or in a ring. Move what both need into a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...rooms.map(({ room, may }) => ({
      name: `arrow from ${room}`,
      comment: `This room may import only: ${may.join(', ') || 'nothing'}. Enter another room through its index.ts, or turn the arrow round.`,
      severity: 'error',
      from: { path: room },
      to: { path: anyRoom, ...(may.length > 0 && { pathNot: may }) },
    })),
    ...packages.map(({ room, may }) => ({
      name: `package from ${room}`,
      comment: `This room may use only: ${may.join(', ') || 'no packages'}. Put what needs another package into a plugin or an adapter.`,
      severity: 'error',
      from: { path: room },
      to: {
        path: 'node_modules/',
        pathNot: ['node_modules/@types/', ...may.map((name) => `node_modules/${name}/`)],
      },
    })),
    {
      name: 'no-node',
      comment: 'This room runs outside Node too: hand in what it needs of Node.',
      severity: 'error',
      from: { path: withoutNode },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
