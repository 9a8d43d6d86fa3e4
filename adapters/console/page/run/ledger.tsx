/** What became of the calls, tool by tool. */
import { useMemo } from 'preact/hooks';
import type { CallBar } from '../../api.js';
import { bytesText, durationText } from '../text/figures.js';
import { shownText } from '../text/shown-text.js';
import { callTally, type ToolTally } from './call-tally.js';

/** Tools that are listed. */
const MOST_TOOLS = 100;

/** A table with a row for each tool that was called. */
export function Ledger({ calls }: { calls: readonly CallBar[] }) {
  const tallies = useMemo(() => callTally(calls), [calls]);
  if (tallies.length === 0) return <p class="hint">No tool was called.</p>;
  return (
    <div class="scroll-x">
      <table class="ledger">
        <thead>
          <tr>
            <th scope="col">Tool</th>
            <th scope="col">Calls</th>
            <th scope="col">What became of them</th>
            <th scope="col">Ran</th>
            <th scope="col">Answered</th>
          </tr>
        </thead>
        <tbody>
          {tallies.slice(0, MOST_TOOLS).map((tally) => (
            <tr key={`${tally.backend ?? ''}\n${tally.tool}`}>
              <th scope="row" class="mono clip">
                {shownText(tally.tool, 80)}
              </th>
              <td class="figure">{tally.calls}</td>
              <td>{became(tally)}</td>
              <td class="figure">{durationText(tally.ranMs)}</td>
              <td class="figure">{bytesText(tally.resultBytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function became({ failed, unknown, unsent }: ToolTally) {
  if (failed + unknown + unsent === 0) return <span class="hint">all answered</span>;
  return [
    failed > 0 && <span class="failed-text">{failed} failed </span>,
    unknown > 0 && <span class="near-text">{unknown} unknown </span>,
    unsent > 0 && <span class="hint">{unsent} never sent</span>,
  ];
}
