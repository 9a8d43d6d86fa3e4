/** The console as a person meets it: the real gateway, real servers, a browser. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { openPage, startBrowser, type WatchedPage } from './browser.js';
import { serveConsole, type ServedConsole } from './served-console.js';

/** The editor takes no key for a completion for so long after it came; then twice that. */
const SETTLED_MS = 150;

describe('the console of a gateway', function () {
  this.timeout(120_000);
  let browser: Browser;
  let served: ServedConsole;
  let open: WatchedPage;

  before(async () => {
    served = await serveConsole();
    browser = await startBrowser();
  });

  after(async () => {
    await browser.close();
    await served.close();
  });

  beforeEach(async () => {
    open = await openPage(browser, served.console);
  });

  afterEach(async () => {
    expect(open.faults).to.deep.equal([]);
    await open.page.context().close();
  });

  const toPlayground = async (script: string): Promise<void> => {
    await open.page.getByRole('link', { name: 'Playground', exact: true }).click();
    await open.page.getByRole('textbox', { name: 'Script' }).click();
    await open.page.keyboard.press('Control+a');
    await open.page.keyboard.insertText(script);
  };

  it('lets a script be written with completion, run, and seen', async () => {
    const { page } = open;
    await toPlayground('text = ');
    await page.keyboard.type('read_text_f');
    await page.getByRole('option', { name: /read_text_file/ }).waitFor();
    await page.waitForTimeout(SETTLED_MS);
    await page.keyboard.press('Enter');
    await page.locator('.help-current').getByText('path').waitFor();
    await page.keyboard.type('pa');
    await page.getByRole('option', { name: /^path/ }).waitFor();
    await page.waitForTimeout(SETTLED_MS);
    await page.keyboard.press('Enter');
    await page.keyboard.insertText(JSON.stringify(served.note));
    await page.keyboard.press('End');
    await page.keyboard.insertText(
      '\nsums = parallel([lambda i=i: get_sum(a=i, b=1) for i in range(3)])\nreturn [text, sums]\n',
    );
    await page.keyboard.press('Control+Enter');
    await page
      .getByRole('option', { name: /get-sum, line 2: succeeded/ })
      .nth(2)
      .waitFor();
    await page.locator('.run-line').getByText('succeeded').waitFor();
    expect(await page.getByRole('option', { name: /read_text_file, line 1/ }).count()).to.equal(1);
  });

  it('marks what speaks against a script before it runs', async () => {
    await toPlayground('x = 1\ny = get_summ(a=1, b=2)\n');
    await open.page.locator('.cm-lintRange-error').getByText('get_summ').waitFor();
  });

  it('shows an error at its line, in the editor and on the page of the run', async () => {
    const { page } = open;
    await toPlayground('print("first")\nget_sum(a=1, b=2)\nread_text_file(path="/etc/hostname")\n');
    await page.keyboard.press('Control+Enter');
    await page.locator('.run-fault').getByText('tool/failed').waitFor();
    await page.locator('.cm-lintRange-error').getByText('read_text_file').waitFor();
    await page.getByRole('link', { name: 'All of this run' }).click();
    await page
      .locator('.line.wrong')
      .getByText(/Access denied/)
      .waitFor();
    await page.getByRole('option', { name: /get-sum/ }).hover();
    expect(await page.locator('.line.lit code').innerText()).to.equal('get_sum(a=1, b=2)');
  });

  it('shows a script of another client while it runs', async () => {
    const { page } = open;
    const client = new Client({ name: 'another', version: '1.0.0' });
    await client.connect(new StreamableHTTPClientTransport(new URL(served.mcp)));
    try {
      const script = 'trigger_long_running_operation(duration=3, steps=1)\nreturn "over"';
      const result = client.callTool({ name: 'execute_tool_script', arguments: { script } });
      await page.getByRole('link', { name: /^running/ }).click();
      await page.getByRole('option', { name: /trigger-long-running-operation, line 1: running/ }).waitFor();
      await page.getByRole('option', { name: /trigger-long-running-operation, line 1: succeeded/ }).waitFor();
      await page.getByLabel('Result', { exact: true }).getByText('over').first().waitFor();
      await result;
    } finally {
      await client.close();
    }
  });

  it('cancels a run of the playground', async () => {
    const { page } = open;
    await toPlayground('trigger_long_running_operation(duration=20, steps=2)');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('option', { name: /running/ }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.locator('.run-line').getByText('cancelled').waitFor();
  });

  it('hands a run over as a file that needs no server', async () => {
    const { page } = open;
    await toPlayground('return get_sum(a=1, b=2)');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('link', { name: 'All of this run' }).click();
    await page.getByRole('option', { name: /succeeded/ }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download as a file' }).click();
    const path = `${await (await download).path()}.html`;
    await (await download).saveAs(path);
    const file = await openPage(browser, `file://${path}`, { offline: true });
    await file.page.getByRole('option', { name: /get-sum, line 1: succeeded/ }).waitFor();
    await file.page.getByText('return get_sum(a=1, b=2)').waitFor();
    expect(file.faults).to.deep.equal([]);
    await file.page.context().close();
  });

  it('finds tools as the server does, and says how the servers stand', async () => {
    const { page } = open;
    await page
      .getByRole('navigation')
      .getByRole('link', { name: /^Tools/ })
      .click();
    await page.getByRole('searchbox').fill('read a file');
    await page.getByText(/found, the best first/).waitFor();
    await page
      .getByText(/^read_/)
      .first()
      .waitFor();
    await page
      .getByRole('navigation')
      .getByRole('link', { name: /^Servers/ })
      .click();
    await page.getByText('2 servers of 2 up').waitFor();
  });

  it('survives a reload, and lets nobody in without the token', async () => {
    const { page } = open;
    await page.reload();
    await page.getByText('live', { exact: true }).waitFor();
    const stranger = await openPage(browser, served.console.replace(/#.*/, ''));
    await stranger.page.getByText('This page has no valid token').waitFor();
    expect(stranger.faults.filter((fault) => !/401/.test(fault))).to.deep.equal([]);
    await stranger.page.context().close();
  });
});
