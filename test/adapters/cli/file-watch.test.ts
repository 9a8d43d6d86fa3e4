import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { FileWatch } from '../../../adapters/cli/file-watch.js';
import { systemClock, type Clock } from '../../../core/index.js';

/** Time that runs as fast as it can, so that nobody waits for a file to settle. */
const hasty: Clock = { ...systemClock, after: (ms, act) => systemClock.after(Math.min(ms, 20), act) };
/** Time that never comes for the looks every few seconds: only what the system tells is seen. */
const told: Clock = { ...systemClock, after: (ms, act) => systemClock.after(ms >= 5_000 ? 1e8 : 20, act) };

describe('watching a file', () => {
  let folder: string;
  let file: string;
  let watch: FileWatch | undefined;
  let changes = 0;
  let onChange: () => void = () => undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toolscript-watch-'));
    file = join(folder, 'toolscript.json');
    changes = 0;
    await writeFile(file, 'one');
  });
  afterEach(async () => {
    await watch?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function watching(clock = told, path = file): Promise<void> {
    watch = new FileWatch({
      file: path,
      clock,
      onChange: () => {
        changes += 1;
        onChange();
      },
    });
    await watch.ready;
  }

  /** Resolves when the change is told of that this makes. */
  async function changeBy(act: () => Promise<unknown>): Promise<void> {
    const seen = new Promise<void>((resolve) => (onChange = resolve));
    await act();
    await seen;
  }

  it('tells when it is written in place', async () => {
    await watching();
    await changeBy(() => writeFile(file, 'two'));
    await changeBy(() => writeFile(file, 'three'));
    expect(changes).to.equal(2);
  });

  it('tells when another file takes its place, as editors do it, again and again', async () => {
    await watching();
    for (const content of ['two', 'three', 'four']) {
      await writeFile(`${file}.tmp`, content);
      await changeBy(() => rename(`${file}.tmp`, file));
    }
    expect(changes).to.equal(3);
  });

  it('tells when a link on the way to it is turned, as Kubernetes does it', async () => {
    const mount = join(folder, 'mount');
    const version = async (name: string): Promise<void> => {
      await mkdir(join(mount, name), { recursive: true });
      await writeFile(join(mount, name, 'toolscript.json'), name);
    };
    await version('..1');
    await symlink('..1', join(mount, '..data'));
    await symlink(join('..data', 'toolscript.json'), join(mount, 'toolscript.json'));
    await watching(told, join(mount, 'toolscript.json'));
    for (const name of ['..2', '..3']) {
      await version(name);
      await symlink(name, join(mount, '..tmp'));
      await changeBy(() => rename(join(mount, '..tmp'), join(mount, '..data')));
    }
    expect(changes).to.equal(2);
  });

  it('tells when the file that a link leads to elsewhere is written', async () => {
    const elsewhere = join(folder, 'elsewhere');
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, 'real.json'), 'one');
    await symlink(join(elsewhere, 'real.json'), join(folder, 'link.json'));
    await watching(told, join(folder, 'link.json'));
    await changeBy(() => writeFile(join(elsewhere, 'real.json'), 'two'));
    expect(changes).to.equal(1);
  });

  it('tells when it is gone, and when it is there again', async () => {
    await watching();
    await changeBy(() => rm(file));
    await changeBy(() => writeFile(file, 'two'));
    expect(changes).to.equal(2);
  });

  it('tells nothing when the content is the same, or another file is written', async () => {
    await watching();
    await writeFile(file, 'one');
    await writeFile(join(folder, 'other.json'), 'x');
    await changeBy(() => writeFile(file, 'two'));
    expect(changes).to.equal(1);
  });

  it('tells also while something else in the folder is written all the time', async () => {
    const start = systemClock.now();
    const swift: Clock = {
      now: () => start + (systemClock.now() - start) * 50,
      after: (ms, act) => systemClock.after(ms >= 5_000 ? 1e8 : ms, act),
    };
    await watching(swift);
    let isOver = false;
    const writing = (async () => {
      for (let line = 0; !isOver; line += 1) await writeFile(join(folder, 'noise.log'), String(line));
    })();
    await changeBy(() => writeFile(file, 'two'));
    isOver = true;
    await writing;
    expect(changes).to.equal(1);
  });

  it('sees it also where the system tells nothing, and where the folder comes later', async () => {
    const path = join(folder, 'later', 'toolscript.json');
    await watching(hasty, path);
    await mkdir(join(folder, 'later'));
    await changeBy(() => writeFile(path, 'one'));
    expect(changes).to.equal(1);
  });

  it('tells nothing once it is closed', async () => {
    await watching(hasty);
    await watch?.close();
    await writeFile(file, 'two');
    await watching(hasty);
    await changeBy(() => writeFile(file, 'three'));
    expect(changes).to.equal(1);
  });
});
