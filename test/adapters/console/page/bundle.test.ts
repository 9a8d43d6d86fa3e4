import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { pageFiles } from '../../../support/page-bundle.js';

describe('the bundle of the page', () => {
  let files: Map<string, Uint8Array>;
  const text = (name: string): string => Buffer.from(files.get(name)!).toString();

  before(async () => {
    files = await pageFiles();
  });

  it('is of these files', () => {
    expect([...files.keys()].sort()).to.deep.equal([
      'index.html',
      'licenses.txt',
      'page.css',
      'page.js',
      'trace.css',
      'trace.js',
    ]);
  });

  it('takes less than 300 KB on its way, and a run as a file less than 30 KB beside the run', () => {
    const packed = (...names: string[]): number =>
      names.reduce((sum, name) => sum + gzipSync(files.get(name)!).length, 0);
    expect(packed('index.html', 'page.css', 'page.js')).to.be.within(50_000, 300_000);
    expect(packed('trace.css', 'trace.js')).to.be.within(5_000, 30_000);
  });

  it('can stand in an HTML file', () => {
    expect(text('trace.js')).to.not.match(/<\/script|<!--/i);
    expect(text('trace.css')).to.not.match(/<\/style/i);
  });

  it('names no host to ask', () => {
    for (const name of ['index.html', 'page.css', 'page.js', 'trace.css', 'trace.js']) {
      const hosts = text(name).match(/https?:\/\/[\w.-]+/g) ?? [];
      expect(
        [...new Set(hosts)].filter((host) => host !== 'http://www.w3.org'),
        name,
      ).to.deep.equal([]);
    }
  });

  it('writes markup nowhere: what comes from outside is text', () => {
    expect(text('index.html')).to.not.match(/<script(?![^>]*src=)|<style|\son\w+=/);
  });

  it('tells the licences of what is in it', () => {
    expect(text('licenses.txt'))
      .to.match(/^@codemirror\/autocomplete$/m)
      .and.match(/^preact$/m);
  });
});
