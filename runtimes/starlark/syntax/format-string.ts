/**
 * F-strings. Their text is read here, from quote to field and from field to quote; what stands in a
 * field are tokens like any other, so that quotes, brackets and f-strings nest in it freely.
 */
import { syntaxError } from './syntax-error.js';
import { decodeText, escapedEnd, unclosed, type Quote } from './string-literal.js';
import { TokenReader } from './token-reader.js';
import type { Expression, FormatPart, FormatString } from './tree.js';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;

const NO_SINGLE = 'a brace of the text itself is written twice';

type Conversion = 'r' | 's' | null;

/** Reads `f"…{expression!conversion:spec}…"`. */
export abstract class FormatStringReader extends TokenReader {
  /** How many brackets were open where the field began that is being read; a colon at this level begins its format. */
  protected fieldBrackets = -1;

  /** Any expression but an unparenthesized tuple. */
  protected abstract test(): Expression;

  /** The token is the opening quote, and `at` stands behind it. */
  protected formatString(): FormatString {
    const { quote } = this;
    if (!this.dialect.formatStrings) {
      throw this.notInDialect('there are no format strings', 'write "…{}…".format(x)');
    }
    const parts = this.formatParts(quote, false);
    this.at += quote.mark.length;
    this.next();
    return { kind: 'format-string', at: quote.at, parts };
  }

  /** Text and fields up to the closing quote; of a spec, up to its `}`. */
  private formatParts(quote: Quote, inSpec: boolean): FormatPart[] {
    const parts: FormatPart[] = [];
    for (let text = ''; ;) {
      const from = this.at;
      const code = this.skipFormatText(quote);
      text += decodeText(this.source, from, this.at, quote.raw);
      if (!inSpec && this.doubledBrace(code)) {
        text += String.fromCharCode(code);
        continue;
      }
      if (text !== '') parts.push(text);
      text = '';
      if (code !== OPEN) return parts;
      this.formatField(quote, parts);
    }
  }

  /** Goes to the next brace or the closing quote, and answers which. */
  private skipFormatText(quote: Quote): number {
    const { source } = this;
    const first = quote.mark.charCodeAt(0);
    for (; this.at < source.length; this.at++) {
      const code = source.charCodeAt(this.at);
      if (code === OPEN || code === CLOSE) return code;
      if (code === first && source.startsWith(quote.mark, this.at)) return code;
      if ((code === LINE_FEED || code === CARRIAGE_RETURN) && quote.mark.length === 1) break;
      if (code === BACKSLASH && !isBrace(source.charCodeAt(this.at + 1)))
        this.at = escapedEnd(source, this.at);
    }
    throw unclosed(quote);
  }

  /** Steps over `{{` or `}}`. */
  private doubledBrace(code: number): boolean {
    if (!isBrace(code)) return false;
    if (this.source.charCodeAt(this.at + 1) === code) {
      this.at += 2;
      return true;
    }
    if (code === CLOSE) throw syntaxError(this.at, "format string: got '}' without a field", NO_SINGLE);
    return false;
  }

  private formatField(quote: Quote, parts: FormatPart[]): void {
    this.enter();
    const { around, fieldBrackets } = this;
    this.around = quote;
    const from = ++this.at;
    this.fieldBrackets = ++this.brackets;
    this.next();
    if (this.is('}'))
      throw syntaxError(this.start, 'format string: got an empty field, want an expression', NO_SINGLE);
    const expression = this.test();
    this.fieldBrackets = fieldBrackets;
    const named = this.is('=');
    if (named) {
      parts.push(this.source.slice(from, this.nextTokenAt()));
      this.next();
    }
    const conversion = this.conversion();
    const spec = this.is(':') ? this.formatSpec(quote) : null;
    if (spec === null && !this.is('}')) throw this.unexpected('format string', "'}'");
    parts.push({ expression, conversion: conversion ?? (named && spec === null ? 'r' : null), spec });
    this.around = around;
    this.leave();
  }

  /** Where the token after this one begins, over blanks. */
  private nextTokenAt(): number {
    let at = this.at;
    while (this.source.charAt(at) === ' ') at++;
    return at;
  }

  private conversion(): Conversion {
    if (!this.takeIf('!')) return null;
    const { name } = this;
    if (!this.is('name') || (name !== 'r' && name !== 's'))
      throw this.unexpected('format string', '!r or !s');
    this.next();
    return name;
  }

  private formatSpec(quote: Quote): readonly FormatPart[] {
    const spec = this.formatParts(quote, true);
    if (this.source.charCodeAt(this.at) !== CLOSE) {
      throw syntaxError(this.at, `format string: got ${quote.mark}, want '}'`);
    }
    this.at++;
    this.brackets--;
    return spec;
  }
}

function isBrace(code: number): boolean {
  return code === OPEN || code === CLOSE;
}
