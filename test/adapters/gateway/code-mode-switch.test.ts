import { expect } from 'chai';
import { CodeModeSwitch } from '../../../adapters/gateway/index.js';
import { watchLists } from '../../../adapters/gateway/list-watch.js';
import type { CodeMode, ContextSource, JsonObject, ToolDispatcher } from '../../../core/index.js';
import { definition, HoldingDispatcher, settle, textResult, until } from '../../support/test-tools.js';
import { compose } from './composed.js';

/** A composition whose calls the test answers, and that can be seen to change and to close. */
class Behind extends HoldingDispatcher implements ToolDispatcher {
  readonly listeners = new Set<() => void>();
  readonly followed = new Map<string, () => void>();
  isClosed = false;
  readonly context: ContextSource = {
    list: () => [],
    request: (): Promise<JsonObject> => Promise.resolve({}),
    subscribe: (uri, listener) => {
      this.followed.set(uri, listener);
      return () => this.followed.delete(uri);
    },
  };

  constructor(...names: string[]) {
    super(names.map((name) => definition(name)));
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): void {
    this.isClosed = true;
  }
}

const namesOf = async (codeMode: CodeMode): Promise<string[]> =>
  (await codeMode.listTools()).map(({ name }) => name);

describe('a code mode whose composition is exchanged', () => {
  let [first, second]: Behind[] = [];
  let codeMode: CodeModeSwitch;
  const next = async (): Promise<CodeMode> => compose(second!);

  beforeEach(async () => {
    [first, second] = [new Behind('a', 'b'), new Behind('b', 'c')];
    codeMode = new CodeModeSwitch(await compose(first));
  });
  afterEach(() => codeMode.close());

  it('sends new requests to the next, and ends with the first what began there', async () => {
    const script = codeMode.run({ script: 'a()\nreturn b()' });
    const call = codeMode.callTool('a', {});
    await until(() => first!.calls.length === 2);
    let isOver = false;
    const over = codeMode.switchTo(await next()).then(() => (isOver = true));
    expect(await namesOf(codeMode)).to.deep.equal(['b', 'c']);

    for (const held of first!.calls) held.answer(textResult('done'));
    expect((await call).content).to.deep.equal([{ type: 'text', text: 'done' }]);
    await until(() => first!.calls.length === 3);
    await settle();
    expect([isOver, first!.isClosed]).to.deep.equal([false, false]);
    first!.calls[2]!.answer(textResult('the end'));
    expect(await script).to.include({ ok: true, value: 'the end' });
    await over;
    expect([first!.isClosed, second!.isClosed, second!.calls.length]).to.deep.equal([true, false, 0]);
  });

  it('closes the first at once when nothing is under way', async () => {
    await codeMode.switchTo(await next());
    expect(first!.isClosed).to.equal(true);
  });

  it('tells of the exchange, and then of changes of the next alone', async () => {
    let told = 0;
    const stop = codeMode.onChange(() => (told += 1));
    const held = codeMode.callTool('a', {});
    await until(() => first!.calls.length === 1);
    const over = codeMode.switchTo(await next());
    expect(told).to.equal(1);
    for (const listener of first!.listeners) listener();
    expect(told).to.equal(1);
    for (const listener of second!.listeners) listener();
    expect(told).to.equal(2);
    stop();
    for (const listener of second!.listeners) listener();
    expect(told).to.equal(2);
    first!.calls[0]!.answer(textResult('done'));
    await Promise.all([held, over]);
  });

  it('goes on following resources, in the next', async () => {
    let updates = 0;
    const stop = codeMode.subscribe('test://x', () => (updates += 1));
    await codeMode.switchTo(await next());
    expect([...first!.followed.keys(), ...second!.followed.keys()]).to.deep.equal(['test://x']);
    second!.followed.get('test://x')!();
    expect(updates).to.equal(1);
    stop();
    expect(second!.followed.size).to.equal(0);
  });

  it('ends, when it is closed, what began with any of them', async () => {
    const script = codeMode.run({ script: 'a()' });
    await until(() => first!.calls.length === 1);
    const over = codeMode.switchTo(await next());
    await codeMode.close();
    expect(await script).to.have.nested.property('error.code', 'cancelled');
    await over;
    expect([first!.isClosed, second!.isClosed]).to.deep.equal([true, true]);
  });

  describe('seen by a client', () => {
    async function changesAfter(act: () => Promise<void>, offersScripts = () => true): Promise<string[]> {
      const changes: string[] = [];
      const stop = watchLists(
        { codeMode, offersScripts },
        () => undefined,
        (list) => changes.push(list),
      );
      await act();
      await settle();
      await settle();
      stop();
      return changes;
    }

    it('has other tools only where they are others', async () => {
      expect(
        await changesAfter(async () => codeMode.switchTo(await compose(new Behind('a', 'b')))),
      ).to.deep.equal([]);
      expect(await changesAfter(async () => codeMode.switchTo(await next()))).to.deep.equal(['tools']);
    });

    it('has other tools when code mode is switched on or off', async () => {
      let isOn = true;
      const toggle = async (): Promise<void> => {
        isOn = false;
        await codeMode.switchTo(await compose(new Behind('a', 'b')));
      };
      expect(await changesAfter(toggle, () => isOn)).to.deep.equal(['tools']);
    });
  });
});
