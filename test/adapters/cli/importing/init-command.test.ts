import { readFile, writeFile } from 'node:fs/promises';

import { expect } from 'chai';

import { loadManifest } from '../../../../core/manifest/index.js';
import { follow } from '../memory-terminal.js';
import { NewUser } from '../new-user.js';

const CURSOR = { mcpServers: { a: { command: 'a', env: { A_TOKEN: 'word-1' } } } };

describe('toolscript init', () => {
  let user: NewUser;
  beforeEach(async () => (user = await NewUser.arrive()));
  afterEach(() => user.leave());

  const written = async (): Promise<Record<string, unknown>> =>
    JSON.parse(await readFile('toolscript.json', 'utf8')) as Record<string, unknown>;

  it('asks nothing without a terminal, and takes nothing that is not its own', async () => {
    await user.has('home', '.cursor/mcp.json', CURSOR);
    const { code, out, notes } = await follow(['init']);
    expect([code, out]).to.deep.equal([0, `wrote ${user.project}/toolscript.json\n`]);
    expect(notes).to.include('1 server of your clients can be taken over: toolscript import');
    const { $schema, ...rest } = await written();
    expect($schema).to.match(/manifest\.schema\.json$/);
    expect(rest).to.deep.equal({ mcpServers: {}, codeMode: { enabled: true } });
    expect((await loadManifest('toolscript.json')).codeMode.enabled).to.equal(true);
  });

  it('names the schema of the package that is installed beside it', async () => {
    await user.has('project', 'node_modules/toolscript/manifest.schema.json', '{}');
    await follow(['init']);
    expect((await written())['$schema']).to.equal('./node_modules/toolscript/manifest.schema.json');
  });

  it('does as the options say', async () => {
    await user.has('home', '.cursor/mcp.json', CURSOR);
    const { code, notes } = await follow([
      'init',
      '--import',
      '--no-code-mode',
      '--optimizer',
      '--runtime',
      'starlark',
      'quickjs',
      '-c',
      'mine.json',
    ]);
    expect(code).to.equal(0);
    const written = JSON.parse(await readFile('mine.json', 'utf8')) as Record<string, unknown>;
    expect(written).to.deep.include({
      mcpServers: { a: { command: 'a', env: { A_TOKEN: '${A_TOKEN}' } } },
      codeMode: { enabled: false, runtime: ['starlark', 'quickjs'] },
      optimizer: { enabled: true },
    });
    expect(notes).to.include('  A_TOKEN  a, env A_TOKEN').and.not.include('word-1');
  });

  it('asks on a terminal: what to take over of each client, and whether scripts are offered', async () => {
    await user.has('home', '.cursor/mcp.json', CURSOR);
    await user.has('project', '.mcp.json', { mcpServers: { b: { command: 'b' } } });
    const { code, notes } = await follow(['init'], 'what?\nn\n\nno\n', 'attended');
    expect(code).to.equal(0);
    expect(notes.match(/^.*\[Y\/n\] $/gm)).to.deep.equal([
      `Take over 1 server of Claude Code (${user.project}/.mcp.json)? [Y/n] `,
      `Take over 1 server of Claude Code (${user.project}/.mcp.json)? [Y/n] `,
      'Take over 1 server of Cursor (~/.cursor/mcp.json)? [Y/n] ',
      'Offer execute_tool_script, so that agents can send scripts? [Y/n] ',
    ]);
    expect(await written()).to.deep.include({
      mcpServers: { a: { command: 'a', env: { A_TOKEN: '${A_TOKEN}' } } },
      codeMode: { enabled: false },
    });
  });

  it('takes everything with --yes, and asks nothing', async () => {
    await user.has('home', '.cursor/mcp.json', CURSOR);
    const { code, notes } = await follow(['init', '--yes'], '', 'attended');
    expect(code).to.equal(0);
    expect(notes).not.to.include('[Y/n]');
    expect(Object.keys((await written())['mcpServers'] as object)).to.deep.equal(['a']);
  });

  it('writes nothing when its user leaves', async () => {
    await user.has('home', '.cursor/mcp.json', CURSOR);
    const { code, notes } = await follow(['init'], 'y\n', 'attended');
    expect(code).to.equal(130);
    expect(notes).to.match(/nothing is written\n$/);
    expect((await follow(['validate'])).notes).to.include('found no toolscript.json');
  });

  it('writes over nothing unless it is told to', async () => {
    await writeFile('toolscript.json', '{"mine": true}');
    const { code, notes } = await follow(['init']);
    expect([code, await readFile('toolscript.json', 'utf8')]).to.deep.equal([2, '{"mine": true}']);
    expect(notes).to.include('toolscript.json is there already').and.include('--force');
    expect((await follow(['init', '--force'])).code).to.equal(0);
    expect(await written()).to.have.keys(['$schema', 'mcpServers', 'codeMode']);
  });

  it('says as JSON what it did', async () => {
    await user.has('home', '.cursor/mcp.json', CURSOR);
    const { out } = await follow(['init', '--import', '--json']);
    const { servers, variables } = JSON.parse(out) as { servers: object[]; variables: object[] };
    expect(servers).to.have.length(1);
    expect(variables).to.deep.equal([{ name: 'A_TOKEN', server: 'a', use: 'env A_TOKEN', isSet: false }]);
  });
});
