/** Trees as short text, for tests to compare: operators first, everything in parentheses. */
import type {
  Binding,
  ComprehensionClause,
  ErrorHandler,
  Expression,
  FormatPart,
  FunctionNode,
  Identifier,
  Literal,
  Parameter,
  Statement,
} from '../../../../runtimes/starlark/syntax/tree.js';

/** How identifiers are shown; by name alone unless said. */
type Show = (identifier: Identifier) => string;

const byName: Show = ({ name }) => name;

/** Each identifier with what the resolver made of it: `x@0` local slot 0, `x^1@0` free, `x$0` global, `x!` outside. */
export const byBinding: Show = ({ name, binding }) => name + bindingText(binding);

function bindingText(binding: Binding | null): string {
  switch (binding?.kind) {
    case undefined:
      return '?';
    case 'local':
      return `@${binding.variable.slot}`;
    case 'free':
      return `^${binding.depth}@${binding.variable.slot}`;
    case 'global':
      return `$${binding.variable.slot}`;
    case 'predeclared':
      return '!';
    case 'universal':
      return '!!';
  }
}

/** Statements, one after another. */
export function treeText(statements: readonly Statement[], show: Show = byName): string {
  return new TreeText(show).block(statements);
}

class TreeText {
  constructor(private readonly show: Show) {}

  block(statements: readonly Statement[]): string {
    return statements.map((statement) => this.statement(statement)).join(' ');
  }

  private statement(statement: Statement): string {
    switch (statement.kind) {
      case 'expression':
        return this.expression(statement.expression);
      case 'assign':
        return `(= ${[statement.target, ...statement.more, statement.value].map((each) => this.expression(each)).join(' ')})`;
      case 'augmented-assign':
        return `(${statement.operator}= ${this.expression(statement.target)} ${this.expression(statement.value)})`;
      case 'def':
        return `(def ${this.show(statement.name)} ${this.function(statement.function)})`;
      case 'if': {
        return `(if ${this.expression(statement.condition)} ${this.block(statement.body)}${this.clauseOf('else', statement.orElse)})`;
      }
      case 'for':
        return `(for ${this.expression(statement.target)} in ${this.expression(statement.iterable)} ${this.block(statement.body)}${this.clauseOf('else', statement.orElse)})`;
      case 'while':
        return `(while ${this.expression(statement.condition)} ${this.block(statement.body)}${this.clauseOf('else', statement.orElse)})`;
      case 'try': {
        const handlers = statement.handlers.map((handler) => this.handler(handler)).join('');
        return `(try ${this.block(statement.body)}${handlers}${this.clauseOf('else', statement.orElse)}${this.clauseOf('finally', statement.finally)})`;
      }
      case 'raise':
        return `(${['raise', ...this.optional(statement.error), ...this.optional(statement.cause)].join(' ')})`;
      case 'assert':
        return `(${['assert', this.expression(statement.condition), ...this.optional(statement.message)].join(' ')})`;
      case 'del':
        return `(${['del', ...statement.targets.map((target) => this.expression(target))].join(' ')})`;
      case 'global':
      case 'nonlocal':
        return `(${[statement.kind, ...statement.names.map(({ name }) => name)].join(' ')})`;
      case 'import': {
        const names = statement.bindings.map(({ local, name }) => `${this.show(local)}=${name ?? '*'}`);
        return `(${['import', statement.module, ...names].join(' ')})`;
      }
      case 'return':
        return statement.value === null ? '(return)' : `(return ${this.expression(statement.value)})`;
      case 'load': {
        const names = statement.bindings.map(
          ({ local, name }) => `${this.show(local)}=${JSON.stringify(name)}`,
        );
        return `(load ${[JSON.stringify(statement.module), ...names].join(' ')})`;
      }
      default:
        return `(${statement.kind})`;
    }
  }

  private handler({ classes, name, body }: ErrorHandler): string {
    const taken = classes === null ? '' : ` [${classes.map((each) => each.name).join(' ')}]`;
    return ` (except${taken}${name === null ? '' : ` ${this.show(name)}`} ${this.block(body)})`;
  }

  private clauseOf(word: string, statements: readonly Statement[]): string {
    return statements.length > 0 ? ` ${word} ${this.block(statements)}` : '';
  }

  private optional(expression: Expression | null): string[] {
    return expression === null ? [] : [this.expression(expression)];
  }

  private function(node: FunctionNode): string {
    const parameters = [
      ...node.parameters.slice(0, node.positionalOnly).map((parameter) => this.parameter(parameter)),
      ...(node.positionalOnly > 0 ? ['/'] : []),
      ...node.parameters.slice(node.positionalOnly).map((parameter) => this.parameter(parameter)),
      ...(node.star !== null ? [`*${this.show(node.star)}`] : node.keywordOnly.length > 0 ? ['*'] : []),
      ...node.keywordOnly.map((parameter) => this.parameter(parameter)),
      ...(node.starStar !== null ? [`**${this.show(node.starStar)}`] : []),
    ];
    return `(${parameters.join(' ')}) ${this.block(node.body)}`;
  }

  private parameter({ name, defaultValue }: Parameter): string {
    return this.show(name) + (defaultValue === null ? '' : `=${this.expression(defaultValue)}`);
  }

  private expression(expression: Expression): string {
    switch (expression.kind) {
      case 'identifier':
        return this.show(expression);
      case 'literal':
        return literalText(expression.value);
      case 'format-string':
        return `(f ${this.parts(expression.parts)})`;
      case 'list':
      case 'tuple':
      case 'set':
        return `(${[expression.kind, ...expression.elements.map((each) => this.expression(each))].join(' ')})`;
      case 'dict':
        return `(${['dict', ...expression.entries.map(({ key, value }) => `${key === null ? '**' : `${this.expression(key)}:`}${this.expression(value)}`)].join(' ')})`;
      case 'unary':
        return `(${expression.operator} ${this.expression(expression.operand)})`;
      case 'binary':
      case 'logical':
        return `(${expression.operator} ${this.expression(expression.left)} ${this.expression(expression.right)})`;
      case 'conditional':
        return `(? ${this.expression(expression.condition)} ${this.expression(expression.whenTrue)} ${this.expression(expression.whenFalse)})`;
      case 'index':
        return `([] ${this.expression(expression.object)} ${this.expression(expression.index)})`;
      case 'slice': {
        const bounds = [expression.low, expression.high, expression.step];
        return `([:] ${this.expression(expression.object)} ${bounds.map((bound) => (bound === null ? '_' : this.expression(bound))).join(' ')})`;
      }
      case 'dot':
        return `(. ${this.expression(expression.object)} ${expression.name})`;
      case 'call':
        return `(${[
          'call',
          this.expression(expression.callee),
          ...expression.positional.map((each) => this.expression(each)),
          ...expression.named.map(
            ({ name, value }) => `${name === null ? '**' : `${name}=`}${this.expression(value)}`,
          ),
        ].join(' ')})`;
      case 'comparison-chain': {
        const links = expression.links.map(
          ({ operator, operand }) => `${operator} ${this.expression(operand)}`,
        );
        return `(chain ${this.expression(expression.first)} ${links.join(' ')})`;
      }
      case 'assignment':
        return `(:= ${this.show(expression.target)} ${this.expression(expression.value)})`;
      case 'star':
        return `*${this.expression(expression.value)}`;
      case 'lambda':
        return `(lambda ${this.function(expression.function)})`;
      case 'comprehension': {
        const key = expression.key === null ? '' : `${this.expression(expression.key)}:`;
        const clauses = expression.clauses.map((clause) => this.clause(clause)).join(' ');
        return `(${expression.makes}-of ${key}${this.expression(expression.body)} ${clauses})`;
      }
    }
  }

  private clause(clause: ComprehensionClause): string {
    return clause.kind === 'if'
      ? `(if ${this.expression(clause.condition)})`
      : `(for ${this.expression(clause.target)} in ${this.expression(clause.iterable)})`;
  }

  private parts(parts: readonly FormatPart[]): string {
    return parts.map((part) => this.part(part)).join(' ');
  }

  private part(part: FormatPart): string {
    if (typeof part === 'string') return JSON.stringify(part);
    const conversion = part.conversion === null ? '' : `!${part.conversion}`;
    const spec = part.spec === null ? '' : `:${this.parts(part.spec)}`;
    return `{${this.expression(part.expression)}${conversion}${spec}}`;
  }
}

function literalText(value: Literal['value']): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number') return String(value);
  return 'float' in value ? `${value.float}f` : `b[${[...value.bytes].join(' ')}]`;
}
