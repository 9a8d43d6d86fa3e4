import { expect } from 'chai';

import { faultText, loadManifest, ManifestError, type Manifest } from '../../../core/manifest/index.js';

const server = { url: 'http://x' };

async function faults(manifest: object): Promise<string[]> {
  try {
    await loadManifest(manifest);
  } catch (error) {
    if (error instanceof ManifestError) return error.faults.map(faultText);
    throw error;
  }
  return [];
}

const toolsOf = ({ servers }: Manifest, name: string): unknown => servers.get(name)?.tools;

describe('aggregation in the manifest', () => {
  it('is read as it is written', async () => {
    const aggregation = { conflicts: 'priority', prefix: 'always', format: '{server}.', priority: ['a'] };
    const tools = {
      include: ['get_*'],
      exclude: ['get_secret'],
      overrides: { get_x: { name: 'x', title: 'X', description: '', annotations: { readOnlyHint: true } } },
    };
    const a = { ...server, prefix: '', tools, connectTimeoutMs: 5 };
    const manifest = await loadManifest({ mcpServers: { a }, aggregation });
    expect(manifest.aggregation).to.deep.equal(aggregation);
    expect(manifest.servers.get('a')).to.deep.equal({ type: 'http', headers: {}, ...a });
    expect(manifest.notes).to.deep.equal([]);
  });

  it('reads the filters of clients as ours', async () => {
    const manifest = await loadManifest({
      mcpServers: {
        copilot: { ...server, tools: ['one', '*'] },
        gemini: { ...server, includeTools: ['a', 'b'], excludeTools: ['b'] },
        roo: { ...server, disabledTools: ['c'] },
        both: { ...server, disabledTools: ['c'], tools: { exclude: ['d'] } },
        none: { ...server, disabledTools: [] },
      },
    });
    expect(toolsOf(manifest, 'copilot')).to.deep.equal({ include: ['one', '*'] });
    expect(toolsOf(manifest, 'gemini')).to.deep.equal({ include: ['a', 'b'], exclude: ['b'] });
    expect(toolsOf(manifest, 'roo')).to.deep.equal({ exclude: ['c'] });
    expect(toolsOf(manifest, 'both')).to.deep.equal({ exclude: ['d', 'c'] });
    expect(toolsOf(manifest, 'none')).to.equal(undefined);
    expect(manifest.notes).to.deep.equal([]);
  });

  it('notes a name in the list of priority that no server has, a disabled one excepted', async () => {
    const { notes } = await loadManifest({
      mcpServers: { files: server, off: { ...server, disabled: true } },
      aggregation: { conflicts: 'priority', priority: ['file', 'off', 'files', 'zebra'] },
    });
    expect(notes.map(faultText)).to.deep.equal([
      'aggregation.priority[0]: is the name of no server, did you mean "files"?',
      'aggregation.priority[3]: is the name of no server',
    ]);
  });

  const REFUSED: readonly [object, ...string[]][] = [
    [
      { aggregation: { conflicts: 'first' } },
      'aggregation.conflicts: found "first", wanted "prefix", "priority" or "manual"',
    ],
    [
      { aggregation: { conflicts: 'priority' } },
      'aggregation.priority: found nothing, wanted names of servers, the first wins',
    ],
    [
      { aggregation: { priority: ['a'] } },
      'aggregation.conflicts: found nothing, wanted "priority" beside a list of servers',
    ],
    [
      { aggregation: { format: 'static_' } },
      'aggregation.format: found a string, wanted {server} once, and around it letters, digits, "_", "-" and "."',
    ],
    [{ aggregation: { prefx: 'always' } }, 'aggregation.prefx: found an unknown key, wanted "prefix"'],
    [
      { mcpServers: { a: { ...server, prefix: 'a b' } } },
      'mcpServers.a.prefix: found a string, wanted at most 64 letters, digits, "_", "-" and "."',
    ],
    [
      { mcpServers: { a: { ...server, tools: { includ: [], overrides: { x: { name: 'é' } } } } } },
      'mcpServers.a.tools.overrides.x.name: found a string, wanted 1 to 128 letters, digits, "_", "-" and "."',
      'mcpServers.a.tools.includ: found an unknown key, wanted "include"',
    ],
    [
      { mcpServers: { a: { ...server, tools: { overrides: { x: { name: 'z' }, y: { name: 'z' } } } } } },
      'mcpServers.a.tools.overrides.y.name: found a string, wanted a name that no other tool of the server is given',
    ],
    [
      { mcpServers: { a: { ...server, tools: ['x', 5] } } },
      'mcpServers.a.tools[1]: found 5, wanted a string',
    ],
    [
      { mcpServers: { a: { ...server, tools: 'x' } } },
      'mcpServers.a.tools: found a string, wanted an array or an object',
    ],
    [
      { mcpServers: { a: { ...server, connectTimeoutMs: 0 } } },
      'mcpServers.a.connectTimeoutMs: found 0, wanted at least 1',
    ],
  ];
  for (const [manifest, ...words] of REFUSED) {
    it(`refuses ${JSON.stringify(manifest)}`, async () => {
      expect(await faults(manifest)).to.deep.equal(words);
    });
  }
});
