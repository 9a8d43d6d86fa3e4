import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { plainIndex } from '../../../core/index.js';
import type { ToolDefinition, ToolIndex } from '../../../core/index.js';
import { INDEX_CHECK_NAMES, indexChecks } from '../../../core/testing/index.js';
import { createEmbeddingsIndex } from '../../../plugins/indexes/embeddings/index.js';
import { createWordsIndex } from '../../../plugins/indexes/words/index.js';

describe('contract of ToolIndex', () => {
  /** Counts letters: real enough for places in a space. */
  const service = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { input } = JSON.parse(Buffer.concat(chunks).toString()) as { input: string[] };
      const data = input.map((text, index) => ({ index, embedding: lettersOf(text) }));
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ data }));
    });
  });
  let base = '';

  before(async () => {
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${String((service.address() as AddressInfo).port)}/v1`;
  });

  after(() => {
    service.closeAllConnections();
    service.close();
  });

  const ours: Readonly<Record<string, () => ToolIndex | Promise<ToolIndex>>> = {
    plain: () => plainIndex,
    words: () => createWordsIndex(),
    embeddings: () =>
      createEmbeddingsIndex({ service: base, provider: 'openai', model: 'letters', apiKey: 'key' }),
  };
  for (const [index, make] of Object.entries(ours)) {
    describe(index, () => {
      for (const { name, run } of indexChecks({ make })) it(name, run);
    });
  }

  const never = (): Promise<never> => new Promise(() => undefined);
  let searches = 0;
  const broken: readonly (readonly [check: string, index: ToolIndex, message: RegExp])[] = [
    ['says what it is', { ...plainIndex, name: 1 as never }, /name: want/],
    [
      'answers tools of the array, none twice, no more than asked for',
      { search: (tools) => [{ ...tools[0]! }] },
      /not in the array/,
    ],
    [
      'answers tools of the array, none twice, no more than asked for',
      { search: (tools, { limit }) => (limit === 1 ? [] : [tools[0]!, tools[0]!]) },
      /a tool twice/,
    ],
    [
      'answers tools of the array, none twice, no more than asked for',
      { search: (tools) => tools },
      /got 4 tools, want 1/,
    ],
    [
      'answers tools of the array, none twice, no more than asked for',
      { search: () => null as never },
      /got null/,
    ],
    [
      'answers the same for the same',
      { search: (tools) => [tools[(searches += 1) % 2]!] },
      /want \["list_issues"\] again/,
    ],
    ['answers one caller whatever the others see', learning(), /as before/],
    ['searches for several at the same time', busy(), /busy/],
    [
      'takes hostile words, and hostile tools',
      { search: (tools) => tools.filter(({ description }) => description!.trim() === '').slice(0, 1) },
      /trim is not a function/,
    ],
    ['finds nothing among no tools', { search: (tools) => [tools[0]!] }, /not in the array/],
    [
      'leaves the tools as they are',
      { search: (tools) => (tools as ToolDefinition[]).sort().slice(0, 1) },
      /read only/,
    ],
    ['leaves the tools as they are', renaming(), /changed a definition/],
    ['ends a search soon after its signal', { search: never }, /no end within/],
    ['closes, also twice', { ...plainIndex, close: never }, /close: no end/],
  ];

  /** Answers by how many tools it has seen, whoever asks. */
  function learning(): ToolIndex {
    let most = 0;
    return {
      search(tools) {
        most = Math.max(most, tools.length);
        return most > 2 ? [] : tools.slice(0, 1);
      },
    };
  }

  /** Writes into what it is given, until it is closed. */
  function renaming(): ToolIndex {
    const renamed = new Map<{ name: string }, string>();
    return {
      search(tools) {
        const tool: { name: string } = tools[0]!;
        renamed.set(tool, tool.name);
        tool.name = 'renamed';
        return [];
      },
      close() {
        for (const [tool, name] of renamed) tool.name = name;
      },
    };
  }

  function busy(): ToolIndex {
    let isBusy = false;
    return {
      async search() {
        if (isBusy) throw new Error('busy');
        isBusy = true;
        await new Promise((resolve) => setImmediate(resolve));
        isBusy = false;
        return [];
      },
    };
  }

  for (const [name, index, message] of broken) {
    it(`is seen to be broken: ${name}, ${String(message)}`, async () => {
      searches = 0;
      let failure = 'nothing';
      await indexChecks({ make: () => index, patienceMs: 200 })
        .find((check) => check.name === name)!
        .run()
        .catch((thrown: unknown) => (failure = (thrown as Error).message));
      expect(failure).to.match(message);
    });
  }

  it('has each check seen to fail', () => {
    expect(new Set(broken.map(([name]) => name))).to.deep.equal(new Set(INDEX_CHECK_NAMES));
  });
});

function lettersOf(text: string): number[] {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  return Array.from(letters).map((letter) => text.toLowerCase().split(letter).length);
}
