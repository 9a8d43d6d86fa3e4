import { expect } from 'chai';
import fc from 'fast-check';
import {
  Builtin,
  formatField,
  formatMethod,
  formatPercent,
} from '../../../../runtimes/starlark/values/index.js';
import type { Value } from '../../../../runtimes/starlark/values/index.js';
import { budgetOf, bytes, complaint, dict, failure, float, list, tuple } from './material.js';

const budget = budgetOf();

/** What Python's `format(value, spec)` answers. */
const SPECS: [value: Value, spec: string, text: string][] = [
  [0, '', '0'],
  [5, '3d', '  5'],
  [-5, '05d', '-0005'],
  [5, '+d', '+5'],
  [5, ' d', ' 5'],
  [255, 'x', 'ff'],
  [255, '#x', '0xff'],
  [255, 'X', 'FF'],
  [255, '#X', '0XFF'],
  [255, '#010x', '0x000000ff'],
  [5, 'b', '101'],
  [5, '#b', '0b101'],
  [8, 'o', '10'],
  [8, '#o', '0o10'],
  [1234567, ',', '1,234,567'],
  [1234567, '_', '1_234_567'],
  [-1234567, ',d', '-1,234,567'],
  [255, '_b', '1111_1111'],
  [1234, '010,', '00,001,234'],
  [1234, '08,', '0,001,234'],
  [1234, '09,', '0,001,234'],
  [123, '06,', '00,123'],
  [1234567, '>15,', '      1,234,567'],
  [1234567, '<15,', '1,234,567      '],
  [1234567, '^15,', '   1,234,567   '],
  [1234567, '*^16,', '***1,234,567****'],
  [65, 'c', 'A'],
  [65, '5c', '    A'],
  [42, '=+6', '+   42'],
  [42, 'x=+6', '+xxx42'],
  [42, '.2f', '42.00'],
  [42, 'e', '4.200000e+01'],
  [42, 'g', '42'],
  [42, '%', '4200.000000%'],
  [100000000000000000000n, ',', '100,000,000,000,000,000,000'],
  [100000000000000000000n, 'x', '56bc75e2d63100000'],
  [1180591620717411303424n, 'd', '1180591620717411303424'],
  [0, '#b', '0b0'],
  [-255, '#x', '-0xff'],
  [7, '<5', '7    '],
  [7, '^5', '  7  '],
  [7, '>5', '    7'],
  [float(1.5), '', '1.5'],
  [float(3.14159), '.2f', '3.14'],
  [float(3.14159), '8.2f', '    3.14'],
  [float(3.14159), '<8.2f', '3.14    '],
  [float(3.14159), '08.2f', '00003.14'],
  [float(-3.14159), '08.2f', '-0003.14'],
  [float(3.14159), '+.1f', '+3.1'],
  [float(1234567.891), ',.2f', '1,234,567.89'],
  [float(1234567.891), '015,.2f', '0,001,234,567.89'],
  [float(1234567.891), '_.1f', '1_234_567.9'],
  [float(0.5), '.0f', '0'],
  [float(1.5), '.0f', '2'],
  [float(2.5), '.0f', '2'],
  [float(0.125), '.2f', '0.12'],
  [float(0.375), '.2f', '0.38'],
  [float(2.675), '.2f', '2.67'],
  [float(1e22), '.2f', '10000000000000000000000.00'],
  [
    float(1e300),
    '.0f',
    '1000000000000000052504760255204420248704468581108159154915854115511802457988908195786371375080447864043704443832883878176942523235360430575644792184786706982848387200926575803737830233794788090059368953234970799945081119038967640880074652742780142494579258788820056842838115669472196386865459400540160',
  ],
  [float(1.0), '.3', '1.0'],
  [float(12345.678), '.3', '1.23e+04'],
  [float(1.234e-5), '.3', '1.23e-05'],
  [float(123.0), '.5', '123.0'],
  [float(1e-7), '.2e', '1.00e-07'],
  [float(12345.678), 'e', '1.234568e+04'],
  [float(12345.678), '.0e', '1e+04'],
  [float(12345.678), 'E', '1.234568E+04'],
  [float(0.0), 'e', '0.000000e+00'],
  [float(0.0), '.3g', '0'],
  [float(100000.0), 'g', '100000'],
  [float(1000000.0), 'g', '1e+06'],
  [float(123456789.0), 'g', '1.23457e+08'],
  [float(0.0001), 'g', '0.0001'],
  [float(1e-5), 'g', '1e-05'],
  [float(1.5), '#.0f', '2.'],
  [float(1.0), 'g', '1'],
  [float(1.0), '#g', '1.00000'],
  [float(0.256), '%', '25.600000%'],
  [float(0.256), '.1%', '25.6%'],
  [float(1e308), '.0%', 'inf%'],
  [float(Infinity), 'f', 'inf'],
  [float(-Infinity), 'f', '-inf'],
  [float(NaN), 'f', 'nan'],
  [float(Infinity), 'F', 'INF'],
  [float(NaN), '8f', '     nan'],
  [float(-0.0), 'f', '-0.000000'],
  [float(-0.0), '+.1f', '-0.0'],
  [float(9.995), '.2f', '9.99'],
  [float(0.045), '.2f', '0.04'],
  [float(1000000000000000.0), '.3f', '1000000000000000.000'],
  [float(123456.5), '.0f', '123456'],
  [float(5e-324), '.3g', '4.94e-324'],
  [float(1.7976931348623157e308), '.5e', '1.79769e+308'],
  [float(0.1), '.20f', '0.10000000000000000555'],
  [float(0.1), '.55f', '0.1000000000000000055511151231257827021181583404541015625'],
  [float(1234.5), 'n', '1234.5'],
  [float(25.0), '.1e', '2.5e+01'],
  [float(35.0), '.0e', '4e+01'],
  [float(45.0), '.0e', '4e+01'],
  [float(0.5), '010', '00000000.5'],
  [float(123.456), '>+12.1f', '      +123.5'],
  ['abc', '', 'abc'],
  ['abc', '5', 'abc  '],
  ['abc', '<5', 'abc  '],
  ['abc', '>5', '  abc'],
  ['abc', '^6', ' abc  '],
  ['abc', '*^7', '**abc**'],
  ['abc', '.2', 'ab'],
  ['abc', '6.2', 'ab    '],
  ['abc', 's', 'abc'],
  ['abc', '05', 'abc00'],
  ['abc', '-<6', 'abc---'],
  ['', '3', '   '],
  [42, 'E', '4.200000E+01'],
  [float(1e-7), '.16e', '9.9999999999999995e-08'],
  [float(1e-7), '.17g', '9.9999999999999995e-08'],
  [float(1e-7), '.2g', '1e-07'],
  [float(1e-7), '#9,.18e', '9.999999999999999547e-08'],
  [true, 'd', '1'],
  [false, 'x', '0'],
  [true, '5d', '    1'],
];

describe('format specs', () => {
  for (const [value, spec, text] of SPECS) {
    it(`"${spec}" gives "${text}"`, () => expect(formatField(budget, value, '', spec)).to.equal(text));
  }

  const ours: [value: Value, conversion: string, spec: string, text: string][] = [
    [true, '', '', 'True'],
    [true, '', '>6', '  True'],
    [null, '', '6', 'None  '],
    [list(1, 'a'), '', '', '[1, "a"]'],
    [list(1), '', '>6', '   [1]'],
    ['a', 'r', '>5', '  "a"'],
    [5, 's', '<3', '5  '],
    [float(1), '', '', '1.0'],
    [float(1e16), '', '10', '     1e+16'],
    [bytes(65), '', '', 'b"A"'],
    ['é', '', '😀>3', '😀😀é'],
  ];
  for (const [value, conversion, spec, text] of ours) {
    it(`gives "${text}" where Python differs or refuses`, () => {
      expect(formatField(budget, value, conversion, spec)).to.equal(text);
    });
  }

  const faults: [value: Value, conversion: string, spec: string, message: string][] = [
    ['a', '', 'd', 'format: unknown format type "d" for string'],
    [1, '', 's', 'format: unknown format type "s" for int'],
    [float(1), '', 'd', 'format: unknown format type "d" for float'],
    [float(1), '', 'x', 'format: unknown format type "x" for float'],
    [1, '', '.2d', 'format: a precision is for floats and strings, got int'],
    ['a', '', ',', 'format: "," is for numbers, got string'],
    [1, '', 'zz', 'format: invalid format spec, want [[fill]align][sign][#][0][width][,][.precision][type]'],
    [1, 'x', '', 'format: unknown conversion "x", want "s" or "r"'],
    [0x110000, '', 'c', '%c format requires a valid Unicode code point'],
  ];
  for (const [value, conversion, spec, message] of faults) {
    it(message, () =>
      expect(complaint(() => formatField(budget, value, conversion, spec))).to.equal(message),
    );
  }

  it('pads to just the width, whatever the value', () => {
    const values = fc.oneof<fc.Arbitrary<Value>[]>(
      fc.integer(),
      fc.string(),
      fc.boolean(),
      fc.double().map(float),
    );
    fc.assert(
      fc.property(values, fc.constantFrom('<', '>', '^', '='), fc.nat(40), (value, align, width) => {
        const bare = formatField(budget, value, '', '').length;
        const text = formatField(budget, value, '', `*${align}${width}`);
        if (Number.isFinite(bare)) expect(text.length).to.be.at.least(Math.min(width, bare));
        if (width > bare) expect(text.length).to.equal(width);
      }),
    );
  });

  for (const spec of ['99999999d', '99999999', '.99999999f', '099999999,d', '>99999999', '.99999999e']) {
    it(`is refused before it is filled: ${spec}`, () => {
      const value = spec.includes('.') ? float(1.5) : 5;
      expect(failure(() => formatField(budgetOf(), value, '', spec)).code).to.equal('limit/memory');
    });
  }
});

describe('format % args', () => {
  const cases: [format: string, args: Value, text: string][] = [
    ['', tuple(), ''],
    ['%s', 'x', 'x'],
    ['%s and %r', tuple('a', 'b'), 'a and "b"'],
    ['%s', list('a'), '["a"]'],
    ['%s', dict(['a', 1]), '{"a": 1}'],
    ['%s', bytes(65), 'b"A"'],
    ['%s', tuple(tuple(1, 2)), '(1, 2)'],
    ['100%%', tuple(), '100%'],
    ['%d%%', 5, '5%'],
    ['%(a)s-%(b)d', dict(['a', 'x'], ['b', 2]), 'x-2'],
    ['%(a)5s|%(a)-5s|', dict(['a', 'x']), '    x|x    |'],
    ['%(__proto__)s', dict(['__proto__', 1]), '1'],
    ['no fields', dict(['a', 1]), 'no fields'],
    ['%5s', 'x', '    x'],
    ['%-5s|', 'x', 'x    |'],
    ['%05s', 'x', '    x'],
    ['%.2s', 'abc', 'ab'],
    ['%5d', 5, '    5'],
    ['%05d', -5, '-0005'],
    ['%+d', 5, '+5'],
    ['% d', 5, ' 5'],
    ['%x %X %o', tuple(255, 255, 8), 'ff FF 10'],
    ['%#x %#X %#o', tuple(255, 255, 8), '0xff 0XFF 0o10'],
    ['%x', -255, '-ff'],
    ['%.5d', 42, '00042'],
    ['%8.5d', 42, '   00042'],
    ['%d', float(3.99), '3'],
    ['%d', float(-3.99), '-3'],
    ['%i', 7, '7'],
    ['%d', 2n ** 70n, '1180591620717411303424'],
    ['%5.2f', float(3.14159), ' 3.14'],
    ['%08.3f', float(-3.14159), '-003.142'],
    ['%.0f', float(2.5), '2'],
    ['%f', 1, '1.000000'],
    ['%f', float(1.23e45), '1229999999999999973814869011019624571608236032.000000'],
    ['%e', float(-1.23e-45), '-1.230000e-45'],
    ['%.2E', float(12345.678), '1.23E+04'],
    ['%g', float(0.1), '0.1'],
    ['%g', 100, '100.0'],
    ['%.3g', float(1234.5678), '1.23e+03'],
    ['%f', float(Infinity), '+inf'],
    ['%e', float(NaN), 'nan'],
    ['%6.1f|', float(-Infinity), '  -inf|'],
    ['%c%c', tuple(65, 'é'), 'Aé'],
    ['%c', '😀', '😀'],
    ['%*d', tuple(5, 42), '   42'],
    ['%-*.*f|', tuple(8, 2, float(3.14159)), '3.14    |'],
  ];
  for (const [format, args, text] of cases) {
    it(`"${format}" gives "${text}"`, () => expect(formatPercent(budget, format, args)).to.equal(text));
  }

  const faults: [format: string, args: Value, message: string][] = [
    ['%s', tuple(), 'not enough arguments for format string: got 0'],
    ['%s %s', 'a', 'not enough arguments for format string: got 1'],
    ['%s', tuple(1, 2), 'too many arguments for format string: got 2, want 1'],
    ['x', 1, 'too many arguments for format string: got 1, want 0'],
    ['%d', 'a', '%d format requires integer: cannot convert string to int'],
    ['%x', true, '%x format requires integer: cannot convert bool to int'],
    ['%d', float(NaN), 'cannot convert float NaN to integer'],
    ['%f', 'a', '%f format requires float, not string'],
    ['%c', 'ab', '%c format requires a single-character string'],
    ['%c', '', '%c format requires a single-character string'],
    ['%c', -1, '%c format requires a valid Unicode code point'],
    ['%c', null, '%c format requires int or single-character string, not NoneType'],
    ['%', 1, 'incomplete format'],
    ['%5', 1, 'incomplete format'],
    ['%y', 1, 'unknown conversion %y'],
    ['%(a)s', 1, 'format requires a mapping'],
    ['%(a', dict(), 'incomplete format key'],
    ['%(a)s', dict(), 'key not found: a'],
    ['%*d', tuple('x', 1), '* wants a non-negative int, got string'],
  ];
  for (const [format, args, message] of faults) {
    it(`"${format}": ${message}`, () => {
      expect(complaint(() => formatPercent(budget, format, args))).to.equal(message);
    });
  }

  it('refuses to grow beyond one value', () => {
    const big = 'x'.repeat(100_000);
    const args = tuple(...Array.from({ length: 3000 }, () => big));
    expect(failure(() => formatPercent(budgetOf(), '%s'.repeat(3000), args)).code).to.equal('limit/memory');
    for (const format of ['%99999999d', '%.99999999f', '%99999999s', '%.99999999d']) {
      expect(failure(() => formatPercent(budgetOf(), format, 1)).code, format).to.equal('limit/memory');
    }
  });
});

describe('template.format', () => {
  const named = new Map<string, Value>([
    ['name', 'x'],
    ['n', 1234567],
    ['f', new Builtin('f', () => null)],
  ]);
  const cases: [template: string, text: string][] = [
    ['', ''],
    ['{} {}', 'a [1]'],
    ['{1} {0} {1}', '[1] a [1]'],
    ['{name}', 'x'],
    ['{{}}', '{}'],
    ['{{{0}}}', '{a}'],
    ['{!r}', '"a"'],
    ['{!r:>5}', '  "a"'],
    ['{n:,}', '1,234,567'],
    ['{:>3}|{name:<3}|', '  a|x  |'],
    ['{f}', '<built-in function f>'],
  ];
  for (const [template, text] of cases) {
    it(`"${template}" gives "${text}"`, () => {
      expect(formatMethod(budget, template, ['a', list(1)], named)).to.equal(text);
    });
  }

  const faults: [template: string, message: string][] = [
    ['{', "format: unmatched '{' in format"],
    ['}', "format: single '}' in format"],
    ['a}b', "format: single '}' in format"],
    ['{} {} {}', 'format: tuple index out of range'],
    ['{9}', 'format: tuple index out of range'],
    ['{} {0}', 'format: cannot switch from automatic field numbering to manual field specification'],
    ['{0} {}', 'format: cannot switch from manual field specification to automatic field numbering'],
    ['{missing}', 'format: keyword missing not found'],
    ['{__proto__}', 'format: keyword __proto__ not found'],
    ['{name.x}', 'format: attribute syntax x.y is not supported in replacement fields'],
    ['{name[0]}', 'format: element syntax a[i] is not supported in replacement fields'],
    ['{:{}}', 'format: nested replacement fields not supported'],
    ['{!}', 'format: unknown conversion "", want "s" or "r"'],
    ['{!x}', 'format: unknown conversion "x", want "s" or "r"'],
  ];
  for (const [template, message] of faults) {
    it(`"${template}": ${message}`, () => {
      expect(complaint(() => formatMethod(budget, template, ['a', list(1)], named))).to.equal(message);
    });
  }

  it('refuses to grow beyond one value', () => {
    const act = (): string => formatMethod(budgetOf(), '{0}'.repeat(1000), ['x'.repeat(100_000)], named);
    expect(failure(act).code).to.equal('limit/memory');
  });

  it('charges each field, also where nothing is filled in', () => {
    const counted = budgetOf();
    formatMethod(counted, '{0}'.repeat(1000), [''], named);
    expect(counted.steps).to.be.at.least(1000);
    formatPercent(counted, '%s'.repeat(1000), tuple(...Array.from({ length: 1000 }, () => '')));
    expect(counted.steps).to.be.at.least(2000);
  });
});
