/** Statements that fetch from modules: `import`, `from`, `load`. */
import { ExpressionReader } from './expressions.js';
import { FORM_HABITS, INSTEAD } from './habits.js';
import { syntaxError } from './syntax-error.js';
import type { Identifier, ImportStatement, LoadStatement } from './tree.js';

type ImportBinding = ImportStatement['bindings'][number];
type LoadBinding = LoadStatement['bindings'][number];

/** Reads the statements about modules. */
export class ImportReader extends ExpressionReader {
  // ── import ────────────────────────────────────────────────────────────────────────────────────

  /** `'import' Module ['as' identifier] {',' Module ['as' identifier]}`: a statement for each module */
  protected import(): ImportStatement[] {
    if (this.assigns()) throw this.wordAsName('expression');
    this.checkImports();
    const statements: ImportStatement[] = [];
    this.next();
    do {
      const at = this.start;
      const module = this.moduleName();
      const bindings: ImportBinding[] = [];
      if (this.takeIf('as')) bindings.push({ local: this.identifier('import'), name: null });
      statements.push({ kind: 'import', at, module, bindings: bindings.filter(isRenamed(module)) });
    } while (this.takeIf(','));
    return statements;
  }

  /** `'from' Module 'import' (Members | '(' Members [','] ')')` */
  protected from(): ImportStatement {
    this.checkImports();
    this.next();
    const at = this.start;
    const module = this.moduleName();
    this.take('import', 'import');
    if (this.is('*')) throw this.habit(FORM_HABITS.importAll);
    return { kind: 'import', at, module, bindings: this.members() };
  }

  private members(): ImportBinding[] {
    const opening = this.start;
    const enclosed = this.takeIf('(');
    const bindings = [this.member()];
    while (this.takeIf(',') && !(enclosed && this.is(')'))) bindings.push(this.member());
    if (enclosed && !this.takeIf(')')) throw this.notClosed('import', "',' or ')'", opening);
    return bindings;
  }

  /** `identifier ['as' identifier]` */
  private member(): ImportBinding {
    const member = this.identifier('import');
    return { name: member.name, local: this.takeIf('as') ? this.identifier('import') : member };
  }

  /** `{'.'} identifier {'.' identifier}`, as it is written */
  private moduleName(): string {
    let name = '';
    while (this.takeIf('.')) name += '.';
    if (name !== '' && this.is('import')) return name;
    name += this.identifier('import').name;
    while (this.takeIf('.')) name += `.${this.identifier('import').name}`;
    return name;
  }

  private checkImports(): void {
    if (!this.dialect.imports) throw this.notInDialect(`there is no ${this.token}`, INSTEAD.import);
  }

  // ── load ──────────────────────────────────────────────────────────────────────────────────────

  /** `'load' '(' string {',' [identifier '='] string} [','] ')'` */
  protected load(): LoadStatement {
    const at = this.start;
    this.next();
    if (!this.is('('))
      throw syntaxError(at, "load: got no '(', want it", 'load is a word of the language, not a name');
    this.next();
    const module = this.string('the name of a module in quotes');
    const bindings: LoadBinding[] = [];
    while (this.takeIf(',') && !this.is(')')) bindings.push(this.loadBinding());
    if (bindings.length === 0) throw syntaxError(this.start, 'load: got no names, want at least one');
    this.take(')', 'load');
    return { kind: 'load', at, module, bindings };
  }

  private loadBinding(): LoadBinding {
    const at = this.start;
    if (!this.is('name')) {
      const name = this.string('"name" or local = "name"');
      return { local: { kind: 'identifier', at, name, binding: null }, name };
    }
    const local: Identifier = this.identifier('load');
    if (!this.takeIf('=')) throw this.unexpected('load', `"${local.name}" or ${local.name} = "name"`);
    return { local, name: this.string('the name in quotes') };
  }

  private string(want: string): string {
    const { value } = this;
    if (!this.is('string') || typeof value !== 'string') throw this.unexpected('load', want);
    this.next();
    return value;
  }
}

/** `import x as x` binds nothing. */
function isRenamed(module: string): (binding: ImportBinding) => boolean {
  return ({ local }) => local.name !== module;
}
