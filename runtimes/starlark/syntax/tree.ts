/**
 * The syntax tree.
 *
 * Every node says where it stands by `at`, an offset in UTF-16 units into the source; lines and
 * columns are worked out when somebody asks (see `position.ts`). The parser makes the nodes; the
 * resolver fills in what is marked so, and nothing else of a node ever changes.
 */
import type { StarlarkError } from '../error.js';

/** A whole script. */
export interface Program {
  readonly source: string;
  readonly body: readonly Statement[];
  /** What `:=` assigns to outside of functions. */
  readonly assigned: readonly Identifier[];
  /** The names that `global` statements name, wherever they stand. */
  readonly globals: readonly string[];
  /** Whether a `return` stands outside of functions. */
  readonly returns: boolean;
  /** What can be read but may not stand so, in no order: the resolver tells it with its own findings. */
  readonly faults: readonly StarlarkError[];
}

// ── statements ──────────────────────────────────────────────────────────────────────────────────

export type Statement =
  | ExpressionStatement
  | AssignStatement
  | AugmentedAssignStatement
  | DefStatement
  | IfStatement
  | ForStatement
  | WhileStatement
  | ReturnStatement
  | BreakStatement
  | ContinueStatement
  | PassStatement
  | TryStatement
  | RaiseStatement
  | AssertStatement
  | DelStatement
  | ScopeStatement
  | ImportStatement
  | LoadStatement;

interface Node {
  readonly at: number;
}

export interface ExpressionStatement extends Node {
  readonly kind: 'expression';
  readonly expression: Expression;
}

/** `target = value`; `at` is the `=`. The target is a name, index, dot, or list/tuple of targets. */
export interface AssignStatement extends Node {
  readonly kind: 'assign';
  readonly target: Expression;
  /** The further targets of `target = more = … = value`, from left to right. */
  readonly more: readonly Expression[];
  readonly value: Expression;
}

/** `target op= value`; `at` is the operator. */
export interface AugmentedAssignStatement extends Node {
  readonly kind: 'augmented-assign';
  readonly operator: BinaryOperator;
  readonly target: Expression;
  readonly value: Expression;
}

export interface DefStatement extends Node {
  readonly kind: 'def';
  readonly name: Identifier;
  readonly function: FunctionNode;
}

/** `elif` is an `if` alone in `orElse`; chains of them are built without recursion. */
export interface IfStatement extends Node {
  readonly kind: 'if';
  readonly condition: Expression;
  readonly body: readonly Statement[];
  readonly orElse: readonly Statement[];
}

export interface ForStatement extends Node {
  readonly kind: 'for';
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
  /** Runs when the loop ends otherwise than by `break`. */
  readonly orElse: readonly Statement[];
}

export interface WhileStatement extends Node {
  readonly kind: 'while';
  readonly condition: Expression;
  readonly body: readonly Statement[];
  /** As in {@link ForStatement}. */
  readonly orElse: readonly Statement[];
}

export interface ReturnStatement extends Node {
  readonly kind: 'return';
  readonly value: Expression | null;
}

export interface BreakStatement extends Node {
  readonly kind: 'break';
}

export interface ContinueStatement extends Node {
  readonly kind: 'continue';
}

export interface PassStatement extends Node {
  readonly kind: 'pass';
}

/** `try`, with at least one handler or a `finally`. */
export interface TryStatement extends Node {
  readonly kind: 'try';
  readonly body: readonly Statement[];
  readonly handlers: readonly ErrorHandler[];
  readonly orElse: readonly Statement[];
  readonly finally: readonly Statement[];
}

/** `except classes as name`. */
export interface ErrorHandler extends Node {
  /** Null catches every error that can be caught; of `a.b.C` the last part. */
  readonly classes: readonly { readonly name: string; readonly at: number }[] | null;
  readonly name: Identifier | null;
  readonly body: readonly Statement[];
}

/** `raise error from cause`; without an error, the one that the handler around it has caught. */
export interface RaiseStatement extends Node {
  readonly kind: 'raise';
  readonly error: Expression | null;
  /** Its names are resolved; it is never evaluated. */
  readonly cause: Expression | null;
}

export interface AssertStatement extends Node {
  readonly kind: 'assert';
  readonly condition: Expression;
  readonly message: Expression | null;
}

/** `del x[i], y[low:high]`. */
export interface DelStatement extends Node {
  readonly kind: 'del';
  readonly targets: readonly (IndexExpression | SliceExpression)[];
}

/** `global x, y` or `nonlocal x, y`. */
export interface ScopeStatement extends Node {
  readonly kind: 'global' | 'nonlocal';
  readonly names: readonly Identifier[];
}

/** `import module as local`, or `from module import name as local`. */
export interface ImportStatement extends Node {
  readonly kind: 'import';
  readonly module: string;
  /** `name` is a member of the module, or null for the module itself. None where a module keeps its name. */
  readonly bindings: readonly { readonly local: Identifier; readonly name: string | null }[];
}

/** `load("module", "name", local = "name")`. */
export interface LoadStatement extends Node {
  readonly kind: 'load';
  readonly module: string;
  readonly bindings: readonly { readonly local: Identifier; readonly name: string }[];
}

// ── expressions ─────────────────────────────────────────────────────────────────────────────────

export type Expression =
  | Identifier
  | Literal
  | FormatString
  | ListExpression
  | TupleExpression
  | SetExpression
  | DictExpression
  | UnaryExpression
  | BinaryExpression
  | LogicalExpression
  | ConditionalExpression
  | IndexExpression
  | SliceExpression
  | DotExpression
  | CallExpression
  | LambdaExpression
  | Comprehension
  | ComparisonChain
  | AssignmentExpression
  | StarExpression;

export interface Identifier extends Node {
  readonly kind: 'identifier';
  readonly name: string;
  /** Set by the resolver. */
  binding: Binding | null;
}

/** A literal; its value is a script value already, but that a float is wrapped as `{ float }` and bytes as `{ bytes }`. */
export interface Literal extends Node {
  readonly kind: 'literal';
  readonly value: number | bigint | string | { readonly float: number } | { readonly bytes: Uint8Array };
}

/** `f"…{expression!conversion:spec}…"`. */
export interface FormatString extends Node {
  readonly kind: 'format-string';
  readonly parts: readonly FormatPart[];
}

/** Text as it stands, or a field; a spec has parts of its own. */
export type FormatPart =
  | string
  | {
      readonly expression: Expression;
      readonly conversion: 'r' | 's' | null;
      readonly spec: readonly FormatPart[] | null;
    };

export interface ListExpression extends Node {
  readonly kind: 'list';
  readonly elements: readonly Expression[];
}

export interface TupleExpression extends Node {
  readonly kind: 'tuple';
  readonly elements: readonly Expression[];
}

/** `{a, b}`: the opened dialect only. */
export interface SetExpression extends Node {
  readonly kind: 'set';
  readonly elements: readonly Expression[];
}

export interface DictExpression extends Node {
  readonly kind: 'dict';
  readonly entries: readonly DictEntry[];
}

/** `key: value`, where `at` is the colon; without a key `**value`, where it is the stars. */
export interface DictEntry extends Node {
  readonly key: Expression | null;
  readonly value: Expression;
}

export interface UnaryExpression extends Node {
  readonly kind: 'unary';
  readonly operator: '-' | '+' | '~' | 'not';
  readonly operand: Expression;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '&' | '|' | '^' | '<<' | '>>';
export type ComparisonOperator = '==' | '!=' | '<' | '>' | '<=' | '>=' | 'in' | 'not in' | 'is' | 'is not';
export type BinaryOperator = ArithmeticOperator | ComparisonOperator;

/** `at` is the operator. Left-deep chains are as deep as they are long: walk them with a loop. */
export interface BinaryExpression extends Node {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface LogicalExpression extends Node {
  readonly kind: 'logical';
  readonly operator: 'and' | 'or';
  readonly left: Expression;
  readonly right: Expression;
}

/** `first < second <= third …`: each operand is evaluated once, and those after a comparison that fails not at all. */
export interface ComparisonChain extends Node {
  readonly kind: 'comparison-chain';
  readonly first: Expression;
  /** Two or more; `at` is the operator. */
  readonly links: readonly ComparisonLink[];
}

export interface ComparisonLink extends Node {
  readonly operator: ComparisonOperator;
  readonly operand: Expression;
}

/** `target := value`; `at` is the operator. The target is a variable of the function around it. */
export interface AssignmentExpression extends Node {
  readonly kind: 'assignment';
  readonly target: Identifier;
  readonly value: Expression;
}

/** `*value` among the elements of a display, the arguments of a call, or the targets of an assignment. */
export interface StarExpression extends Node {
  readonly kind: 'star';
  readonly value: Expression;
}

/** `whenTrue if condition else whenFalse`. */
export interface ConditionalExpression extends Node {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

/** `object[index]`; `at` is the bracket. */
export interface IndexExpression extends Node {
  readonly kind: 'index';
  readonly object: Expression;
  readonly index: Expression;
}

/** `object[low:high:step]`; `at` is the bracket. */
export interface SliceExpression extends Node {
  readonly kind: 'slice';
  readonly object: Expression;
  readonly low: Expression | null;
  readonly high: Expression | null;
  readonly step: Expression | null;
}

/** `object.name`; `at` is the dot. */
export interface DotExpression extends Node {
  readonly kind: 'dot';
  readonly object: Expression;
  readonly name: string;
}

/** `callee(arguments)`; `at` is the parenthesis. Arguments are evaluated in the order of the text. */
export interface CallExpression extends Node {
  readonly kind: 'call';
  readonly callee: Expression;
  /** Those by position, each `*args` as a {@link StarExpression}. */
  readonly positional: readonly Expression[];
  readonly named: readonly NamedArgument[];
}

/** `name = value`; without a name `**value`. */
export interface NamedArgument extends Node {
  readonly name: string | null;
  readonly value: Expression;
}

export interface LambdaExpression extends Node {
  readonly kind: 'lambda';
  readonly function: FunctionNode;
}

/** `[body for … if …]`, `{key: body for …}`, `{body for …}`. A generator expression is a list. */
export interface Comprehension extends Node {
  readonly kind: 'comprehension';
  /** Whether it was written without brackets of its own. */
  readonly generator: boolean;
  readonly makes: 'list' | 'dict' | 'set';
  /** The key, for a dict. */
  readonly key: Expression | null;
  readonly body: Expression;
  readonly clauses: readonly ComprehensionClause[];
}

export type ComprehensionClause =
  | { readonly kind: 'for'; readonly at: number; readonly target: Expression; readonly iterable: Expression }
  | { readonly kind: 'if'; readonly at: number; readonly condition: Expression };

// ── functions and bindings ──────────────────────────────────────────────────────────────────────

export interface Parameter extends Node {
  readonly name: Identifier;
  readonly defaultValue: Expression | null;
}

/** What `def`, `lambda` and the script itself have in common. */
export interface FunctionNode extends Node {
  /** `lambda` for a lambda, `<toplevel>` for the script. */
  readonly name: string;
  /** Positional parameters, in order. */
  readonly parameters: readonly Parameter[];
  /** How many of them stand before a `/`: by position only. */
  readonly positionalOnly: number;
  /** Parameters after `*` or `*args`: by name only. */
  readonly keywordOnly: readonly Parameter[];
  /** The name of `*args`. */
  readonly star: Identifier | null;
  /** The name of `**kwargs`. */
  readonly starStar: Identifier | null;
  /** A lambda's body is one `return`. */
  readonly body: readonly Statement[];
  /** What `:=` assigns to within the body. */
  readonly assigned: readonly Identifier[];
  /** Set by the resolver. */
  scope: FunctionScope | null;
}

/** The variables of one function (or of the script): a frame has one slot for each. */
export interface FunctionScope {
  /** Variables of outer functions that it or a function in it reads, with how many functions out they are. */
  readonly free: Map<Variable, number>;
  /** In slot order: parameters, keyword-only, `*args`, `**kwargs`, then the others as they are met. Comprehension variables too. */
  readonly variables: Variable[];
}

/** One variable. All identifiers that mean it share it. */
export interface Variable {
  readonly name: string;
  /** Its place in its function's frame. */
  readonly slot: number;
  /** Whether an inner function reads it. */
  captured: boolean;
  /** How many places bind it; a parameter counts as one. */
  bindings: number;
  /** The function that it is bound to, where that is its only binding: a call can be made directly. */
  definition: FunctionNode | null;
  /** The value that it is bound to, where that is its only binding and a plain assignment. */
  value: Expression | null;
  /**
   * What the slot holds before the first assignment: for a variable of the script that is named like a
   * predeclared or universal name, that name's value; null is nothing.
   */
  readonly initial: 'predeclared' | 'universal' | null;
}

/**
 * What an identifier means. `local`: the frame's own slot. `free`: the slot in the frame of the
 * function `depth` levels out. `global`: the script's own frame, seen from within a function; at top
 * level the script's variables are `local`. `predeclared`: given by the host for this run.
 * `universal`: of the language.
 */
export type Binding =
  | { readonly kind: 'local'; readonly variable: Variable }
  | { readonly kind: 'free'; readonly depth: number; readonly variable: Variable }
  | { readonly kind: 'global'; readonly variable: Variable }
  | { readonly kind: 'predeclared'; readonly name: string }
  | { readonly kind: 'universal'; readonly name: string };

/** A program after resolving. */
export interface ResolvedProgram {
  readonly program: Program;
  /** The script as a function without parameters, named `<toplevel>`. */
  readonly main: FunctionNode;
}
