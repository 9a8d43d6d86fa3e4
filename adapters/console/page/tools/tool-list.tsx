/** The catalogue: the tools that scripts can call, found as the server finds them. */
import { useEffect, useState } from 'preact/hooks';
import type { ConsoleTool } from '../../api.js';
import { tools } from '../link/live.js';
import { replaceRoute } from '../link/place.js';
import { ask } from '../link/request.js';
import { useStore } from '../link/store.js';
import { own } from './parameter.js';
import { ParameterList, SchemaText } from './schema-view.js';
import { plural } from '../text/figures.js';
import { shownLines, shownText } from '../text/shown-text.js';

/** Tools that are drawn before more are asked for. */
const AT_ONCE = 100;

const SEARCH_WAIT_MS = 200;

/** All tools, or those that a search found, the best first. */
export function ToolList({ search }: { search: string }) {
  const all = useStore(tools);
  const [words, setWords] = useState(search);
  const [most, setMost] = useState(AT_ONCE);
  const found = useFound(words);
  useEffect(() => setWords(search), [search]);
  const shown = found ?? all;
  return (
    <div class="tools-page">
      <div class="toolbar">
        <h1>Tools</h1>
        <input
          type="search"
          class="search"
          placeholder="What should a tool do?"
          aria-label="Search the tools"
          data-search
          value={words}
          onInput={(event) => {
            setWords(event.currentTarget.value);
            replaceRoute({ place: 'tools', search: event.currentTarget.value });
          }}
        />
        <span class="hint" role="status">
          {found === undefined ? plural(all.length, 'tool') : `${found.length} found, the best first`}
        </span>
      </div>
      {all.length === 0 && (
        <p class="hint">No server has told its tools yet. The page Servers says how they stand.</p>
      )}
      <ul class="tools">
        {shown.slice(0, most).map((tool) => (
          <ToolEntry key={tool.name} tool={tool} />
        ))}
      </ul>
      {shown.length > most && (
        <button type="button" onClick={() => setMost(most + AT_ONCE)}>
          Show more
        </button>
      )}
    </div>
  );
}

/** What the server found; undefined without words. */
function useFound(words: string): readonly ConsoleTool[] | undefined {
  const [found, setFound] = useState<readonly ConsoleTool[]>();
  useEffect(() => {
    const wanted = words.trim();
    if (wanted === '') {
      setFound(undefined);
      return undefined;
    }
    const leave = new AbortController();
    const timer = setTimeout(() => {
      ask<ConsoleTool[]>(`tools?${new URLSearchParams({ search: wanted }).toString()}`, {
        signal: leave.signal,
      }).then(setFound, () => undefined);
    }, SEARCH_WAIT_MS);
    return () => {
      clearTimeout(timer);
      leave.abort();
    };
  }, [words]);
  return found;
}

const HINTS = [
  ['readOnlyHint', 'only reads'],
  ['destructiveHint', 'may destroy'],
  ['idempotentHint', 'may be repeated'],
] as const;

function ToolEntry({ tool }: { tool: ConsoleTool }) {
  const [open, setOpen] = useState(false);
  const hints = HINTS.filter(
    ([hint]) => tool.annotations !== undefined && own(tool.annotations, hint) === true,
  );
  return (
    <li class="tool">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <code class="signature">{shownText(tool.signature, 400)}</code>
          <span class="tool-line">
            {tool.backend !== undefined && <span class="server-name">{shownText(tool.backend, 40)}</span>}
            <span class="tool-about">{shownText(tool.description, 180)}</span>
          </span>
        </summary>
        {open && (
          <div class="tool-body">
            {tool.name !== tool.scriptName && (
              <p class="hint">
                Its own name is <code class="mono">{shownText(tool.name, 300)}</code>.
              </p>
            )}
            {tool.description !== '' && <p class="tool-text">{shownLines(tool.description, 8_000)}</p>}
            {hints.length > 0 && (
              <p class="hint">Its server says: {hints.map(([, words]) => words).join(', ')}.</p>
            )}
            <ParameterList schema={tool.inputSchema} />
            <SchemaText title="Input schema" schema={tool.inputSchema} />
            {tool.outputSchema !== undefined && (
              <SchemaText title="Output schema" schema={tool.outputSchema} />
            )}
          </div>
        )}
      </details>
    </li>
  );
}
