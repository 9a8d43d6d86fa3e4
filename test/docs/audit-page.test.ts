import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect } from 'chai';
import { z } from 'zod';

import { auditRecord, RECORD_SCHEMAS } from '../../plugins/telemetry/audit/index.js';
import { auditSettings } from '../../plugins/telemetry/audit/settings.js';
import { follow } from '../adapters/cli/memory-terminal.js';

const page = (name: string): Promise<string> =>
  readFile(fileURLToPath(new URL(`../../docs/${name}`, import.meta.url)), 'utf8');

describe('the pages on the audit', function () {
  this.timeout(60_000);
  let folder: string;

  before(async () => (folder = await mkdtemp(join(tmpdir(), 'toolscript-audit-page-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  it('show a manifest that writes records of the fields that they tell', async () => {
    const manifest = /```json\n([\s\S]*?)```/.exec(await page('how-to/audit.md'))![1]!;
    const config = join(folder, 'toolscript.json');
    await writeFile(config, manifest);
    await writeFile(join(folder, 'a.star'), 'return 1 + 1');
    expect(await follow(['run', join(folder, 'a.star'), '-c', config])).to.include({ code: 0, out: '2\n' });
    expect((await readdir(folder)).filter((name) => name.startsWith('audit'))).to.deep.equal(['audit.jsonl']);
    const lines = (await readFile(join(folder, 'audit.jsonl'), 'utf8')).trimEnd().split('\n');
    const records = lines.map((line) => auditRecord.parse(JSON.parse(line)));
    expect(records.map(({ kind }) => kind)).to.deep.equal(['opened', 'script', 'closed']);
    const told = await page('reference/audit.md');
    for (const name of records.flatMap((record) => Object.keys(record)))
      expect(told).to.contain(`| \`${name}\` |`);
    expect(await follow(['audit', 'verify', join(folder, 'audit.jsonl')])).to.include({ code: 0 });
  });

  it('tell every field of every kind, whether it is always there, and what it says', async () => {
    const sections = new Map(
      (await page('reference/audit.md')).split(/^## /m).map((section) => {
        const [title = '', ...rest] = section.split('\n');
        return [title.replaceAll('`', ''), rest.filter((line) => line.startsWith('| `'))];
      }),
    );
    const shared = [...sections.get('In every record')!, ...sections.get('Who')!];
    for (const [kind, schema] of Object.entries(RECORD_SCHEMAS)) {
      const rows = Object.entries(schema.shape).map(([name, field]: [string, z.ZodType]) => {
        const presence = field instanceof z.ZodOptional ? 'may be absent' : 'always';
        return `| \`${name}\` | ${presence} | ${field.description ?? ''} |`;
      });
      const own = rows.filter((row) => !shared.includes(row));
      expect(sections.get(kind), kind).to.deep.equal(own);
    }
  });

  it('tell every setting, with its default', async () => {
    const text = await page('reference/audit.md');
    const { file, rotate, ...defaults } = auditSettings.parse({ file: 'audit.jsonl' });
    const flat = { ...defaults, 'rotate.bytes': rotate.bytes, 'rotate.daily': rotate.daily };
    expect(file).to.equal('audit.jsonl');
    for (const [name, value] of Object.entries(flat)) {
      const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
      expect(text.replaceAll('`', '')).to.contain(`| ${name} | ${shown} |`);
    }
    const names = [...Object.keys(auditSettings.shape), 'rotate.keep'].filter((name) => name !== 'rotate');
    for (const name of names) expect(text).to.contain(`| \`${name}\` |`);
  });
});
