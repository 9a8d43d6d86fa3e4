/**
 * The packages of OpenTelemetry's SDK: optional, loaded where something is exported, and only those that it
 * takes. Newer major versions want a newer Node, so the words to install them name versions.
 */
import type { ExportOptions } from './export-options.js';
import type { Target } from './signals.js';

/** Each package, in the version that is installed, and how it is loaded. */
const PACKAGES = {
  resources: ['@opentelemetry/resources@2', () => import('@opentelemetry/resources')],
  traces: ['@opentelemetry/sdk-trace-base@2', () => import('@opentelemetry/sdk-trace-base')],
  metrics: ['@opentelemetry/sdk-metrics@2', () => import('@opentelemetry/sdk-metrics')],
  'traces as protobuf': [
    '@opentelemetry/exporter-trace-otlp-proto@0.223',
    () => import('@opentelemetry/exporter-trace-otlp-proto'),
  ],
  'traces as json': [
    '@opentelemetry/exporter-trace-otlp-http@0.223',
    () => import('@opentelemetry/exporter-trace-otlp-http'),
  ],
  'metrics as protobuf': [
    '@opentelemetry/exporter-metrics-otlp-proto@0.223',
    () => import('@opentelemetry/exporter-metrics-otlp-proto'),
  ],
  'metrics as json': [
    '@opentelemetry/exporter-metrics-otlp-http@0.223',
    () => import('@opentelemetry/exporter-metrics-otlp-http'),
  ],
  prometheus: [
    '@opentelemetry/exporter-prometheus@0.223',
    () => import('@opentelemetry/exporter-prometheus'),
  ],
} as const satisfies Record<string, readonly [string, () => Promise<object>]>;

type Part = keyof typeof PACKAGES;

/** What must be installed for these exports and is not, as `npm install` takes it. */
export async function missingPackages(
  targets: readonly Target[],
  prometheus: ExportOptions['prometheus'],
): Promise<string[]> {
  const wanted = [...new Set([...targets.flatMap(partsOf), ...(prometheus ? PROMETHEUS : [])])];
  const found = await Promise.all(wanted.map(isMissing));
  return wanted.filter((_part, index) => found[index]).map((part) => PACKAGES[part][0]);
}

const PROMETHEUS: readonly Part[] = ['resources', 'metrics', 'prometheus'];

function partsOf({ signal, protocol }: Target): Part[] {
  return ['resources', signal, ...(protocol === 'grpc' ? [] : [`${signal} as ${protocol}` as const])];
}

/** A package that is there and fails to load is not missing: it fails where it is used. */
async function isMissing(part: Part): Promise<boolean> {
  try {
    await PACKAGES[part][1]();
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
  }
}
