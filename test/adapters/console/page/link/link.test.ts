import { expect } from 'chai';
import { eventLines } from '../../../../../adapters/console/page/link/event-lines.js';
import {
  EMPTY_BOOK,
  withHeads,
  withoutWhole,
  withRun,
} from '../../../../../adapters/console/page/link/run-book.js';
import { filteredRuns } from '../../../../../adapters/console/page/runs/run-filter.js';
import { usageChart, usageTotal } from '../../../../../adapters/console/page/servers/usage-chart.js';
import { exampleRun, exampleRuns, exampleUsage } from '../../../../console/example-data.js';

describe('the event stream', () => {
  it('is read in whatever pieces it comes', () => {
    const stream = ': begin\n\ndata: {"a":1}\n\nevent: x\r\ndata: {"b":\r\ndata: 2}\r\n\r\n';
    const whole = eventLines()(stream);
    const read = eventLines();
    const pieces = Array.from(stream).flatMap((piece) => read(piece));
    expect(whole).to.deep.equal(['{"a":1}', '{"b":\n2}']);
    expect(pieces).to.deep.equal(whole);
  });
});

describe('the runs that the page knows', () => {
  it('are heads, the latest first, and whole while they are watched', () => {
    let book = withHeads(EMPTY_BOOK, exampleRuns());
    book = withRun(book, exampleRun({ id: 'new', askedAt: Date.now() }), true);
    book = withRun(book, exampleRun({ id: 'old', askedAt: 1 }), false);
    expect(book.heads.map(({ id }) => id)).to.deep.equal(['new', 'r1', 'r2', 'r3', 'r4', 'old']);
    expect(book.heads[0]).to.deep.include({ calls: [], logs: [] }).and.not.have.any.keys('script', 'result');
    expect([...book.whole.keys()]).to.deep.equal(['new']);
    expect(withoutWhole(book, 'new').whole.size).to.equal(0);
  });

  it('keep a script that is told once', () => {
    const { script, ...later } = exampleRun({ state: 'running' });
    let book = withRun(EMPTY_BOOK, { ...later, ...(script !== undefined && { script }) }, true);
    book = withRun(book, { ...later, state: 'finished' }, true);
    expect(book.whole.get('r1')).to.include({ script, state: 'finished' });
    expect(book.heads).to.have.length(1);
  });

  it('are found by words and by how they ended', () => {
    const found = (words: string, kind: 'all' | 'running' | 'failed' = 'all'): string[] =>
      filteredRuns(exampleRuns(), { words, kind }).map(({ id }) => id);
    expect(found('  CURSOR steps')).to.deep.equal(['r3']);
    expect(found('', 'failed')).to.deep.equal(['r2', 'r3', 'r4']);
    expect(found('', 'running')).to.deep.equal([]);
  });
});

describe('the chart of usage', () => {
  it('has its greatest bar as high as it is, and keeps the room of quiet stretches', () => {
    const usage = exampleUsage();
    const { bars, most, beginsAt } = usageChart(
      usage.filter((_, index) => index !== 5),
      240,
      100,
    );
    expect(most).to.equal(99);
    expect(bars.at(-1)).to.include({ x: 230, width: 10, scriptHeight: 100, directHeight: 0 });
    expect(bars.find(({ bucket }) => bucket === usage[4])!.x).to.equal(160);
    expect(beginsAt).to.equal(usage.at(-1)!.at - 23 * 300_000);
    expect(usageTotal(usage)).to.include({ scripts: 66, scriptCalls: 594 });
  });

  it('is empty before anything was called', () => {
    expect(usageChart([], 240, 100).bars).to.deep.equal([]);
  });
});
