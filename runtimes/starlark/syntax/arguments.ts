/** Arguments of calls and parameters of functions. */
import { FORM_HABITS } from './habits.js';
import { FormatStringReader } from './format-string.js';
import { syntaxError } from './syntax-error.js';
import type {
  CallExpression,
  Comprehension,
  Expression,
  FunctionNode,
  Identifier,
  NamedArgument,
  Parameter,
} from './tree.js';

interface Arguments {
  readonly positional: Expression[];
  readonly named: NamedArgument[];
  /** Where the last `*args` stands; -1 for none. */
  starAt: number;
  /** Where the last `**kwargs` stands; -1 for none. */
  starStarAt: number;
}

interface Parameters {
  readonly parameters: Parameter[];
  positionalOnly: number;
  readonly keywordOnly: Parameter[];
  star: Identifier | null;
  starStar: Identifier | null;
  /** Where a `*` alone stands; -1 for none. */
  bareStar: number;
}

/** Reads what stands in the parentheses of a call, of `def`, and between `lambda` and its colon. */
export abstract class ArgumentReader extends FormatStringReader {
  /** The clauses of a generator expression, whose body is read. */
  protected abstract generator(at: number, body: Expression): Comprehension;

  // ── calls ─────────────────────────────────────────────────────────────────────────────────────

  /** `'(' [Argument {',' Argument} [',']] ')'` */
  protected call(callee: Expression): CallExpression {
    const args: Arguments = { positional: [], named: [], starAt: -1, starStarAt: -1 };
    const at = this.take('(', 'call');
    while (!this.is(')')) {
      this.argument(args);
      if (!this.takeIf(',') && !this.is(')')) throw this.notClosed('call', "',' or ')'", at);
    }
    this.next();
    this.checkNames(args.named);
    const { positional, named } = args;
    return { kind: 'call', at, callee, positional, named };
  }

  /** `Test | identifier '=' Test | '*' Test | '**' Test` */
  private argument(args: Arguments): void {
    if (this.is('*')) this.starArgument(args);
    else if (this.is('**')) this.starStarArgument(args);
    else this.plainArgument(args);
  }

  private starArgument(args: Arguments): void {
    const at = this.take('*', 'call');
    if (args.starStarAt >= 0) this.fault(at, 'call: got *args after **kwargs, want it before');
    if (args.starAt >= 0 && !this.dialect.pythonExpressions)
      this.fault(at, 'call: got a second *args, want one', 'join the lists with +');
    args.starAt = at;
    args.positional.push({ kind: 'star', at, value: this.test() });
  }

  private starStarArgument(args: Arguments): void {
    const at = this.take('**', 'call');
    if (args.starStarAt >= 0 && !this.dialect.pythonExpressions)
      this.fault(at, 'call: got a second **kwargs, want one', 'join the dicts with |');
    args.starStarAt = at;
    args.named.push({ name: null, value: this.test(), at });
  }

  private plainArgument(args: Arguments): void {
    const at = this.start;
    const value = this.test();
    if (this.is('=')) {
      this.namedArgument(args, value);
      return;
    }
    const after =
      args.starStarAt >= 0
        ? '**kwargs'
        : (this.precedent(args) ?? (args.named.length > 0 ? 'a named one' : null));
    if (after !== null) this.fault(at, `call: got a positional argument after ${after}, want it before`);
    args.positional.push(this.is('for') ? this.soleGenerator(args, at, value) : value);
  }

  private namedArgument(args: Arguments, name: Expression): void {
    if (name.kind !== 'identifier') {
      throw syntaxError(name.at, 'call: got an expression before =, want the name of a parameter');
    }
    const after = this.precedent(args);
    if (after !== null) this.fault(name.at, `call: got a named argument after ${after}, want it before`);
    this.next();
    args.named.push({ name: name.name, value: this.test(), at: name.at });
  }

  private soleGenerator(args: Arguments, at: number, body: Expression): Comprehension {
    const generator = this.generator(at, body);
    if (args.positional.length > 0 || !this.is(')')) {
      throw syntaxError(at, 'call: got a generator among other arguments', 'put it in brackets: [… for …]');
    }
    return generator;
  }

  private checkNames(named: readonly NamedArgument[]): void {
    if (named.length < 2) return;
    const seen = new Set<string>();
    for (const { name, at } of named) {
      if (name === null) continue;
      if (seen.has(name)) this.fault(at, `call: got argument ${name} twice, want it once`);
      seen.add(name);
    }
  }

  /** What of a call so far only `**kwargs` may follow; in Python more may. */
  private precedent({ starAt, starStarAt }: Arguments): string | null {
    if (this.dialect.pythonExpressions) return null;
    if (starStarAt >= 0) return '**kwargs';
    return starAt < 0 ? null : '*args';
  }

  // ── functions ─────────────────────────────────────────────────────────────────────────────────

  /** `[Parameter {',' Parameter} [',']]`, up to the token that closes them. */
  protected parameters(
    close: ')' | ':',
    part: string,
  ): Pick<FunctionNode, 'parameters' | 'positionalOnly' | 'keywordOnly' | 'star' | 'starStar'> {
    const all: Parameters = {
      parameters: [],
      positionalOnly: 0,
      keywordOnly: [],
      star: null,
      starStar: null,
      bareStar: -1,
    };
    while (!this.is(close)) {
      this.parameter(all, close === ')', part);
      if (!this.takeIf(',') && !this.is(close)) throw this.unexpected(part, `',' or '${close}'`);
    }
    if (all.bareStar >= 0 && all.keywordOnly.length === 0) {
      this.fault(all.bareStar, `${part}: got * alone, want a parameter after it`);
    }
    return {
      parameters: all.parameters,
      positionalOnly: all.positionalOnly,
      keywordOnly: all.keywordOnly,
      star: all.star,
      starStar: all.starStar,
    };
  }

  /** `identifier ['=' Test] | '*' [identifier] | '**' identifier`, each with an annotation where one may be. */
  private parameter(all: Parameters, annotated: boolean, part: string): void {
    const at = this.start;
    if (this.is('/')) {
      this.slash(all, part);
      return;
    }
    if (this.takeIf('*')) this.starParameter(all, at, part);
    else if (this.takeIf('**')) this.starStarParameter(all, at, part);
    else this.plainParameter(all, annotated, part);
    if (annotated) this.annotation(':');
  }

  /** `/`: the parameters before it go by position only. */
  private slash(all: Parameters, part: string): void {
    if (!this.dialect.pythonStatements) throw this.habit(FORM_HABITS.positionalOnly);
    const { parameters, positionalOnly, star, starStar, bareStar } = all;
    if (parameters.length === 0 || positionalOnly > 0 || star !== null || starStar !== null || bareStar >= 0)
      throw syntaxError(this.start, `${part}: got / here, want it once, behind the first parameters`);
    all.positionalOnly = parameters.length;
    this.next();
  }

  private starParameter(all: Parameters, at: number, part: string): void {
    if (all.starStar !== null)
      this.fault(at, `${part}: got a * parameter after **${all.starStar.name}, want it before`);
    const second = all.star !== null || all.bareStar >= 0;
    if (second) this.fault(at, `${part}: got a second * parameter, want one`);
    if (this.is('name')) all.star = this.identifier(part);
    else if (!second) all.bareStar = at;
  }

  private starStarParameter(all: Parameters, at: number, part: string): void {
    if (all.starStar !== null) this.fault(at, `${part}: got a second ** parameter, want one`);
    all.starStar = this.identifier(part);
  }

  private plainParameter(all: Parameters, annotated: boolean, part: string): void {
    const name = this.identifier(part);
    if (annotated) this.annotation(':');
    const defaultValue = this.takeIf('=') ? this.test() : null;
    this.checkOrder(all, name, defaultValue, part);
    const named = all.star !== null || all.bareStar >= 0;
    (named ? all.keywordOnly : all.parameters).push({ at: name.at, name, defaultValue });
  }

  private checkOrder(
    all: Parameters,
    { at, name }: Identifier,
    defaultValue: Expression | null,
    part: string,
  ): void {
    if (all.starStar !== null) {
      this.fault(at, `${part}: got parameter ${name} after **${all.starStar.name}, want it before`);
    }
    const optional = all.star === null && all.bareStar < 0 && all.parameters.at(-1)?.defaultValue;
    if (defaultValue === null && optional) {
      this.fault(
        at,
        `${part}: got parameter ${name} without a default after one that has it, want it before`,
      );
    }
  }

  /** An annotation behind this token, if there is one: read, and ignored. */
  protected annotation(token: ':' | '->'): void {
    if (!this.is(token)) return;
    if (!this.dialect.annotations) throw this.notInDialect('there are no annotations', 'leave it out');
    this.next();
    this.inAnnotation = true;
    this.test();
    this.inAnnotation = false;
  }

  /** Whether an annotation is being read: `...` may stand in it. */
  protected inAnnotation = false;
}
