/** From rules to generators of text. */
import fc from 'fast-check';

/** Kinds of text, each with its forms; `<name>` in a form stands for a text of that kind, or a drawn leaf. */
export type Rules = Readonly<Record<string, readonly string[]>>;
/** Kinds of text that are drawn. */
export type Leaves = Readonly<Record<string, fc.Arbitrary<string>>>;

const HOLE = /<([a-z]+\d?)>/;

/** The generator of one kind. Deeper than `depth` the first form of every kind is taken. */
export function textsOf(rules: Rules, leaves: Leaves, kind: string, depth: number): fc.Arbitrary<string> {
  const depthIdentifier = fc.createDepthIdentifier();
  const constraints = { depthIdentifier, maxDepth: depth, withCrossShrink: true } as const;
  const made = fc.letrec<Record<string, string>>((tie) =>
    Object.fromEntries([
      ...Object.entries(leaves),
      ...Object.entries(rules).map(([name, forms]) => [
        name,
        fc.oneof(constraints, ...forms.map((form) => textOf(form, tie))),
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

function checkHoles(rules: Rules, leaves: Leaves): void {
  for (const form of Object.values(rules).flat()) {
    const unknown = holesOf(form.split(HOLE)).find((name) => !(name in rules) && !(name in leaves));
    if (unknown !== undefined) throw new Error(`no rule for <${unknown}> in: ${form}`);
  }
}

function holesOf(parts: readonly string[]): string[] {
  return parts.filter((_, index) => index % 2 === 1);
}

/** A text of several lines is indented as the place where it stands. */
function filled(parts: readonly string[], texts: readonly string[]): string {
  let text = '';
  parts.forEach((part, index) => {
    text += index % 2 === 0 ? part : texts[(index - 1) / 2]!.replaceAll('\n', `\n${indentationOf(text)}`);
  });
  return text;
}

function indentationOf(text: string): string {
  return /(?:^|\n)( *)$/.exec(text)?.[1] ?? '';
}
