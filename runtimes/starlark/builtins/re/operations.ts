/** What `re` does with a compiled pattern and a text. Between two matches it may give way to the event loop. */
import {
  Callable,
  ITEM_BYTES,
  List,
  TextBuilder,
  Tuple,
  chargeItems,
  chargeText,
  typeName,
} from '../../values/index.js';
import type { Eventual, Integer, Thread, Value } from '../../values/index.js';
import { runtimeError } from '../../error.js';
import { clamped } from '../count.js';
import { Scan } from './compiled.js';
import type { Anchor, Compiled, Spans } from './compiled.js';
import { Match } from './match.js';
import { expanded, templateOf } from './replacement.js';

/** A match, or None. */
export function find({ budget }: Thread, compiled: Compiled, text: string, anchor: Anchor): Value {
  const spans = new Scan(budget, compiled, text).find(0, anchor);
  return spans === null ? null : new Match(budget, compiled, text, spans);
}

/** The texts of all matches: of their groups, where the pattern has some. */
export function findAll(thread: Thread, compiled: Compiled, text: string): Eventual {
  const { budget } = thread;
  const items: Value[] = [];
  const take = (spans: Spans): void => {
    const texts = (spans.length > 1 ? spans.slice(1) : spans).map(([start, end]) => {
      chargeText(budget, end - start);
      return start < 0 ? '' : text.slice(start, end);
    });
    budget.allocate(ITEM_BYTES);
    if (texts.length === 1) items.push(texts[0]!);
    else {
      chargeItems(budget, texts.length);
      items.push(new Tuple(texts));
    }
  };
  return eachMatch(thread, compiled, text, Infinity, take, () => new List(items));
}

/** All matches. */
export function findMatches(thread: Thread, compiled: Compiled, text: string): Eventual {
  const items: Value[] = [];
  const take = (spans: Spans): void => void items.push(new Match(thread.budget, compiled, text, spans));
  return eachMatch(thread, compiled, text, Infinity, take, () => new List(items));
}

/** The pieces between matches, with the groups of each match between them. */
export function split(thread: Thread, compiled: Compiled, text: string, maxsplit: Integer = 0): Eventual {
  const { budget } = thread;
  const pieces: Value[] = [];
  let done = 0;
  const push = (start: number, end: number): void => {
    budget.allocate(ITEM_BYTES);
    chargeText(budget, Math.max(0, end - start));
    pieces.push(start < 0 ? null : text.slice(start, end));
  };
  const take = (spans: Spans): void => {
    const [start, end] = spans[0]!;
    push(done, start);
    for (const [from, to] of spans.slice(1)) push(from, to);
    done = end;
  };
  const most = clamped(maxsplit);
  return eachMatch(thread, compiled, text, most <= 0 ? Infinity : most, take, () => {
    push(done, text.length);
    return new List(pieces);
  });
}

/** The text with its matches replaced, by a template or by what a function answers. */
export function replaced(
  thread: Thread,
  compiled: Compiled,
  replacement: Value,
  text: string,
  count: Integer = 0,
): Eventual {
  return replace(thread, compiled, replacement, text, count, (result) => result);
}

/** The same, and how many matches there were. */
export function replacedAndCounted(
  thread: Thread,
  compiled: Compiled,
  replacement: Value,
  text: string,
  count: Integer = 0,
): Eventual {
  return replace(thread, compiled, replacement, text, count, (result, met) => {
    chargeItems(thread.budget, 2);
    return new Tuple([result, met]);
  });
}

function replace(
  thread: Thread,
  compiled: Compiled,
  replacement: Value,
  text: string,
  count: Integer,
  then: (result: string, count: number) => Value,
): Eventual {
  const { budget } = thread;
  const matches: Spans[] = [];
  const most = clamped(count) <= 0 ? Infinity : clamped(count);
  const take = (spans: Spans): void => void matches.push(spans);
  const finish = (texts: readonly string[]): Value =>
    then(joined(thread, text, matches, texts), matches.length);
  if (typeof replacement === 'string') {
    const template = templateOf(compiled, replacement);
    return eachMatch(thread, compiled, text, most, take, () =>
      finish(matches.map((spans) => expanded(budget, template, text, spans))),
    );
  }
  if (!(replacement instanceof Callable)) {
    throw runtimeError(`for parameter repl: got ${typeName(replacement)}, want string or callable`);
  }
  const texts: string[] = [];
  return eachMatch(thread, compiled, text, most, take, () =>
    thread.invokeEach(
      replacement,
      matches.length,
      (at) => [new Match(budget, compiled, text, matches[at]!)],
      (result) => texts.push(textOf(result)),
      () => finish(texts),
    ),
  );
}

function textOf(result: Value): string {
  if (typeof result === 'string') return result;
  throw runtimeError(`re.sub: its function answered ${typeName(result)}, want string`);
}

function joined(
  { budget }: Thread,
  text: string,
  matches: readonly Spans[],
  texts: readonly string[],
): string {
  const out = new TextBuilder(budget);
  let done = 0;
  matches.forEach((spans, at) => {
    const [start, end] = spans[0]!;
    budget.step(1);
    out.add(text.slice(done, start));
    out.add(texts[at]!);
    done = end;
  });
  out.add(text.slice(done));
  return out.finish();
}

/** Takes match after match, then goes on. A match of nothing moves on by a character. */
function eachMatch(
  thread: Thread,
  compiled: Compiled,
  text: string,
  most: number,
  take: (spans: Spans) => void,
  then: () => Eventual,
): Eventual {
  const { budget } = thread;
  const scan = new Scan(budget, compiled, text);
  let [at, taken] = [0, 0];
  const goOn = (): Eventual => {
    while (at <= text.length && taken < most) {
      if (--budget.left < 0 && budget.refill()) {
        budget.left++;
        return thread.giveWay(goOn);
      }
      const spans = scan.find(at);
      if (spans === null) break;
      const [start, end] = spans[0]!;
      take(spans);
      taken++;
      at = end > start ? end : end + (text.codePointAt(end)! > 0xffff ? 2 : 1);
    }
    return then();
  };
  return goOn();
}
