/** What a run has used of what it may use, for those limits that fill as it runs. */
import type { LimitName, Usage } from '../../../../core/index.js';
import type { RunRecord } from '../../api.js';
import { bytesText, countText, durationText } from '../text/figures.js';
import { reachedMs } from './run-clock.js';

/** One limit as a bar. */
export interface LimitRow {
  readonly name: LimitName;
  readonly label: string;
  readonly used: string;
  readonly most: string;
  /** Of 1; never above. */
  readonly share: number;
  readonly state: 'ample' | 'near' | 'met';
}

type Figure = (usage: Usage, run: RunRecord, now: number) => number;

const ROWS: readonly (readonly [LimitName, string, Figure, (figure: number) => string])[] = [
  ['wallTimeMs', 'Wall time', wallTime, durationText],
  ['steps', 'Steps', ({ steps }) => steps, countText],
  ['toolCalls', 'Tool calls', ({ toolCalls }) => toolCalls, countText],
  ['parallel', 'At once', ({ parallelPeak }) => parallelPeak, countText],
  ['memoryBytes', 'Memory', ({ memoryBytes }) => memoryBytes, bytesText],
  ['outputBytes', 'Result', ({ outputBytes }) => outputBytes, bytesText],
  ['logBytes', 'Logs', ({ logBytes }) => logBytes, bytesText],
  ['scriptBytes', 'Script', (_, { scriptBytes }) => scriptBytes, bytesText],
];

/** The error that says that a limit was met. */
const MET: Partial<Record<string, LimitName>> = {
  'limit/wall-time': 'wallTimeMs',
  'limit/steps': 'steps',
  'limit/tool-calls': 'toolCalls',
  'limit/memory': 'memoryBytes',
  'limit/output': 'outputBytes',
  'limit/logs': 'logBytes',
  'limit/script-size': 'scriptBytes',
};

/** From here on a limit is told to be near. */
const NEAR = 0.8;

/** The limits of a run by now; none for one that was refused before it had any. */
export function limitRows(run: RunRecord, now: number): LimitRow[] {
  const { limits, usage } = run;
  if (limits === undefined) return [];
  const met = MET[run.error?.code ?? run.code ?? ''];
  return ROWS.map(([name, label, figure, text]) => {
    const used = figure(usage, run, now);
    const share = Math.min(1, Math.max(0, limits[name] > 0 ? used / limits[name] : 0));
    // As many calls at once as may be is what is wanted, no warning.
    const state = name === met ? 'met' : share >= NEAR && name !== 'parallel' ? 'near' : 'ample';
    return { name, label, used: text(used), most: text(limits[name]), share, state };
  });
}

function wallTime({ wallTimeMs }: Usage, run: RunRecord, now: number): number {
  return run.state === 'running' ? reachedMs(run, now) : wallTimeMs;
}
