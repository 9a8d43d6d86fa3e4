import { expect } from 'chai';
import { useFakeTimers, type SinonFakeTimers } from 'sinon';
import { ANONYMOUS, systemClock } from '../../../../core/index.js';
import { createMcpDispatcher } from '../../../../plugins/dispatchers/mcp/index.js';
import { Startup } from '../../../../plugins/dispatchers/mcp/startup.js';
import { fixture } from '../../../support/backends/index.js';

const never = new Promise<void>(() => undefined);

describe('waiting for servers to start', () => {
  let clock: SinonFakeTimers;
  beforeEach(() => {
    clock = useFakeTimers();
  });
  afterEach(() => {
    clock.restore();
  });

  async function isOver(startup: Startup): Promise<boolean> {
    let over = false;
    void startup.over.then(() => {
      over = true;
    });
    await clock.tickAsync(0);
    return over;
  }

  it('is over when all have started, and leaves no timer behind', async () => {
    const startup = new Startup([Promise.resolve(), Promise.resolve()], 1000, systemClock);
    expect(await isOver(startup)).to.equal(true);
    expect(clock.countTimers()).to.equal(0);
  });

  it('is over when the time is up, whoever is still starting', async () => {
    const startup = new Startup([Promise.resolve(), never], 1000, systemClock);
    expect(await isOver(startup)).to.equal(false);
    await clock.tickAsync(1000);
    expect(await isOver(startup)).to.equal(true);
  });

  it('waits for all where it may', async () => {
    const startup = new Startup([never], Number.POSITIVE_INFINITY, systemClock);
    await clock.tickAsync(1e9);
    expect(await isOver(startup)).to.equal(false);
    startup.end();
    expect(await isOver(startup)).to.equal(true);
  });
});

describe('a server that hangs while it starts', () => {
  it('keeps nobody waiting for the tools of the others', async () => {
    const dispatcher = createMcpDispatcher({
      servers: { hangs: fixture({ faults: ['hangs on initialise'] }) },
      startupWaitMs: 10,
      connectTimeoutMs: 600_000,
    });
    expect(await dispatcher.listTools(ANONYMOUS)).to.deep.equal([]);
    expect(dispatcher.backends?.()[0]).to.deep.include({ up: false, problems: ['is being started'] });
    await dispatcher.close();
  });
});
