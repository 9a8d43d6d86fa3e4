/** What is told of a pattern before it is compiled must not fall short of what it becomes. */
import { expect } from 'chai';
import { RE2JS } from 're2js';
import { estimatedInstructions } from '../../../../../runtimes/starlark/builtins/re/pattern-size.js';
import { engineText } from '../../../../../runtimes/starlark/builtins/re/pattern-text.js';

const PATTERNS: readonly string[] = [
  'a',
  'a|b|c|dd',
  '(a{30}){30}',
  '(?:ab?c*){17}',
  '(a{1,30}){30}',
  '(a{0,30}){9}x{7,}',
  '(?P<year>\\d{4})-(?P<month>\\d{2})',
  '[a-z(]{9}[^]{2}]+[\\]{3}]{40}',
  '\\w+@[\\w.-]+\\.\\w{2,6}',
  '\\({5}\\{6}\\x41{7}',
  '((((((a?)+)*)?)+)*){20}',
  '(?i:straße){50}',
  '(a{,5}|b{3}){11}',
  'https?://\\S+[^\\s.,;]',
  '^(?:\\s*#.*|\\s*)$',
];

describe('the size of a pattern', () => {
  for (const pattern of PATTERNS) {
    it(`of ${pattern}`, () => {
      const text = engineText(pattern, false);
      const programSize = RE2JS.compile(text).programSize();
      // A program begins and ends with an instruction of its own.
      expect(estimatedInstructions(text) + 2).to.be.within(programSize, 2 * programSize + 4);
    });
  }
});
