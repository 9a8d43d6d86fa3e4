/** Dialects: which forms of the language are understood, and which are refused with a hint. */

/** Which forms are understood. */
export interface Dialect {
  /** The specification alone: every switch below is off. */
  readonly topLevelControl: boolean;
  readonly topLevelReturn: boolean;
  readonly reassignGlobals: boolean;
  readonly whileLoops: boolean;
  readonly recursion: boolean;
  readonly sets: boolean;
  readonly formatStrings: boolean;
  readonly annotations: boolean;
  /** Generator expressions, read as lists. */
  readonly generators: boolean;
  /** Functions and methods that the specification does not have. */
  readonly openUniverse: boolean;
  /** `a < b < c`, `**`, `is`, `:=`, stars in displays, calls and targets, strings side by side. */
  readonly pythonExpressions: boolean;
  /** Calls and attributes that cannot succeed are refused before anything runs. */
  readonly preflight: boolean;
  /** `try`, `raise`, `assert`. */
  readonly exceptions: boolean;
  /** `del`, `global`, `nonlocal`, `else` after a loop, `a = b = c`, `...`, `/`, decorators, `async`, `await`. */
  readonly pythonStatements: boolean;
  /** `import` and `from`, of modules that are there. */
  readonly imports: boolean;
  /** A script without `return` that ends in an expression gives its value. */
  readonly lastExpression: boolean;
  /** Loops run over strings, too: over their units, as an index counts them. */
  readonly iterableStrings: boolean;
}

/** What agents write: everything on. */
export const OPEN_DIALECT: Dialect = {
  topLevelControl: true,
  topLevelReturn: true,
  reassignGlobals: true,
  whileLoops: true,
  recursion: true,
  sets: true,
  formatStrings: true,
  annotations: true,
  generators: true,
  openUniverse: true,
  pythonExpressions: true,
  preflight: true,
  exceptions: true,
  pythonStatements: true,
  imports: true,
  lastExpression: true,
  iterableStrings: true,
};

/** The specification alone. */
export const STRICT_DIALECT: Dialect = {
  topLevelControl: false,
  topLevelReturn: false,
  reassignGlobals: false,
  whileLoops: false,
  recursion: false,
  sets: false,
  formatStrings: false,
  annotations: false,
  generators: false,
  openUniverse: false,
  pythonExpressions: false,
  preflight: false,
  exceptions: false,
  pythonStatements: false,
  imports: false,
  lastExpression: false,
  iterableStrings: false,
};
