/** What kind of error a message speaks of, in the words of both engines. The first row that fits counts. */

const KINDS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['limit', /too many steps|too much time|excessive repeat|repeat count .* too large|^panic: /],
  ['fail', /^fail: /],
  ['json', /^json\.(decode|indent): (at offset|invalid character|unexpected end)/],
  ['json', /^json\.(decode|indent): .*(number|escape|unexpected (char|end)|string literal)/],
  ['unassigned', /referenced before assignment/],
  ['recursion', /called recursively/],
  ['arguments', /\bgot \d+ arguments?\b|missing (\d+ )?argument|accepts (no|at|\d)|multiple values for/],
  ['arguments', /unexpected (keyword|positional)|does not accept keyword|at least one positional/],
  ['arguments', /got (\d+|no) (positional )?arguments?|duplicate keyword arg/],
  ['argument after *', /argument after \*|keywords (of \*\* )?must be strings/],
  ['frozen', /cannot .* frozen/],
  ['iteration', /cannot .* during iteration/],
  ['unhashable', /unhashable/],
  ['attribute', /has no \.[^]* (field|attribute|method)/],
  ['comparison', /not implemented$/],
  ['operator', /^got \w+, want int$/],
  ['arguments', /^int: cannot convert (?!float)/],
  ['operator', /unknown (binary|unary) op|requires .* as left operand|must be .* operand/],
  ['division', /(division|modulo) by zero/],
  ['unpack', /too (many|few) values to unpack|in sequence assignment/],
  ['duplicate key', /duplicate key/],
  ['key', /key .* not in |key of type .* not in |missing key|key not found|keyword .* not found/],
  ['empty', /empty (dict|set|sequence|separator|string|list|tuple|bytes|range)/],
  ['not found', /(value|element|substring) not (found|in list)/],
  ['conversion', /cannot convert|too large to convert|number too large|can't convert non-string/],
  ['format', /(arguments|conversion|incomplete) .*format|incomplete format|unknown conversion|^%\w? ?format/],
  ['format', /%. format requires|format requires|^format: |format spec|format string/],
  ['not a number', /invalid (float )?literal|base must be/],
  ['step', /zero is not a valid slice step|step argument must not be zero/],
  ['call', /invalid call of non-function/],
  ['arguments', /is not iterable|want iterable|not iterable/],
  ['sequence of pairs', /has length \d+, want 2/],
  ['range', /shift count|out of range|code points?/],
  [
    'operator',
    /\b(list|tuple|string|bytes|range) index: got|invalid .*(index|step): got|unhandled index|item assignment|slice operand|no len/,
  ],
  ['arguments', /(got|not) \S+|want /],
];

/** The kind of a message; an unknown one is its own kind. */
export function kindOf(message: string): string {
  return KINDS.find(([, pattern]) => pattern.test(message))?.[0] ?? message;
}
