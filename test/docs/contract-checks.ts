/** The names of each contract's checks, in the order in which they run. */
import {
  DISPATCHER_CHECK_NAMES,
  INDEX_CHECK_NAMES,
  POLICY_CHECK_NAMES,
  RUNTIME_CHECK_NAMES,
  RecordingSink,
  sinkChecks,
} from '../../core/testing/index.js';

export const CHECKS: Readonly<Record<string, readonly string[]>> = {
  ScriptRuntime: RUNTIME_CHECK_NAMES,
  ToolDispatcher: DISPATCHER_CHECK_NAMES,
  LimitPolicy: POLICY_CHECK_NAMES,
  ToolIndex: INDEX_CHECK_NAMES,
  TelemetrySink: sinkChecks({ make: () => new RecordingSink(), written: () => '' }).map(({ name }) => name),
};
