/** What may change only on purpose: names and numbers that others rely on, as literals. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import * as core from '../../core/index.js';
import * as testing from '../../core/testing/index.js';
import type { EventName } from '../../core/index.js';

describe('pins', () => {
  it('error codes', () => {
    expect(Object.keys(core.ERROR_CODES)).to.deep.equal([
      'script/syntax',
      'script/name',
      'script/runtime',
      'limit/steps',
      'limit/wall-time',
      'limit/memory',
      'limit/depth',
      'limit/tool-calls',
      'limit/output',
      'limit/logs',
      'limit/script-size',
      'limit/refused',
      'tool/failed',
      'tool/timeout',
      'tool/denied',
      'tool/unknown',
      'tool/arguments',
      'context/unknown',
      'context/failed',
      'context/denied',
      'backend/unavailable',
      'request/invalid',
      'config/invalid',
      'cancelled',
      'internal',
    ]);
  });

  it('default limits', () => {
    expect(core.DEFAULT_LIMITS).to.deep.equal({
      steps: 1_000_000,
      wallTimeMs: 60_000,
      toolCallTimeoutMs: 30_000,
      parallel: 10,
      toolCalls: 1_000,
      memoryBytes: 134_217_728,
      valueBytes: 16_777_216,
      callDepth: 200,
      outputBytes: 1_048_576,
      logBytes: 65_536,
      scriptBytes: 262_144,
      dataBytes: 4_194_304,
    });
  });

  it('default limits lie within their ranges', () => {
    expect(core.limitFaults(core.DEFAULT_LIMITS)).to.deep.equal([]);
    expect(Object.keys(core.LIMIT_RANGES)).to.deep.equal(Object.keys(core.DEFAULT_LIMITS));
  });

  it('event names', () => {
    const names: Record<EventName, true> = {
      'service.started': true,
      'request.started': true,
      'request.finished': true,
      'script.started': true,
      'script.refused': true,
      'script.finished': true,
      'tool.queued': true,
      'tool.started': true,
      'tool.called': true,
      'limit.met': true,
      'context.denied': true,
      'tools.found': true,
      'savings.measured': true,
      'catalog.changed': true,
      'index.failed': true,
      'backend.changed': true,
      'sink.muted': true,
      'sink.changed': true,
      'sink.dropped': true,
    };
    expect(Object.keys(names)).to.have.length(19);
  });

  it('the algorithms by which tokens may be signed', () => {
    expect(core.TOKEN_ALGORITHMS.join(' ')).to.equal(
      'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519',
    );
  });

  it('the version, which is that of the package', () => {
    const file = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    expect(core.VERSION).to.equal((JSON.parse(file) as { version: string }).version);
  });

  it('the name of the tool', () => {
    expect(core.SCRIPT_TOOL_NAME).to.equal('execute_tool_script');
  });

  it("the values at the core's door", () => {
    expect(Object.keys(core).sort()).to.deep.equal([
      'ANONYMOUS',
      'CONTENT_KINDS',
      'DEFAULT_LIMITS',
      'ERROR_CODES',
      'LIMIT_RANGES',
      'LOG_LEVELS',
      'LONGEST_QUERY',
      'MAX_PATTERN_LENGTH',
      'MORE',
      'Meter',
      'SCRIPT_TOOL_NAME',
      'SourceLines',
      'TOKEN_ALGORITHMS',
      'ToolCatalog',
      'ToolscriptError',
      'VERSION',
      'clientRefusal',
      'codedResult',
      'completeLimits',
      'createCodeMode',
      'createRedaction',
      'defaultLimits',
      'definePlugin',
      'defineTool',
      'estimatedTokens',
      'estimatedTokensOf',
      'failureOf',
      'findTool',
      'fitsPattern',
      'fittedTexts',
      'isClientQuestion',
      'isJsonArray',
      'isJsonObject',
      'isLogLevel',
      'limitFaults',
      'missingCapability',
      'nearestName',
      'noSuchTool',
      'noTools',
      'oneLine',
      'passesLevel',
      'plainIndex',
      'plainJson',
      'quotedText',
      'redactSecrets',
      'resultCode',
      'scriptSearch',
      'setKey',
      'silentSink',
      'spanIdOf',
      'systemClock',
      'toolShape',
      'toolWriter',
      'traceContextOf',
      'traceIdOf',
      'unknownContext',
      'withTrace',
    ]);
  });

  it("the values at the tests' door", () => {
    expect(Object.keys(testing).sort()).to.deep.equal([
      'DISPATCHER_CHECK_NAMES',
      'HandClock',
      'INDEX_CHECK_NAMES',
      'POLICY_CHECK_NAMES',
      'RUNTIME_CHECK_NAMES',
      'RecordingHost',
      'RecordingSink',
      'ScriptedDispatcher',
      'dispatcherChecks',
      'indexChecks',
      'jsonResult',
      'policyChecks',
      'runtimeChecks',
      'sampleEvents',
      'settled',
      'sinkChecks',
      'textResult',
    ]);
  });
});
