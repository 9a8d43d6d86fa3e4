/** A browser for tests: Debian's Chromium, or that of `CHROMIUM`. It notes all that should not be. */
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

/** A page of a browser, with what it did that it should not. */
export interface WatchedPage {
  readonly page: Page;
  /** What the console of the browser said, errors of scripts, requests to other hosts. */
  readonly faults: string[];
}

/** Starts the browser. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    // The machines that test have no namespaces to make a sandbox of.
    args: ['--no-sandbox'],
  });
}

/** Opens a page in a context of its own. */
export async function openPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  const { host } = new URL(address);
  page.on('console', (message) => faults.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.host !== host && url.protocol !== 'data:' && url.protocol !== 'blob:')
      faults.push(`request: ${request.url()}`);
  });
  await page.goto(address);
  return { page, faults };
}
