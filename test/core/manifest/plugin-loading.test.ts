import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { expect } from 'chai';

import { faultText, loadManifest, ManifestError, resolvePlugins } from '../../../core/manifest/index.js';

/** A plugin with a schema of its own making: `table` must be a string. */
const SINK = `export default {
  name: 'table-sink',
  kind: 'sink',
  config: { '~standard': { version: 1, vendor: 'test', validate(value) {
    return typeof value.table === 'string'
      ? { value: { table: value.table.toUpperCase() } }
      : { issues: [{ message: 'found no table, wanted a string', path: ['table', { key: 0 }] }] };
  } } },
  create: (config) => ({ name: 'table-sink', record() {}, config }),
};`;

const FILES: Readonly<Record<string, string>> = {
  'sink.js': SINK,
  'plain.js': "export default { name: 'plain', kind: 'sink', create: () => ({ record() {} }) };",
  'nothing.js': 'export const x = 1;',
  'odd-kind.js': "export default { name: 'odd', kind: 'teapot', create() {} };",
  'throws.js': "throw new Error('no database here\\nsecond line');",
  'broken-import.js': "import './missing.js';",
  'node_modules/acme-sink/package.json':
    '{"name":"acme-sink","type":"module","exports":{".":{"import":"./main.js"},"./sub":"./sub.js"}}',
  'node_modules/acme-sink/main.js': SINK.replace('table-sink', 'acme'),
  'node_modules/acme-sink/sub.js': SINK.replace('table-sink', 'acme-sub'),
  'package.json': '{"type":"module"}',
};

describe('resolvePlugins', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toolscript-plugins-'));
    for (const [name, text] of Object.entries(FILES)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function plugins(...entries: readonly object[]) {
    return resolvePlugins(await loadManifest({ plugins: entries }, { folder }));
  }

  async function faults(...entries: readonly object[]): Promise<string[]> {
    try {
      await plugins(...entries);
    } catch (error) {
      if (error instanceof ManifestError) return error.faults.map(faultText);
      throw error;
    }
    return [];
  }

  it('finds a file of the folder, a package and its subpath, each with its settings', async () => {
    const settings = { table: 'runs' };
    const found = await plugins(
      { use: './sink.js', with: settings },
      { use: './sink.js', with: settings, enabled: false },
      { use: 'acme-sink', with: settings, name: 'mine' },
      { use: 'acme-sink/sub', with: settings },
      { use: './plain.js' },
    );
    expect(found.map(({ name, path, config }) => [name, path[1], config])).to.deep.equal([
      ['table-sink', 0, { table: 'RUNS' }],
      ['mine', 2, { table: 'RUNS' }],
      ['acme-sub', 3, { table: 'RUNS' }],
      ['plain', 4, undefined],
    ]);
  });

  it('takes toolscript/… for the copy that runs, wherever the manifest lies', async () => {
    const [log] = await plugins({ use: 'toolscript/plugins/telemetry/log' });
    expect(log?.plugin.kind).to.equal('sink');
  });

  it('reports the faults of all plugins at once', async () => {
    expect(
      await faults(
        { use: './sink.js', with: { table: 3 } },
        { use: './sink.js' },
        { use: './missing.js' },
        { use: 'no-such-package' },
        { use: 'toolscript/plugins/telemetry/logs' },
        { use: 'toolscript/secrets' },
        { use: './nothing.js' },
        { use: './odd-kind.js' },
        { use: './plain.js', with: {} },
        { use: './throws.js' },
        { use: './broken-import.js' },
      ),
    ).to.deep.equal([
      'plugins[0].with.table[0]: found no table, wanted a string',
      'plugins[1].with.table[0]: found no table, wanted a string',
      "plugins[2].use: found no such module, wanted a package, or a path that starts with ./ in the manifest's folder",
      "plugins[3].use: found no such module, wanted a package, or a path that starts with ./ in the manifest's folder",
      'plugins[4].use: found no such module, wanted "toolscript/plugins/telemetry/log"',
      "plugins[5].use: found no such module, wanted a package, or a path that starts with ./ in the manifest's folder",
      'plugins[6].use: found a module that is no plugin, wanted one with `export default definePlugin({…})`',
      'plugins[7].use: found a module that is no plugin, wanted one with `export default definePlugin({…})`',
      'plugins[8].with: found settings, wanted none: this plugin has no settings',
      'plugins[9].use: found a module that fails while it loads (no database here), wanted a plugin',
      'plugins[10].use: found a module that imports what is not there, wanted a plugin',
    ]);
  });

  it('says where in the file, when there is one', async () => {
    const file = join(folder, 'toolscript.json');
    await writeFile(file, '{\n  "plugins": [\n    { "use": "./sink.js", "with": { "table": 3 } }\n  ]\n}');
    try {
      await resolvePlugins(await loadManifest(file));
      expect.fail('the plugin was loaded');
    } catch (error) {
      expect(error).to.be.instanceOf(ManifestError);
      const {
        message,
        faults: [fault],
      } = error as ManifestError;
      expect(message).to.contain(`load the plugins of ${file}: plugins[0].with.table`);
      expect(fault?.position).to.deep.equal({ line: 3, column: 37 });
    }
  });
});
