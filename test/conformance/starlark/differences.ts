/**
 * Where a public suite expects another thing than this engine does, on purpose.
 *
 * A place in a suite is known by its mark, a hash of its text, so that nothing of the suites stands here and
 * that other lines may come and go around it. The command prints the mark of whatever fails.
 */
import { createHash } from 'node:crypto';

/** A point on which the implementations go different ways; `docs/starlark.md` has a row for each. */
export interface Difference {
  /** As the page names it, word for word. */
  readonly point: string;
  /** By file, the marks of the places that expect the other way. */
  readonly places: Readonly<Record<string, string>>;
}

/** All of them. */
export const DIFFERENCES: readonly Difference[] = [
  {
    point: 'elements of a string',
    places: {
      'starlark-go/starlark/testdata/bytes.star': '74d69a08',
      'starlark-go/starlark/testdata/json.star': '6666d200',
      'starlark-go/starlark/testdata/string.star':
        'f018d72f 548b1964 5d2da0fa a7ebc433 feb150d6 ae1b0874 0d6edd24 8b930fe2 b02bbc0d ada46d8f 373b16f0 c4119fda caf2082b 8763aaed 2e15e752',
    },
  },
  {
    point: 'what `elems()` and its like answer',
    places: {
      'starlark-go/starlark/testdata/bytes.star': 'd3f5703c 86a1ba39',
      'starlark-go/starlark/testdata/string.star':
        '1ec0e94d b0aa7d3f bfbf19d2 73e887ff 2c558094 bbac9460 c905392c 9d4b7f54 cec784f9 0a3ee7a1 881d104e 5b75babe',
    },
  },
  {
    point: 'an element of bytes',
    places: { 'starlark-go/starlark/testdata/bytes.star': '230372d9 3691a767' },
  },
  {
    point: 'key order of `json.encode`',
    places: { 'starlark-go/starlark/testdata/json.star': '99080c72' },
  },
  {
    point: 'methods of a set',
    places: { 'starlark-go/starlark/testdata/builtins.star': '14546a43' },
  },
  {
    point: '`%` with a list',
    places: { 'starlark/test_suite/testdata/rust/string.star': 'bcc6185b' },
  },
];

/** The differences while a run meets them. */
export class Listing {
  private readonly unmet: Set<string>;
  private readonly all: ReadonlySet<string>;

  constructor(differences: readonly Difference[]) {
    this.all = new Set(differences.flatMap(({ places }) => Object.entries(places).flatMap(entriesOf)));
    this.unmet = new Set(this.all);
  }

  /** Whether a place stands in the list; it counts as met from then on. */
  has(file: string, mark: string): boolean {
    this.unmet.delete(`${file} ${mark}`);
    return this.all.has(`${file} ${mark}`);
  }

  /** Places, as `file mark`, where the suite did not expect another thing after all. */
  get leftOver(): string[] {
    return [...this.unmet];
  }
}

function entriesOf([file, marks]: [file: string, marks: string]): string[] {
  return marks.split(' ').map((mark) => `${file} ${mark}`);
}

/** The mark of the statement that begins on a line, from 1: of further lines too, while a bracket ends them. */
export function markAt(lines: readonly string[], line: number): string {
  const text: string[] = [];
  do text.push((lines[line - 1 + text.length] ?? '').trim());
  while (/[([{,]$/.test(text.at(-1)!));
  return createHash('sha256').update(text.join('\n')).digest('hex').slice(0, 8);
}
