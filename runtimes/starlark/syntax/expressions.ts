/**
 * Expressions, from the loosest to the tightest: test, operand (binary operators by precedence), prefix,
 * primary with its suffixes.
 */
import { DisplayReader } from './displays.js';
import { FORM_HABITS } from './habits.js';
import { joinedStrings } from './joined-strings.js';
import { syntaxError } from './syntax-error.js';
import type { StarlarkError } from '../error.js';
import type { Token } from './token.js';
import type {
  BinaryOperator,
  ComparisonLink,
  ComparisonOperator,
  Expression,
  FunctionNode,
  Identifier,
  IndexExpression,
  LambdaExpression,
  Literal,
  LogicalExpression,
  SliceExpression,
  Statement,
  UnaryExpression,
} from './tree.js';

/** Binary operators from the loosest to the tightest row. All group to the left, but comparisons do not group. */
const OPERATORS: readonly (readonly (BinaryOperator | LogicalExpression['operator'])[])[] = [
  ['or'],
  ['and'],
  ['==', '!=', '<', '>', '<=', '>=', 'in', 'not in'],
  ['|'],
  ['^'],
  ['&'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '//', '%'],
];

const LOOSEST = 0;
const COMPARISON = 2;

interface Infix {
  readonly operator: BinaryOperator | LogicalExpression['operator'];
  readonly level: number;
}

/** By the token that begins the operator. */
const INFIXES: ReadonlyMap<Token, Infix> = new Map(
  OPERATORS.flatMap((row, level) =>
    row.map((operator): [Token, Infix] => [
      operator === 'not in' ? 'not' : (operator as Token),
      { operator, level },
    ]),
  ),
);

/** With those of Python; `is not` is told from `is` when it is read. */
const PYTHON_INFIXES: ReadonlyMap<Token, Infix> = new Map([
  ...INFIXES,
  ['is', { operator: 'is', level: COMPARISON }],
]);

const STATEMENT_WORDS: ReadonlySet<Token> = new Set<Token>([
  ...(['return', 'pass', 'for', 'while', 'if', 'def', 'break', 'continue'] as const),
  ...(['raise', 'try', 'del', 'with', 'import', 'global', 'nonlocal'] as const),
]);

/** What may follow a comma too many. */
const LIST_ENDS: ReadonlySet<Token> = new Set<Token>(['newline', 'end', '=', ';', ')', ']', '}']);

/** Reads expressions. */
export class ExpressionReader extends DisplayReader {
  private readonly infixes = this.dialect.pythonExpressions ? PYTHON_INFIXES : INFIXES;

  /** `Test {',' Test}`: a tuple without parentheses, where one may be */
  protected expression(): Expression {
    const at = this.start;
    const first = this.element();
    if (!this.is(',')) {
      if (first.kind === 'star') throw this.starAlone(first);
      return first;
    }
    const elements = [first];
    while (this.is(',')) {
      const comma = this.take(',', 'tuple');
      if (LIST_ENDS.has(this.token)) {
        if (this.mayEndInComma(elements)) break;
        throw syntaxError(comma, 'tuple: got a comma at its end, want parentheses around it', 'write (x,)');
      }
      elements.push(this.element());
    }
    return { kind: 'tuple', at, elements };
  }

  /** `x, = y` and `*x,` mean what they say; any other comma at the end is one too many. */
  private mayEndInComma([first, second]: readonly Expression[]): boolean {
    return (
      this.dialect.pythonExpressions && (this.is('=') || (first?.kind === 'star' && second === undefined))
    );
  }

  /** `Lambda | Operand ['if' Operand 'else' Test]` */
  protected override test(): Expression {
    this.enter();
    let test = this.is('lambda') ? this.lambda(true) : this.conditional();
    if (this.is(':') && test.kind === 'identifier' && this.atAssignment()) test = this.assigning(test);
    this.leave();
    return test;
  }

  /** Whether the colon begins `:=`; in the field of an f-string it begins the format. */
  private atAssignment(): boolean {
    return (
      this.dialect.pythonExpressions &&
      this.source.startsWith(':=', this.start) &&
      this.brackets !== this.fieldBrackets
    );
  }

  /** `identifier ':=' Test` */
  private assigning(target: Identifier): Expression {
    const at = this.start;
    this.at = at + ':='.length;
    this.next();
    this.assigned.push(target);
    return { kind: 'assignment', at, target, value: this.test() };
  }

  /** What `:=` assigns to in the function that is being read. */
  protected assigned: Identifier[] = [];

  private conditional(): Expression {
    const whenTrue = this.operand();
    if (!this.is('if')) return whenTrue;
    const at = this.take('if', 'conditional');
    const condition = this.operand();
    if (this.is('for')) throw this.habit(FORM_HABITS.filterFirst);
    if (!this.takeIf('else')) throw this.unexpected('conditional expression', "'else'");
    return { kind: 'conditional', at, condition, whenTrue, whenFalse: this.test() };
  }

  protected override condition(): Expression {
    this.enter();
    const condition = this.is('lambda') ? this.lambda(false) : this.operand();
    this.leave();
    return condition;
  }

  /** `'lambda' [Parameters] ':' Test`; in the condition of a comprehension its body is a condition too */
  private lambda(conditionals: boolean): LambdaExpression {
    const at = this.take('lambda', 'lambda');
    const parameters = this.parameters(':', 'lambda');
    this.take(':', 'lambda');
    if (STATEMENT_WORDS.has(this.token)) throw this.habit(FORM_HABITS.lambdaStatement);
    const returned = this.start;
    const outer = this.assigned;
    const assigned = (this.assigned = []);
    const value = conditionals ? this.test() : this.condition();
    this.assigned = outer;
    const body: Statement[] = [{ kind: 'return', at: returned, value }];
    const { keywordOnly, star, starStar } = parameters;
    const node: FunctionNode = {
      at,
      name: 'lambda',
      parameters: parameters.parameters,
      positionalOnly: parameters.positionalOnly,
      keywordOnly,
      star,
      starStar,
      body,
      assigned,
      scope: null,
    };
    return { kind: 'lambda', at, function: node };
  }

  // ── operators ─────────────────────────────────────────────────────────────────────────────────

  protected override operand(): Expression {
    return this.binary(LOOSEST);
  }

  /** Operators of this row and of those below it. Chains to the left are made by the loop. */
  private binary(loosest: number): Expression {
    let left = loosest <= COMPARISON && this.is('not') ? this.not() : this.prefix();
    for (;;) {
      const infix = this.infixes.get(this.token);
      if (infix === undefined || infix.level < loosest) return left;
      left = infix.level === COMPARISON ? this.comparison(left) : this.infix(left, infix);
    }
  }

  private infix(left: Expression, { operator, level }: Infix): Expression {
    const at = this.start;
    this.next();
    this.enter();
    const right = this.binary(level + 1);
    this.leave();
    return operator === 'and' || operator === 'or'
      ? { kind: 'logical', at, operator, left, right }
      : { kind: 'binary', at, operator, left, right };
  }

  /** One comparison, or a chain of them. */
  private comparison(left: Expression): Expression {
    const first = this.comparisonLink();
    const { at, operator, operand: right } = first;
    if (!this.atComparison()) return { kind: 'binary', at, operator, left, right };
    if (!this.dialect.pythonExpressions) throw this.chained(operator, this.infixes.get(this.token)!.operator);
    const links = [first];
    while (this.atComparison()) links.push(this.comparisonLink());
    return { kind: 'comparison-chain', at, first: left, links };
  }

  private atComparison(): boolean {
    return this.infixes.get(this.token)?.level === COMPARISON;
  }

  private comparisonLink(): ComparisonLink {
    const at = this.start;
    let operator = this.infixes.get(this.token)!.operator as ComparisonOperator;
    this.next();
    if (operator === 'not in') this.take('in', 'operator');
    if (operator === 'is' && this.takeIf('not')) operator = 'is not';
    this.enter();
    const operand = this.binary(COMPARISON + 1);
    this.leave();
    return { at, operator, operand };
  }

  private chained(first: string, second: string): StarlarkError {
    return syntaxError(
      this.start,
      `comparison: got ${second} after ${first}, want one comparison at a time`,
      `write a ${first} b and b ${second} c`,
    );
  }

  /** `'not' Test`, looser than a comparison */
  private not(): UnaryExpression {
    const at = this.take('not', 'operator');
    this.enter();
    const operand = this.binary(COMPARISON);
    this.leave();
    return { kind: 'unary', at, operator: 'not', operand };
  }

  /** `('-' | '+' | '~') Prefix | Power` */
  private prefix(): Expression {
    const { token: operator, start: at } = this;
    if (operator !== '-' && operator !== '+' && operator !== '~') return this.power();
    this.next();
    this.enter();
    const operand = this.prefix();
    this.leave();
    return { kind: 'unary', at, operator, operand };
  }

  /** `Primary ['**' Prefix]` */
  private power(): Expression {
    const left = this.primary();
    if (!this.is('**') || !this.dialect.pythonExpressions) return left;
    const at = this.take('**', 'operator');
    this.enter();
    const right = this.prefix();
    this.leave();
    return { kind: 'binary', at, operator: '**', left, right };
  }

  // ── primaries ─────────────────────────────────────────────────────────────────────────────────

  /** `{'await'} Atom {'.' identifier | '(' … ')' | '[' … ']'}`. Chains of suffixes are made by the loop. */
  protected override primary(): Expression {
    while (this.is('await') && this.dialect.pythonStatements) this.next();
    let expression = this.atom();
    for (;;) {
      if (this.is('.')) expression = this.dot(expression);
      else if (this.is('(')) expression = this.call(expression);
      else if (this.is('[')) expression = this.subscript(expression);
      else return expression;
    }
  }

  private atom(): Expression {
    switch (this.token) {
      case 'name':
        return this.identifier('expression');
      case 'number':
        return this.literal();
      case 'string':
      case 'format':
        return this.strings();
      case '(':
        return this.parenthesis();
      case '[':
        return this.list();
      case '{':
        return this.braces();
      default:
        return this.ellipsis();
    }
  }

  private literal(): Literal {
    const { start: at, value } = this;
    this.next();
    return { kind: 'literal', at, value };
  }

  /** A string; several side by side are one. */
  private strings(): Expression {
    const first = this.is('format') ? this.formatString() : this.literal();
    if (!this.atString()) return first;
    if (!this.dialect.pythonExpressions) throw this.habit(FORM_HABITS.twoStrings);
    const strings = [first];
    while (this.atString()) strings.push(this.is('format') ? this.formatString() : this.literal());
    return joinedStrings(strings);
  }

  private atString(): boolean {
    return this.is('string') || this.is('format');
  }

  /** `...`, which means nothing, but may stand in an annotation. */
  private ellipsis(): Expression {
    const at = this.start;
    if (!this.inAnnotation || !this.takeEllipsis()) throw this.unexpected('expression', 'a value', true);
    return { kind: 'tuple', at, elements: [] };
  }

  /** Steps over `...`, if it stands here. */
  protected takeEllipsis(): boolean {
    if (!this.source.startsWith('...', this.start)) return false;
    this.at = this.start + '...'.length;
    this.next();
    return true;
  }

  /** `'.' identifier` */
  private dot(object: Expression): Expression {
    const at = this.take('.', 'field');
    const { name } = this.identifier('field');
    return { kind: 'dot', at, object, name };
  }

  /** `'[' Expression ']'` or `'[' [Expression] ':' [Test] [':' [Test]] ']'` */
  private subscript(object: Expression): IndexExpression | SliceExpression {
    const at = this.take('[', 'index');
    const low = this.is(':') ? null : this.expression();
    if (low !== null && this.takeIf(']')) return { kind: 'index', at, object, index: low };
    if (!this.takeIf(':')) throw this.notClosed('index', "':' or ']'", at);
    const high = this.bound();
    const step = this.takeIf(':') ? this.bound() : null;
    if (!this.takeIf(']')) throw this.notClosed('slice', "':' or ']'", at);
    return { kind: 'slice', at, object, low, high, step };
  }

  private bound(): Expression | null {
    return this.is(':') || this.is(']') ? null : this.test();
  }
}
