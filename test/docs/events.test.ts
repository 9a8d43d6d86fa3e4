/** docs/reference/events.md has each event, each of its fields, and its level. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import ts from 'typescript';
import { CONTENT_KINDS } from '../../core/index.js';
import { levelOf } from '../../plugins/telemetry/log/event-line.js';

const path = (file: string): string => fileURLToPath(new URL(`../../${file}`, import.meta.url));
const page = readFileSync(path('docs/reference/events.md'), 'utf8');

/** The text below a heading, up to the next of its rank or above. */
function section(heading: string): string {
  const rank = heading.indexOf(' ');
  const after = page.slice(page.indexOf(`\n${heading}`) + heading.length + 1);
  return after.slice(0, after.search(new RegExp(`\n#{1,${String(rank)}} |$(?![^])`)));
}

/** The fields in the tables of a text. */
const fieldsIn = (text: string): string[] => [...text.matchAll(/^\| `(\w+\??)`/gm)].map((match) => match[1]!);

/** What an event's section says: its own fields, and those of its subject. */
function told(text: string): string[] {
  const subject = /The fields of \[a (\w+)\]/.exec(text)?.[1];
  return [...(subject === undefined ? [] : fieldsIn(section(`### A ${subject}'s`))), ...fieldsIn(text)];
}

/** Each event with its fields, as the compiler reads them from core/event.ts. */
function declared(): ReadonlyMap<string, string[]> {
  const file = path('core/event.ts');
  const program = ts.createProgram([file], { strict: true, noEmit: true, skipLibCheck: true });
  const checker = program.getTypeChecker();
  const events = new Map<string, string[]>();
  const source = program.getSourceFile(file)!;
  source.forEachChild((node) => {
    if (!ts.isInterfaceDeclaration(node) || node.name.text !== 'Events') return;
    for (const member of checker.getTypeAtLocation(node).getProperties()) {
      const fields = checker.getTypeOfSymbolAtLocation(member, node).getProperties();
      events.set(
        member.name,
        fields.map(({ name, flags }) => ((flags & ts.SymbolFlags.Optional) === 0 ? name : `${name}?`)),
      );
    }
  });
  return events;
}

describe('the reference of events', () => {
  const headings = [...page.matchAll(/^### `([\w.]+)` \((.+)\)$/gm)];

  it('has every event with every field, and no other', () => {
    const events = declared();
    expect(events.size).to.be.above(15);
    expect(headings.map(([, name]) => name)).to.have.members([...events.keys()]);
    for (const [heading, name] of headings)
      expect(told(section(heading)), name).to.have.members(events.get(name!)!);
  });

  it('tells the level of each', () => {
    for (const [, name, said] of headings) {
      const good = { name, code: 'ok', up: true, problems: [] } as never;
      const bad = { name, code: 'tool/failed', up: false, problems: [''] } as never;
      const levels = [...new Set([levelOf(good), levelOf(bad)])];
      const words = said === 'by code' ? ['info', 'warn'] : said!.match(/debug|info|warn|error/g);
      expect(words, name).to.deep.equal(levels);
    }
  });

  it('tells every kind of content', () => {
    expect(fieldsIn(section('## Content'))).to.deep.equal(CONTENT_KINDS);
  });
});
