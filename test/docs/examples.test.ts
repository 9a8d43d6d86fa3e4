import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'docs/examples');
const examples = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));

/** The files of the plugins that `toolscript new` begins with, which their own tests run. */
const begun = readdirSync(join(folder, 'plugins'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.js'))
  .map((file) => readFileSync(join(folder, 'plugins', file), 'utf8'));

/** Each is a process of its own, with servers in it. */
const PATIENCE_MS = 60_000;

/** What an example says that it prints: its lines that begin with `//> `. */
function promised(text: string): string[] {
  return [...text.matchAll(/^\/\/> (.*)$/gm)].map((match) => match[1]!);
}

function pages(): { page: string; text: string }[] {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file));
  return ['README.md', ...docs].map((page) => ({ page, text: readFileSync(join(root, page), 'utf8') }));
}

describe('examples', () => {
  for (const { file, text } of examples) {
    if (promised(text).length === 0) continue;
    it(`docs/examples/${file} prints what it says`, async () => {
      const { stdout } = await run(process.execPath, ['--import', 'tsx', join('docs/examples', file)], {
        cwd: root,
      });
      expect(stdout.trimEnd().split('\n')).to.deep.equal(promised(text));
    }).timeout(PATIENCE_MS);
  }

  for (const { file, text } of examples) {
    if (!text.includes('scriptOr(') || promised(text).length === 0) continue;
    it(`docs/examples/${file} ends with 1 when a script leaves the work undone`, async () => {
      const idle = join(root, 'docs/examples/plugins/sink/hello.star');
      const args = ['--import', 'tsx', join('docs/examples', file), idle];
      const failed = await run(process.execPath, args, { cwd: root }).catch((error: unknown) => error);
      expect(failed).to.have.property('code', 1);
      expect(failed).to.have.property('stdout').that.includes('WRONG: ');
    }).timeout(PATIENCE_MS);
  }

  it('all stand on the page of examples', () => {
    const page = readFileSync(join(root, 'docs/examples.md'), 'utf8');
    const runnable = examples.filter(({ text }) => promised(text).length > 0).map(({ file }) => file);
    expect(runnable.length).to.be.greaterThan(15);
    expect(runnable.filter((file) => !page.includes(`(examples/${file})`))).to.deep.equal([]);
  });

  for (const { page, text } of pages().filter((each) => /write-an?-/.test(each.page))) {
    const blocks = [...text.matchAll(/```js\n([\s\S]*?)```/g)].map((match) => match[1]!.trim());
    blocks.forEach((block, index) => {
      it(`JavaScript block ${String(index + 1)} of ${page} stands in a package that toolscript new begins`, () => {
        expect(begun.filter((file) => file.includes(block)).length).to.be.greaterThan(0);
      });
    });
  }

  for (const { page, text } of pages()) {
    const blocks = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1]!.trim());
    blocks.forEach((block, index) => {
      it(`TypeScript block ${String(index + 1)} of ${page} stands in an example that is run or compiled`, () => {
        expect(examples.filter((example) => example.text.includes(block)).length).to.be.greaterThan(0);
      });
    });
  }
});
