/** Every expression of the rules and of the dashboard. */
import { readFile } from 'node:fs/promises';

/** An expression, and where it stands. */
export interface Expression {
  readonly place: string;
  readonly text: string;
}

/** Those of the rules, what they record, and those of the dashboard. */
export async function allExpressions(): Promise<{
  readonly expressions: readonly Expression[];
  readonly recorded: readonly string[];
}> {
  const rules = await readFile(new URL('rules.yml', import.meta.url), 'utf8');
  const board = JSON.parse(await readFile(new URL('dashboard.json', import.meta.url), 'utf8')) as Dashboard;
  const shown = board.panels.flatMap(({ title, targets }) =>
    targets.map(({ expr }) => ({ place: `dashboard: ${title}`, text: withRanges(expr) })),
  );
  const recorded = [...rules.matchAll(/- record: (\S+)/g)].map(([, name]) => name!);
  return { expressions: [...ruleExpressions(rules), ...shown], recorded };
}

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }[];
}

/** The file is written by hand in one way: a name, then `expr:` with the text behind it or folded below it. */
function ruleExpressions(rules: string): Expression[] {
  const pattern = /- (?:record|alert): (\S+)\n\s+expr: (?:>-\n((?:\s{10,}.*\n)+)|(.*)\n)/g;
  return [...rules.matchAll(pattern)].map(([, name, folded, plain]) => ({
    place: `rules: ${name!}`,
    text: (folded ?? plain ?? '').trim().replace(/\n\s+/g, ' '),
  }));
}

/** Grafana's own ranges, as it fills them in. */
function withRanges(text: string): string {
  return text.replaceAll('$__rate_interval', '1m').replaceAll('$__range', '6h');
}
