/** Matches, as Python has them. */
import { runtimeError } from '../../error.js';
import {
  Dict,
  HostValue,
  Tuple,
  chargeEntries,
  chargeItems,
  chargeText,
  isInteger,
  typeName,
} from '../../values/index.js';
import type { Budget, Value } from '../../values/index.js';
import { builtin } from '../definition.js';
import { anything, optional, required, rest, string } from '../parameter.js';
import type { Compiled, Spans } from './compiled.js';
import { expanded, templateOf } from './replacement.js';

const BYTES = 200;

/** What a search found. */
export class Match extends HostValue {
  constructor(
    private readonly budget: Budget,
    readonly compiled: Compiled,
    readonly text: string,
    readonly spans: Spans,
  ) {
    super();
    budget.allocate(BYTES);
  }

  get typeName(): string {
    return 're.Match';
  }

  fields(): Iterable<string> {
    return [...MEMBERS.keys()];
  }

  field(name: string): Value | undefined {
    return MEMBERS.get(name)?.(this);
  }

  assign(): never {
    throw runtimeError('a match does not change');
  }

  /** `m[1]` and `m["name"]`. */
  operate(operator: string, other: Value, side: 'left' | 'right'): Value | undefined {
    return operator === '[]' && side === 'left' ? this.group(other) : undefined;
  }

  /** The text of a group; None for one that took no part. */
  group(which: Value): string | null {
    const [start, end] = this.span(which);
    if (start < 0) return null;
    chargeText(this.budget, end - start);
    return this.text.slice(start, end);
  }

  span(which: Value): readonly [number, number] {
    const found = this.spans[this.numberOf(which)];
    if (found === undefined) throw this.noGroup();
    return found;
  }

  private numberOf(which: Value): number {
    if (isInteger(which)) return Number(which);
    if (typeof which !== 'string') throw runtimeError(`group: got ${typeName(which)}, want int or string`);
    return this.compiled.names.get(which) ?? -1;
  }

  private noGroup(): unknown {
    const names = [...this.compiled.names.keys()];
    const named = names.length === 0 ? '' : `, by name ${names.slice(0, 10).join(', ')}`;
    return runtimeError(`no such group: the pattern has ${this.compiled.groups}${named}`).as('IndexError');
  }
}

const group = optional('group', anything);

type Member = (match: Match) => Value;

const MEMBERS: ReadonlyMap<string, Member> = new Map<string, Member>([
  [
    'group',
    (match) =>
      builtin('group', [rest('groups', anything)], ({ budget }, groups) => {
        if (groups.length < 2) return match.group(groups[0] ?? 0);
        chargeItems(budget, groups.length);
        return new Tuple(groups.map((each) => match.group(each)));
      }),
  ],
  [
    'groups',
    (match) =>
      builtin('groups', [optional('default', anything)], ({ budget }, byDefault = null) => {
        chargeItems(budget, match.compiled.groups);
        return new Tuple(match.spans.slice(1).map((_, at) => match.group(at + 1) ?? byDefault));
      }),
  ],
  [
    'groupdict',
    (match) =>
      builtin('groupdict', [optional('default', anything)], ({ budget }, byDefault = null) => {
        chargeEntries(budget, match.compiled.names.size);
        const result = new Dict();
        for (const name of match.compiled.names.keys())
          result.setString(budget, name, match.group(name) ?? byDefault);
        return result;
      }),
  ],
  ['start', (match) => builtin('start', [group], (_, which = 0) => match.span(which)[0])],
  ['end', (match) => builtin('end', [group], (_, which = 0) => match.span(which)[1])],
  [
    'span',
    (match) =>
      builtin('span', [group], ({ budget }, which = 0) => {
        chargeItems(budget, 2);
        return new Tuple([...match.span(which)]);
      }),
  ],
  [
    'expand',
    (match) =>
      builtin('expand', [required('template', string)], ({ budget }, template) =>
        expanded(budget, templateOf(match.compiled, template), match.text, match.spans),
      ),
  ],
  ['string', (match) => match.text],
  ['lastindex', (match) => lastIndex(match)],
]);

function lastIndex({ spans }: Match): number | null {
  const last = spans.findLastIndex(([start], at) => at > 0 && start >= 0);
  return last < 0 ? null : last;
}
