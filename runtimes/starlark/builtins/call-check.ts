/** Judges calls of a builtin by their text alone, with the words that the call itself would fail with. */
import { sampleOf } from '../values/index.js';
import type { CallCheck, CallFault, Glimpse, GlimpsedCall } from '../values/index.js';
import type { Kind, Parameter, Single } from './parameter.js';
import { SignatureFaults, isPositional, takesName } from './signature-fault.js';

/** The check of a builtin of this name with these parameters. */
export function callCheck(name: string, parameters: readonly Parameter[]): CallCheck {
  const takers = parameters.filter(isPositional);
  const needed = parameters.filter((parameter) => 'needed' in parameter && parameter.needed).length;
  return (call) => (fitsPlainly(takers, needed, call) ? NOTHING : new Judgement(name, parameters).of(call));
}

const NOTHING: readonly CallFault[] = [];

/** Sees at a glance that nothing is wrong with most calls: positional arguments, as many as are wanted. */
function fitsPlainly(takers: readonly Single[], needed: number, { args, names }: GlimpsedCall): boolean {
  if (names.length > 0 || args.length < needed || args.length > takers.length) return false;
  for (let i = 0; i < args.length; i++) {
    const sample = sampleOf(args[i]!);
    if (sample !== undefined && !takers[i]!.kind.accepts(sample)) return false;
  }
  return true;
}

class Judgement {
  private readonly found: CallFault[] = [];
  private readonly faults: SignatureFaults;
  private readonly given = new Set<Parameter>();

  constructor(
    name: string,
    private readonly parameters: readonly Parameter[],
  ) {
    this.faults = new SignatureFaults(name, parameters);
  }

  of({ args, names, more }: GlimpsedCall): readonly CallFault[] {
    const count = args.length - names.length;
    this.positional(args.slice(0, count));
    this.named(args.slice(count), names);
    if (!more) this.missing();
    return this.found;
  }

  private positional(args: readonly Glimpse[]): void {
    const takers = this.parameters.filter(isPositional);
    const rest = this.parameters.find(({ role }) => role === 'rest') as
      { name: string; kind: Kind } | undefined;
    const next = args[takers.length];
    if (rest === undefined && next !== undefined) {
      this.found.push({ error: this.faults.tooMany(args.length), argument: next });
    }
    args.forEach((argument, index) => {
      const taker = takers[index] ?? rest;
      if (taker !== undefined) this.value(taker, argument);
      if (index < takers.length) this.given.add(takers[index]!);
    });
  }

  private named(args: readonly Glimpse[], names: readonly string[]): void {
    const takers = this.parameters.filter(takesName);
    const isOpen = this.parameters.some(({ role }) => role === 'others');
    names.forEach((name, index) => {
      const argument = args[index]!;
      const taker = takers.find((parameter) => parameter.name === name);
      if (taker !== undefined) this.byName(taker, argument);
      else if (!isOpen) this.found.push({ error: this.faults.unexpected(name), argument });
    });
  }

  private byName(taker: Single, argument: Glimpse): void {
    if (this.given.has(taker)) this.found.push({ error: this.faults.multiple(taker.name), argument });
    this.given.add(taker);
    this.value(taker, argument);
  }

  private value({ name, kind }: { name: string; kind: Kind }, argument: Glimpse): void {
    const sample = sampleOf(argument);
    if (sample === undefined || kind.accepts(sample)) return;
    this.found.push({ error: this.faults.wrongType(name, kind, sample), argument });
  }

  private missing(): void {
    for (const parameter of this.parameters) {
      if (!('needed' in parameter) || !parameter.needed || this.given.has(parameter)) continue;
      this.found.push({ error: this.faults.missing(parameter.name) });
    }
  }
}
