import { expect } from 'chai';
import type { SinkHost, TelemetryEvent, TelemetrySink } from '../../core/index.js';
import { systemClock } from '../../core/index.js';
import { EventFeed } from '../../core/events.js';
import { settle } from '../support/test-tools.js';

class RecordingSink implements TelemetrySink {
  readonly events: TelemetryEvent[] = [];
  record(event: TelemetryEvent): void {
    this.events.push(event);
  }
  get names(): string[] {
    return this.events.map(({ name }) => name);
  }
}

const change = { backend: 'x', up: true, tools: 1, problems: [] };

describe('event feed', () => {
  it('hands every event to every sink in order, tagged with its name', () => {
    const [first, second] = [new RecordingSink(), new RecordingSink()];
    const feed = new EventFeed([first, second], systemClock);
    feed.emit('backend.changed', change);
    feed.emit('sink.muted', { sink: 's', failures: 3, message: 'm' });
    expect(first.events).to.deep.equal([
      { name: 'backend.changed', ...change },
      { name: 'sink.muted', sink: 's', failures: 3, message: 'm' },
    ]);
    expect(second.events).to.deep.equal(first.events);
  });

  it('tells the others what a sink says of itself', () => {
    const other = new RecordingSink();
    let host: SinkHost | undefined;
    const failing: TelemetrySink = {
      name: 'disk',
      attach: (given) => (host = given),
      record: () => undefined,
    };
    new EventFeed([failing, other], systemClock);
    host!.changed(false, 'disk full');
    host!.dropped(7, 'disk full');
    host!.changed(true);
    expect(other.events).to.deep.equal([
      { name: 'sink.changed', sink: 'disk', up: false, reason: 'disk full' },
      { name: 'sink.dropped', sink: 'disk', events: 7, reason: 'disk full' },
      { name: 'sink.changed', sink: 'disk', up: true },
    ]);
  });

  const failing: [name: string, fail: () => unknown][] = [
    [
      'throws',
      () => {
        throw new Error('disk full');
      },
    ],
    ['rejects', () => Promise.reject(new Error('disk full'))],
    [
      'throws a trap',
      () => {
        throw new Proxy(new Error('x'), {
          get() {
            throw new Error('trap');
          },
        });
      },
    ],
  ];
  for (const [name, fail] of failing) {
    it(`mutes a sink that ${name} three times in a row, and tells the others once`, async () => {
      let records = 0;
      const bad: TelemetrySink = { name: 'bad', record: () => ((records += 1), fail() as never) };
      const good = new RecordingSink();
      const feed = new EventFeed([bad, good], systemClock);
      for (let n = 0; n < 6; n += 1) {
        feed.emit('backend.changed', change);
        await settle();
      }
      expect(records).to.equal(3);
      expect(good.names.filter((event) => event === 'sink.muted')).to.have.length(1);
      expect(good.names.filter((event) => event === 'backend.changed')).to.have.length(6);
      expect(good.events.find((event) => event.name === 'sink.muted')).to.include({
        sink: 'bad',
        failures: 3,
      });
      expect(feed.isHeard).to.equal(true);
    });
  }

  it('forgives failures between successes', () => {
    let records = 0;
    const moody: TelemetrySink = {
      record: () => {
        records += 1;
        if (records % 3 !== 0) throw new Error('x');
      },
    };
    const feed = new EventFeed([moody], systemClock);
    for (let n = 0; n < 30; n += 1) feed.emit('backend.changed', change);
    expect(records).to.equal(30);
  });

  it('tells of a muted sink after the event that it failed on, also to sinks behind it', () => {
    const [before, after] = [new RecordingSink(), new RecordingSink()];
    const bad: TelemetrySink = {
      record: () => {
        throw new Error('x');
      },
    };
    const feed = new EventFeed([before, bad, after], systemClock);
    for (let n = 0; n < 3; n += 1) feed.emit('backend.changed', change);
    const expected = ['backend.changed', 'backend.changed', 'backend.changed', 'sink.muted'];
    expect([before.names, after.names]).to.deep.equal([expected, expected]);
  });

  it('knows when nobody listens', () => {
    const bad: TelemetrySink = {
      record: () => {
        throw new Error('x');
      },
    };
    const feed = new EventFeed([bad], systemClock);
    expect(feed.isHeard).to.equal(true);
    for (let n = 0; n < 3; n += 1) feed.emit('backend.changed', change);
    expect(feed.isHeard).to.equal(false);
  });
});
