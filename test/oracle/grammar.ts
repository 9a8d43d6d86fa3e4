/** From rules to generators of text. */
import fc from 'fast-check';

/** Kinds of text, each with its forms; `<name>` in a form stands for a text of that kind, or a drawn leaf. */
export type Rules = Readonly<Record<string, readonly string[]>>;
/** Kinds of text that are drawn. */
export type Leaves = Readonly<Record<string, fc.Arbitrary<string>>>;

const HOLE = /<([a-z]+\d?)>/;

/**
 * The generator of one kind. Deeper than `depth` the first form is taken, of every kind that may go on without
 * end; that form should lead to one that does not.
 */
export function textsOf(rules: Rules, leaves: Leaves, kind: string, depth: number): fc.Arbitrary<string> {
  const bounded = {
    depthIdentifier: fc.createDepthIdentifier(),
    depthSize: 'large',
    maxDepth: depth,
    withCrossShrink: true,
  } as const;
  const made = fc.letrec<Record<string, string>>((tie) =>
    Object.fromEntries([
      ...Object.entries(leaves),
      ...Object.entries(rules).map(([name, forms]) => [
        name,
        fc.oneof(isEndless(rules, name) ? bounded : {}, ...forms.map((form) => textOf(form, tie))),
      ]),
    ]),
  );
  checkHoles(rules, leaves);
  return made[kind]!;
}

type Tie = (name: string) => fc.Arbitrary<string>;

function textOf(form: string, tie: Tie): fc.Arbitrary<string> {
  const parts = form.split(HOLE);
  return fc.tuple(...holesOf(parts).map(tie)).map((texts) => filled(parts, texts));
}

/** Whether a kind leads back to itself. */
function isEndless(rules: Rules, kind: string): boolean {
  const reached = new Set<string>();
  const open = [kind];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const name of (rules[next] ?? []).flatMap((form) => holesOf(form.split(HOLE)))) {
      if (name === kind) return true;
      if (!reached.has(name)) open.push(name);
      reached.add(name);
    }
  }
  return false;
}

function checkHoles(rules: Rules, leaves: Leaves): void {
  for (const form of Object.values(rules).flat()) {
    const unknown = holesOf(form.split(HOLE)).find((name) => !(name in rules) && !(name in leaves));
    if (unknown !== undefined) throw new Error(`no rule for <${unknown}> in: ${form}`);
  }
}

function holesOf(parts: readonly string[]): string[] {
  return parts.filter((_, index) => index % 2 === 1);
}

/** A text of several lines is indented as the place where it stands; one of several words gets parentheses before a dot or a bracket. */
function filled(parts: readonly string[], texts: readonly string[]): string {
  let text = '';
  parts.forEach((part, index) => {
    text += index % 2 === 0 ? part : placed(texts[(index - 1) / 2]!, text, parts[index + 1] ?? '');
  });
  return text;
}

function placed(text: string, before: string, after: string): string {
  if (/^[.[]/.test(after) && /^[-+~\d]|^(not|lambda)\b| ([-+*/%|&^<>=!]+|in|and|or) /.test(text))
    return `(${text})`;
  return text.replaceAll('\n', `\n${indentationOf(before)}`);
}

function indentationOf(text: string): string {
  return /(?:^|\n)( *)$/.exec(text)?.[1] ?? '';
}
