import { expect } from 'chai';
import { StarlarkError } from '../../../../runtimes/starlark/error.js';
import { OPEN_DIALECT, parse } from '../../../../runtimes/starlark/syntax/index.js';
import { treeText } from './tree-text.js';

function tree(source: string): string {
  return treeText(parse(source, OPEN_DIALECT).body);
}

function fault(source: string): string {
  try {
    parse(source, OPEN_DIALECT);
  } catch (error) {
    if (error instanceof StarlarkError) return `${error.at}: ${error.message}`;
    throw error;
  }
  throw new Error('no fault');
}

describe('format strings', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['f""', '(f )'],
    ['f"text"', '(f "text")'],
    ['f"{x}"', '(f {x})'],
    ["F'{x}'", '(f {x})'],
    ['f"a{x}b{y}c"', '(f "a" {x} "b" {y} "c")'],
    ['f"{{{x}}}"', '(f "{" {x} "}")'],
    ['f"{{}}"', '(f "{}")'],
    ['f"{ x }"', '(f {x})'],
    ['f"{x!r}{y!s}"', '(f {x!r} {y!s})'],
    ['f"{x:>10}"', '(f {x:">10"})'],
    ['f"{x!r:^{w}.{p}f}"', '(f {x!r:"^" {w} "." {p} "f"})'],
    ['f"{x:}"', '(f {x:})'],
    ['f"{x=}"', '(f "x=" {x!r})'],
    ['f"{ x = }"', '(f " x = " {x!r})'],
    ['f"{x=!s:>3}"', '(f "x=" {x!s:">3"})'],
    ['f"{x=:>3}"', '(f "x=" {x:">3"})'],
    ['f"{a != b}"', '(f {(!= a b)})'],
    ['f"{a == b}"', '(f {(== a b)})'],
    ['f"{x if y else z}"', '(f {(? y x z)})'],
    ['f"{d[\'k\']}"', '(f {([] d "k")})'],
    ['f"{d["k"]}"', '(f {([] d "k")})'],
    ['f"{ {1: 2}[1] }"', '(f {([] (dict 1:2) 1)})'],
    ['f"{[x for x in y]}"', '(f {(list-of x (for x in y))})'],
    ['f"{f(x, y=1)}"', '(f {(call f x y=1)})'],
    ['f"{(lambda: 1)()}"', '(f {(call (lambda () (return 1)))})'],
    ['f"{f"{f"{x}"}"}"', '(f {(f {(f {x})})})'],
    ['f"\\n{x}\\u00e9\\""', '(f "\\n" {x} "é\\"")'],
    ['fr"\\d{x}"', '(f "\\\\d" {x})'],
    ['rf"\\{x}"', '(f "\\\\" {x})'],
    ['f"""a\n"{x}"\r\n"""', '(f "a\\n\\"" {x} "\\"\\n")'],
    ['f"""{\n x # note\n}"""', '(f {x})'],
    ['f"a" + f"b"', '(+ (f "a") (f "b"))'],
    ['f"{x}".upper()', '(call (. (f {x}) upper))'],
  ];
  for (const [source, want] of rows) {
    it(`reads ${JSON.stringify(source)}`, () => expect(tree(source)).to.equal(want));
  }

  const faults: readonly (readonly [string, string])[] = [
    ['f"abc', '0: string: got end of line, want "'],
    ['f"""abc', '0: string: got end of script, want """'],
    ['f"}"', "2: format string: got '}' without a field"],
    ['f"a}b"', "3: format string: got '}' without a field"],
    ['f"{}"', '3: format string: got an empty field, want an expression'],
    ['f"{ }"', '4: format string: got an empty field, want an expression'],
    ['f"{x y}"', "5: format string: got name y, want '}'"],
    ['f"{x!a}"', '5: format string: got name a, want !r or !s'],
    ['f"{x!}"', "5: format string: got '}', want !r or !s"],
    ['f"{x:>3"', "7: format string: got \", want '}'"],
    ['f"{x', "4: format string: got end of script, want '}'"],
    ['print(f"{x")\ny', "10: format string: got \", want '}'"],
    ['f"""{x"""', '6: format string: got """, want \'}\''],
    ['f"{x + \'a"', "7: string: got end of line, want '"],
    ['f"{x}" + "a', '9: string: got end of line, want "'],
    ['f"{x)}"', "4: format string: got ')', want '}'"],
    ['f"\\d"', '2: string: got unknown escape \\d'],
    ['f"\\{x}"', '2: string: got unknown escape \\{'],
    ['f"{1 +}"', "6: expression: got '}', want a value"],
  ];
  for (const [source, message] of faults) {
    it(`refuses ${JSON.stringify(source)}`, () => expect(fault(source)).to.equal(message));
  }
});
