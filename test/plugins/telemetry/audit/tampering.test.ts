import { copyFile, readFile, writeFile } from 'node:fs/promises';

import { expect } from 'chai';

import { createAuditSink, verifyTrail } from '../../../../plugins/telemetry/audit/index.js';
import { called, Folder } from './trail.js';

describe('a trail that somebody changed', () => {
  let folder: Folder;
  let lines: string[];
  let report: Awaited<ReturnType<typeof verifyTrail>>;

  before(async () => {
    folder = await Folder.make();
    const sink = await createAuditSink({ file: folder.file, rotate: { bytes: 3_000 } });
    for (let n = 0; n < 20; n += 1) sink.record(called({ callId: String(n) }));
    await sink.close?.();
    report = await verifyTrail(await folder.files());
    const [first] = await folder.files();
    await copyFile(first!, `${folder.path}/kept`);
    lines = (await readFile(first!, 'utf8')).trimEnd().split('\n');
  });
  after(() => folder.remove());

  /** The faults, each as its line and how it begins, of the first file with other lines. */
  async function faultsOf(changed: readonly string[]): Promise<string[]> {
    const files = await folder.files();
    await writeFile(files[0]!, `${changed.join('\n')}\n`);
    const { faults } = await verifyTrail(files);
    await copyFile(`${folder.path}/kept`, files[0]!);
    return faults.map(
      ({ file, line, message }) => `${String(files.indexOf(file))}:${String(line)} ${message.slice(0, 34)}`,
    );
  }

  const UNFIT = 'found a record that does not follo';

  it('is whole before', () => {
    expect(report).to.include({ records: 22, isFromStart: true, lost: 0 });
    expect(report.faults).to.deep.equal([]);
    expect(report.lastHash).to.match(/^[0-9a-f]{64}$/);
    expect(lines.length).to.be.greaterThan(4);
  });

  it('shows a record that was changed, cut out, put in, or moved', async () => {
    const changed = lines.with(2, lines[2]!.replace('"ann"', '"bob"'));
    expect(await faultsOf(changed)).to.deep.equal([`0:4 ${UNFIT}`]);
    expect(await faultsOf(lines.toSpliced(2, 1))).to.deep.equal([`0:3 ${UNFIT}`]);
    expect(await faultsOf(lines.toSpliced(2, 0, lines[2]!))).to.deep.equal([`0:4 ${UNFIT}`]);
    expect(await faultsOf([lines[0]!, lines[2]!, lines[1]!, ...lines.slice(3)])).to.have.length(3);
  });

  it('shows the end of a full file that was cut off, a file that is not there, and a line that is no record', async () => {
    expect(await faultsOf(lines.slice(0, -1))).to.deep.equal([`1:1 ${UNFIT}`]);
    expect(await faultsOf(lines.with(1, 'nonsense'))).to.deep.equal(['0:2 found no record', `0:3 ${UNFIT}`]);
    const files = await folder.files();
    const { faults } = await verifyTrail(files.toSpliced(1, 1));
    expect(faults).to.have.length(1);
    const late = await verifyTrail(files.slice(1));
    expect(late).to.include({ isFromStart: false });
    expect(late.faults).to.deep.equal([]);
  });

  it('shows by the digest of the last line that its end was cut off, to who noted it', async () => {
    const files = await folder.files();
    const last = files.at(-1)!;
    const text = await readFile(last, 'utf8');
    await writeFile(last, `${text.trimEnd().split('\n').slice(0, -1).join('\n')}\n`);
    const cut = await verifyTrail(files);
    await writeFile(last, text);
    expect(cut.lastHash).not.to.equal(report.lastHash);
  });
});
