/** The names that an expression of PromQL uses: of metrics, and of labels. */

/** See above; each once, in their order. */
export interface Selectors {
  readonly metrics: readonly string[];
  readonly labels: readonly string[];
}

const TOKEN = /"(?:[^"\\]|\\.)*"|\[[^\]]*\]|[a-zA-Z_:][a-zA-Z0-9_:]*|[0-9.]+(?:[a-z][0-9a-z]*)?|[^\s]/g;
const NAME = /^[a-zA-Z_:]/;
/** What a list of labels follows. */
const GROUPING: ReadonlySet<string> = new Set([
  'by',
  'without',
  'on',
  'ignoring',
  'group_left',
  'group_right',
]);
const WORDS: ReadonlySet<string> = new Set(['and', 'or', 'unless', 'bool', 'offset']);

/** The names of an expression. */
export function selectorsOf(expression: string): Selectors {
  const tokens = expression.match(TOKEN) ?? [];
  const metrics = new Set<string>();
  const labels = new Set<string>();
  let listUntil: string | undefined;
  tokens.forEach((token, index) => {
    const before = tokens[index - 1] ?? '';
    const next = tokens[index + 1] ?? '';
    if (listUntil === undefined && token === '{') listUntil = '}';
    else if (listUntil === undefined && token === '(' && GROUPING.has(before)) listUntil = ')';
    else if (token === listUntil) listUntil = undefined;
    else if (!NAME.test(token)) return;
    else if (listUntil !== undefined) labels.add(token);
    else if (!GROUPING.has(token) && !WORDS.has(token) && next !== '(' && !GROUPING.has(next))
      metrics.add(token);
  });
  return { metrics: [...metrics], labels: [...labels] };
}
