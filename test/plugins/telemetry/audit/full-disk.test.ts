/** A disk that is really full: a small file system in memory, which only root may mount. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { auditRecord, createAuditSink, verifyTrail } from '../../../../plugins/telemetry/audit/index.js';
import { called, linesOf } from './trail.js';

describe('an audit on a full disk', () => {
  let folder: string;
  let isMounted = false;

  before(async function () {
    folder = await mkdtemp(join(tmpdir(), 'toolscript-full-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder], { stdio: 'ignore' });
      isMounted = true;
    } catch {
      this.skip();
    }
  });

  after(async () => {
    if (isMounted) execFileSync('umount', [folder]);
    await rm(folder, { recursive: true, force: true });
  });

  it('writes whole lines up to the last byte, refuses scripts, and goes on when there is room', async () => {
    const file = join(folder, 'audit.jsonl');
    const told: string[] = [];
    const sink = await createAuditSink({ file, required: true, rotate: { bytes: 40_000 } });
    sink.attach?.({
      changed: (up, reason) => void told.push(up ? 'works' : reason!),
      dropped: (events) => void told.push(`lost ${String(events)}`),
    });
    const ballast = join(folder, 'ballast');
    await writeFile(ballast, Buffer.alloc(150_000));
    const refusal = (): unknown => sink.refusal?.();
    for (let n = 0; n < 1_000; n += 1) sink.record(called({ callId: String(n) }));
    while (refusal() === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(refusal()).to.equal('audit: no space is left (ENOSPC)');
    const full = async (): Promise<string[]> =>
      (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort();
    for (const name of await full()) expect((await stat(join(folder, name))).size).to.be.at.most(40_000);
    await rm(ballast);
    // What there is room for now does not hold all: full files are shipped off, as an operator would.
    const shipped: string[] = [];
    while (refusal() !== undefined || shipped.length < 1_000) {
      for (const name of (await full()).filter((name) => name !== 'audit.jsonl')) {
        shipped.push(...(await linesOf(join(folder, name))));
        await rm(join(folder, name));
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (refusal() === undefined) {
        await sink.flush?.();
        if ((await full()).length === 1) break;
      }
    }
    await sink.close?.();
    const lines = [...shipped, ...(await linesOf(file))];
    const ids = lines
      .map((line) => auditRecord.parse(JSON.parse(line)))
      .flatMap((record) => (record.kind === 'call' ? [record.callId] : []));
    expect(ids).to.deep.equal(Array.from({ length: 1_000 }, (_, n) => String(n)));
    expect(told).to.include('no space is left (ENOSPC)').and.to.include('works');
    expect(told.filter((line) => line.startsWith('lost'))).to.deep.equal([]);
    const whole = join(tmpdir(), `toolscript-full-${String(process.pid)}.jsonl`);
    await writeFile(whole, `${lines.join('\n')}\n`);
    expect((await verifyTrail([whole])).faults).to.deep.equal([]);
    await rm(whole);
  });
});
