/** The parameters of a tool as a list, and its schemas as they came. */
import type { JsonObject } from '../../../../core/index.js';
import { CopyButton } from '../parts/copy-button.js';
import { shownLines, shownText } from '../text/shown-text.js';
import { parametersOf, type Parameter } from './parameter.js';

/** What is drawn of a schema. */
const LONGEST_SCHEMA = 50_000;

/** What a tool takes. */
export function ParameterList({ schema }: { schema: JsonObject }) {
  const parameters = parametersOf(schema);
  if (parameters.length === 0) return <p class="hint">It takes no parameters.</p>;
  return (
    <dl class="parameters">
      {parameters.map((parameter) => (
        <ParameterEntry key={parameter.name} {...parameter} />
      ))}
    </dl>
  );
}

function ParameterEntry({ name, type, required, description }: Parameter) {
  return (
    <div>
      <dt>
        <code class="mono">{shownText(name, 80)}</code> <span class="type">{shownText(type, 120)}</span>
        {required && <span class="must">must be given</span>}
      </dt>
      {description !== '' && <dd>{shownText(description, 600)}</dd>}
    </div>
  );
}

/** A schema as JSON text, shown on demand. */
export function SchemaText({ title, schema }: { title: string; schema: JsonObject }) {
  const text = JSON.stringify(schema, null, 2);
  return (
    <details class="schema">
      <summary>{title}</summary>
      <CopyButton text={text} />
      <pre class="output" tabIndex={0} aria-label={title}>
        {shownLines(text, LONGEST_SCHEMA)}
      </pre>
    </details>
  );
}
