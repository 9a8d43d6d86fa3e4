/** Format specs: `[[fill]align][sign][#][0][width][grouping][.precision][type]`, as in Python. */
import { runtimeError } from '../error.js';

/** A format spec taken apart. */
export interface FormatSpec {
  readonly fill: string;
  /** Empty: as the type is aligned by itself. */
  readonly align: '<' | '>' | '^' | '=' | '';
  readonly sign: '+' | '-' | ' ';
  readonly alternate: boolean;
  /** In units; 0 is none. */
  readonly width: number;
  readonly grouping: ',' | '_' | '';
  readonly precision: number | undefined;
  /** Digits that an int has at least: the precision of a `%d`. */
  readonly leastDigits?: number;
  /** Empty: as the type is shown by itself. */
  readonly type: string;
}

const SPEC =
  /^(?:(?<fill>[^]?|[\ud800-\udbff][\udc00-\udfff])(?<align>[<>^=]))?(?<sign>[-+ ])?(?<alternate>#)?(?<zero>0)?(?<width>\d+)?(?<grouping>[,_])?(?:\.(?<precision>\d+))?(?<type>[bcdeEfFgGnorsxX%])?$/;

/** Specs taken apart before, for a script that formats in a loop. */
const known = new Map<string, FormatSpec>();
const MOST_KNOWN = 256;

/** Takes a format spec apart; throws for what is none. */
export function parseFormatSpec(text: string): FormatSpec {
  let spec = known.get(text);
  if (spec === undefined) {
    spec = parse(text);
    if (known.size >= MOST_KNOWN) known.clear();
    if (text.length < 32) known.set(text, spec);
  }
  return spec;
}

function parse(text: string): FormatSpec {
  const groups = SPEC.exec(text)?.groups;
  if (groups === undefined) {
    throw runtimeError(
      `format: invalid format spec, want [[fill]align][sign][#][0][width][,][.precision][type]`,
    ).as('ValueError');
  }
  const zero = groups['zero'] !== undefined;
  return {
    fill: groups['fill'] || (zero ? '0' : ' '),
    align: (groups['align'] ?? (zero ? '=' : '')) as FormatSpec['align'],
    sign: (groups['sign'] ?? '-') as FormatSpec['sign'],
    alternate: groups['alternate'] !== undefined,
    width: Number(groups['width'] ?? 0),
    grouping: (groups['grouping'] ?? '') as FormatSpec['grouping'],
    precision: groups['precision'] === undefined ? undefined : Number(groups['precision']),
    type: groups['type'] ?? '',
  };
}
