/**
 * What is to be exported, by the options and by the standard variables of the environment.
 *
 * The exporters read the rest of the variables by themselves: headers, time-outs, compression, certificates.
 */
import type { ExportOptions, OtlpProtocol } from './export-options.js';

/** What OTLP carries here. */
export type Signal = 'traces' | 'metrics';

/** Where one signal goes. */
export interface Target {
  readonly signal: Signal;
  readonly url: string;
  /** `grpc`, which is not spoken here, only from the environment. */
  readonly protocol: OtlpProtocol | 'grpc';
}

const DEFAULT_ENDPOINT = 'http://localhost:4318';

/** Each signal's target; none for what is off. */
export function targetsOf(options: ExportOptions): Target[] {
  if (variable('OTEL_SDK_DISABLED')?.toLowerCase() === 'true') return [];
  return (['traces', 'metrics'] as const)
    .filter((signal) => isOn(signal, options))
    .map((signal) => ({
      signal,
      url: urlOf(signal, options),
      protocol: protocolOf(signal, options),
    }));
}

/** The address without what may be secret in it. */
export function shownUrl(url: string): string {
  if (!URL.canParse(url)) return 'an address that cannot be read';
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

/** A variable of the environment; an empty one is none (OpenTelemetry, environment variables). */
export function variable(name: string): string | undefined {
  return process.env[name]?.trim() || undefined;
}

/** A variable that is a whole number above zero. */
export function countVariable(name: string): number | undefined {
  const count = Number(variable(name));
  return Number.isSafeInteger(count) && count > 0 ? count : undefined;
}

function isOn(signal: Signal, { otlp }: ExportOptions): boolean {
  const said = otlp?.[signal];
  if (said !== undefined) return said;
  if (variable(`OTEL_${signal.toUpperCase()}_EXPORTER`)?.toLowerCase() === 'none') return false;
  return otlp !== undefined || endpointVariable(signal) !== undefined;
}

function urlOf(signal: Signal, { otlp }: ExportOptions): string {
  if (otlp?.endpoint !== undefined) return signalUrl(otlp.endpoint, signal);
  return endpointVariable(signal) ?? signalUrl(DEFAULT_ENDPOINT, signal);
}

/** The variable of one signal is the whole address; the common one is its beginning. */
function endpointVariable(signal: Signal): string | undefined {
  const common = variable('OTEL_EXPORTER_OTLP_ENDPOINT');
  return (
    variable(`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT`) ??
    (common === undefined ? undefined : signalUrl(common, signal))
  );
}

function signalUrl(endpoint: string, signal: Signal): string {
  if (!URL.canParse(endpoint)) return endpoint;
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/v1/${signal}`;
  return url.href;
}

const PROTOCOLS: ReadonlyMap<string | undefined, Target['protocol']> = new Map([
  ['http/json', 'json'],
  ['grpc', 'grpc'],
]);

function protocolOf(signal: Signal, { otlp }: ExportOptions): Target['protocol'] {
  const said =
    variable(`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_PROTOCOL`) ??
    variable('OTEL_EXPORTER_OTLP_PROTOCOL');
  return otlp?.protocol ?? PROTOCOLS.get(said) ?? 'protobuf';
}
