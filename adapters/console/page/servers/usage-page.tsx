/** Scripts and direct calls over time, and what scripts saved. */
import type { UsageBucket } from '../../api.js';
import { usage } from '../link/live.js';
import { useStore } from '../link/store.js';
import { Panel } from '../parts/panel.js';
import { countText, durationText, plural } from '../text/figures.js';
import { usageChart, usageTotal } from './usage-chart.js';

const WIDTH = 720;
const HEIGHT = 160;

/** The page of usage. */
export function UsagePage() {
  const buckets = useStore(usage);
  const total = usageTotal(buckets);
  const calls = total.scriptCalls + total.directCalls;
  return (
    <div class="usage-page">
      <div class="toolbar">
        <h1>Usage</h1>
      </div>
      <dl class="totals">
        <Total name="Scripts" figure={countText(total.scripts)} note={`${countText(total.failed)} failed`} />
        <Total
          name="Calls by scripts"
          figure={countText(total.scriptCalls)}
          note={share(total.scriptCalls, calls)}
        />
        <Total
          name="Direct calls"
          figure={countText(total.directCalls)}
          note={share(total.directCalls, calls)}
        />
        <Total name="Tokens saved" figure={`≈ ${countText(total.savedTokens)}`} note="not read by a model" />
      </dl>
      <Panel title="Calls over time" aside={<ChartKey />}>
        {calls === 0 ? (
          <p class="hint">No tool was called since the console was opened. Calls are counted as they come.</p>
        ) : (
          <Chart buckets={buckets} />
        )}
      </Panel>
    </div>
  );
}

function Total({ name, figure, note }: { name: string; figure: string; note: string }) {
  return (
    <div class="total">
      <dt>{name}</dt>
      <dd>
        <b>{figure}</b> <span class="hint">{note}</span>
      </dd>
    </div>
  );
}

function Chart({ buckets }: { buckets: readonly UsageBucket[] }) {
  const { bars, most, beginsAt } = usageChart(buckets, WIDTH, HEIGHT);
  const last = bars.at(-1)?.bucket;
  return (
    <figure class="chart">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT + 2}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words(buckets)}
      >
        <line class="chart-line" x1="0" x2={WIDTH} y1={HEIGHT + 1} y2={HEIGHT + 1} />
        {bars.map(({ bucket, x, width, scriptHeight, directHeight }) => (
          <g key={bucket.at}>
            <title>{bucketWords(bucket)}</title>
            <rect
              class="by-script"
              x={x + 1}
              y={HEIGHT - scriptHeight}
              width={width - 2}
              height={scriptHeight}
            />
            <rect
              class="direct"
              x={x + 1}
              y={HEIGHT - scriptHeight - directHeight}
              width={width - 2}
              height={directHeight}
            />
          </g>
        ))}
      </svg>
      <figcaption>
        <span>{timeText(beginsAt)}</span>
        <span>
          at most {plural(most, 'call')} in {last === undefined ? '' : durationText(last.spanMs)}
        </span>
        <span>{last !== undefined && timeText(last.at + last.spanMs)}</span>
      </figcaption>
    </figure>
  );
}

function ChartKey() {
  return (
    <ul class="key" aria-label="Key">
      <li>
        <span class="swatch by-script" /> by scripts
      </li>
      <li>
        <span class="swatch direct" /> direct
      </li>
    </ul>
  );
}

function words(buckets: readonly UsageBucket[]): string {
  const { scriptCalls, directCalls } = usageTotal(buckets);
  return `${plural(scriptCalls, 'call')} by scripts and ${plural(directCalls, 'direct call')} over time`;
}

function bucketWords({ at, scriptCalls, directCalls, scripts }: UsageBucket): string {
  return `${timeText(at)}: ${plural(scripts, 'script')}, ${plural(scriptCalls, 'call')} by scripts, ${plural(directCalls, 'direct call')}`;
}

function timeText(at: number): string {
  return new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

function share(part: number, whole: number): string {
  return whole === 0 ? '' : `${Math.round((100 * part) / whole)} % of all`;
}
