/** The page against a server that says what a test wants: hostile, immense, alive. */
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { call, exampleRun, exampleRuns, exampleState, exampleTools, exampleUsage } from './example-data.js';
import { openPage, startBrowser, type WatchedPage } from './browser.js';
import { startFakeConsole, type FakeAnswers, type FakeConsole } from './fake-console.js';

const MARKUP = '<img src=x onerror="alert(1)">';

/** Pixels by which the page is wider than its window. */
const SPILL = 'document.documentElement.scrollWidth - innerWidth';

describe('the page of the console', function () {
  this.timeout(60_000);
  let browser: Browser;
  let fake: FakeConsole | undefined;
  let open: WatchedPage | undefined;

  const show = async (place: string, answers: Partial<FakeAnswers> = {}, options = {}) => {
    fake = await startFakeConsole({
      state: exampleState,
      tools: exampleTools,
      runs: exampleRuns(),
      usage: exampleUsage(),
      ...answers,
    });
    open = await openPage(browser, `${fake.address}#/${place}`, options);
    return open.page;
  };

  before(async () => {
    browser = await startBrowser();
  });

  after(() => browser.close());

  afterEach(async () => {
    expect(open?.faults).to.deep.equal([]);
    await open?.page.context().close();
    await fake?.close();
  });

  it('teaches how to come to a first run', async () => {
    const page = await show('runs', { runs: [] });
    await page.getByRole('heading', { name: 'No script has run yet' }).waitFor();
    await page.getByRole('button', { name: 'cursor' }).click();
    await page.getByText('toolscript config print --client cursor').waitFor();
  });

  it('lists runs, filters them, and opens one by the keyboard alone', async () => {
    const page = await show('runs');
    await page.getByRole('row').nth(4).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('batch');
    await page.getByText('1 run', { exact: true }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /Run r2/ }).waitFor();
    expect(page.url()).to.match(/#\/runs\/r2$/);
  });

  it('marks the line of an error, and the line of the call that is pointed at', async () => {
    const page = await show('runs/r2');
    await page
      .locator('.line.wrong')
      .getByText(/issue 7 is locked/)
      .waitFor();
    await page.getByRole('option', { name: /search_issues/ }).hover();
    expect(await page.locator('.line.lit code').innerText()).to.match(/^issues = search_issues/);
    await page.locator('.line').nth(4).hover();
    expect(await page.locator('.call.lit').count()).to.equal(7);
  });

  it('goes through the calls by the keyboard, and from a call to its line', async () => {
    const page = await show('runs/r2');
    await page.getByRole('listbox').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    await page.locator('.call-detail').getByText('issue 7 is locked').waitFor();
    expect(await page.getByRole('listbox').getAttribute('aria-activedescendant')).to.match(/-7$/);
    await page.keyboard.press('Enter');
    expect(await page.evaluate<string>('document.activeElement.textContent')).to.match(/^add_comment/);
  });

  it('follows a run of another client as it goes', async () => {
    const page = await show('runs', { runs: [] });
    await page.getByRole('heading', { name: 'No script has run yet' }).waitFor();
    const running = exampleRun({
      id: 'live',
      state: 'running',
      askedAt: Date.now(),
      calls: [call(0, { state: 'running', ranMs: 0 })],
    });
    fake!.tell({ type: 'run', run: running });
    await page
      .getByRole('link', { name: /running/ })
      .first()
      .waitFor();
    expect(await page.getByRole('navigation').getByText('1 running').count()).to.equal(1);
    fake!.tell({ type: 'run', run: exampleRun({ id: 'live' }) });
    await page.getByRole('link', { name: /succeeded/ }).waitFor();
  });

  it('shows text of others as text', async () => {
    const hostile = {
      ...exampleTools[0]!,
      name: MARKUP,
      signature: `${MARKUP}(a: ${MARKUP})`,
      description: MARKUP,
      backend: MARKUP,
    };
    const long = {
      ...exampleTools[1]!,
      name: 'n'.repeat(100_000),
      scriptName: 'n'.repeat(100_000),
      description: '\u202eevil'.repeat(20_000),
    };
    const run = exampleRun({
      caller: MARKUP,
      script: `x = "${MARKUP}" # \u202e gpj`,
      logs: [MARKUP],
      result: JSON.stringify(MARKUP),
      calls: [
        call(0, {
          tool: MARKUP,
          backend: MARKUP,
          state: 'failed',
          error: MARKUP,
          position: { line: 1, column: 1 },
        }),
      ],
      error: { code: MARKUP, message: MARKUP, position: { line: 1, column: 1 }, tool: MARKUP },
    });
    const state = {
      ...exampleState,
      backends: [{ name: MARKUP, state: 'down' as const, tools: 1, notes: [MARKUP] }],
    };
    const page = await show('tools', { tools: [hostile, long], runs: [run], state });
    await page.locator('summary').first().click();
    await page.getByText(MARKUP).first().waitFor();
    for (const place of ['runs', 'runs/r1', 'servers', 'playground']) {
      await page.goto(`${fake!.address}#/${place}`);
      await page.locator('main h1').waitFor();
    }
    await page.goto(`${fake!.address}#/runs/r1`);
    await page.locator('.line-error').getByText(MARKUP).waitFor();
    expect(await page.locator('.script').innerText()).to.contain('‹202E›');
    expect(await page.locator('img').count()).to.equal(0);
    const wide = await page.evaluate<number>(SPILL);
    expect(wide).to.be.at.most(0);
  });

  it('draws ten thousand calls by those in sight', async () => {
    const calls = Array.from({ length: 10_000 }, (_, index) => call(index, { startedMs: index * 5 }));
    const page = await show('runs/r1', { runs: [exampleRun({ calls })] });
    await page.locator('[data-call="0"]').waitFor();
    await page.getByRole('listbox').focus();
    await page.keyboard.press('End');
    await page.locator('[data-call="9999"].chosen').waitFor();
    expect(await page.locator('[data-call]').count()).to.be.below(60);
  });

  it('keeps the draft across a reload in the tab, and nothing else', async () => {
    const page = await show('playground');
    await page.getByRole('textbox', { name: 'Script' }).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('kept = 1');
    await page.reload();
    await page.getByText('kept = 1').waitFor();
    const kept = await page.evaluate<string[][]>('[Object.keys(localStorage), Object.keys(sessionStorage)]');
    expect(kept).to.deep.equal([[], ['toolscript-draft']]);
  });

  it('completes tools, parameters and values, helps with a call, and runs by the keyboard', async () => {
    const check = ({ script }: { script: string }) =>
      script.includes('nobody')
        ? [
            {
              code: 'script/name',
              message: 'nobody is not known',
              position: { line: 1, column: 5 },
              hint: 'call somebody',
            },
          ]
        : [];
    const page = await show('playground', { check });
    await page.getByRole('textbox', { name: 'Script' }).click();
    await page.keyboard.press('Control+a');
    const take = async (name: RegExp): Promise<void> => {
      await page.getByRole('option', { name }).waitFor();
      // So soon after it came the editor takes the key for a new line: 75 ms are its measure.
      await page.waitForTimeout(150);
      await page.keyboard.press('Enter');
    };
    await page.keyboard.type('x = sear');
    await take(/search_issues/);
    await page.locator('.help-current').getByText('query').waitFor();
    await page.keyboard.type('query="a", sta');
    await take(/state/);
    await page.keyboard.type('"cl');
    await take(/closed/);
    await page.keyboard.press('Control+Enter');
    await page.getByText('All of this run').waitFor();
    expect(fake!.started).to.deep.equal([
      { script: 'x = search_issues(query="a", state="closed")', language: 'starlark' },
    ]);
    await page.getByRole('textbox', { name: 'Script' }).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('y = nobody(1)');
    await page.getByText('1 mark', { exact: true }).waitFor();
    await page.locator('.cm-lintRange-error').hover();
    await page.getByText('nobody is not known').waitFor();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`fits a phone in ${colorScheme}, in every place`, async () => {
      const page = await show('runs', {}, { colorScheme, viewport: { width: 390, height: 844 } });
      for (const place of ['runs', 'runs/r2', 'playground', 'tools', 'servers', 'usage']) {
        await page.goto(`${fake!.address}#/${place}`);
        await page.locator('main h1').first().waitFor();
        const wide = await page.evaluate<number>(SPILL);
        expect(wide, place).to.be.at.most(0);
      }
    });
  }
});
