/** What each event adds to the metrics that are called as ToolHive calls them; measured before ours. */
import type { EventName, Events } from '../../../core/index.js';
import type { Instruments } from './instruments.js';
import type { Memory } from './measures.js';
import type { TOOLHIVE_METRICS } from './metric-table.js';
import { CONVENTION, TOOLS_CALL } from './names.js';
import { methodOf } from './request-target.js';
import { statusOfFinished, toolhiveStatus } from './run-status.js';

type Measure<N extends EventName> = (
  theirs: Instruments<typeof TOOLHIVE_METRICS>,
  event: Events[N],
  memory: Memory,
) => void;

/** What ToolHive calls the server that is told of. */
const SERVER = 'toolscript';

/** Event to measure. */
export const TOOLHIVE_MEASURES: { readonly [N in EventName]?: Measure<N> } = {
  'script.finished': (theirs, { code, usage }) => {
    const status = toolhiveStatus(statusOfFinished(code));
    theirs.executions.add(1, { status });
    theirs.duration.record(usage.wallTimeMs / 1_000, { status });
    theirs.toolCalls.record(usage.toolCalls);
    theirs.parallel.add(usage.branches);
  },

  'request.finished': (theirs, event, { names }) => {
    const { code, method, target, ranMs } = event;
    const status = code === 'ok' ? 'success' : 'error';
    const transport = event.transport === 'stdio' ? 'stdio' : 'streamable-http';
    const kind = method === TOOLS_CALL ? 'tool' : method === 'prompts/get' ? 'prompt' : undefined;
    const name = kind === undefined || target === undefined ? '' : names[kind].asked(target, code);
    const attributes = {
      server: SERVER,
      mcp_method: methodOf(event),
      mcp_resource_id: name,
      status,
      transport,
    };
    theirs.requests.add(1, attributes);
    theirs.requestDuration.record(ranMs / 1_000, attributes);
    if (kind === 'tool') theirs.calls.add(1, { server: SERVER, tool: name, status });
  },

  'tool.called': (theirs, { callId, tool, backend, code, ranMs }, { names, calls }) => {
    if (backend === undefined || calls.get(callId) === undefined) return;
    const name = names.tool.of(tool);
    const attributes = {
      'target.workload_name': names.backend.of(backend),
      action: 'call_tool',
      [CONVENTION.method]: TOOLS_CALL,
      tool_name: name,
      [CONVENTION.tool]: name,
    };
    theirs.backendRequests.add(1, attributes);
    theirs.backendDuration.record(ranMs / 1_000, attributes);
    if (code !== 'ok' && code !== 'tool/failed') theirs.backendErrors.add(1, attributes);
  },
};
