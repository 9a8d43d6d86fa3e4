import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import ts from 'typescript';
import { sources } from '../support/sources.js';

/** Constructor parameters of injected classes that lack a token of their own. */
function bareParameters(file: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isClassDeclaration(node) &&
      decorators(node).some((name) => name === 'injectable' || name === 'singleton')
    ) {
      const constructor = node.members.find(ts.isConstructorDeclaration);
      for (const parameter of constructor?.parameters ?? []) {
        if (!decorators(parameter).some((name) => name.startsWith('inject'))) {
          found.push(`${file}: ${node.name?.text ?? 'class'}(${parameter.name.getText()})`);
        }
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

function decorators(node: ts.HasDecorators): string[] {
  return (ts.getDecorators(node) ?? []).map(({ expression }) =>
    (ts.isCallExpression(expression) ? expression.expression : expression).getText(),
  );
}

describe('injection', () => {
  it('needs no emitted metadata: every constructor parameter of an injected class has @inject(TOKEN)', () => {
    expect(sources().flatMap((file) => bareParameters(file, readFileSync(file, 'utf8')))).to.deep.equal([]);
  });

  it('sees a parameter without a token', () => {
    const text = '@injectable() class A { constructor(@inject(T) private a: X, b: Y) {} }';
    expect(bareParameters('a.ts', text)).to.deep.equal(['a.ts: A(b)']);
  });

  it('stays in core', () => {
    const users = sources().filter((file) => /from 'tsyringe'/.test(readFileSync(file, 'utf8')));
    const outside = users.filter((file) => !/^core\/[^/]+\.ts$/.test(file));
    expect(outside).to.deep.equal([]);
  });
});
