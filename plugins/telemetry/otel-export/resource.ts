/** Who the traces and metrics are from. Of the process only what names it: its command line may hold secrets. */
import { randomUUID } from 'node:crypto';

import type { Resource } from '@opentelemetry/resources';

import type { ExportOptions } from './export-options.js';

/** The same for as long as the process lives. */
const INSTANCE_ID = randomUUID();

/** What is said beats the environment (`OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES`), which beats the defaults. */
export async function resourceOf({
  serviceName,
  serviceVersion,
  attributes = {},
}: ExportOptions): Promise<Resource> {
  const { defaultResource, detectResources, envDetector, resourceFromAttributes } =
    await import('@opentelemetry/resources');
  const own = { 'service.name': 'toolscript', 'service.instance.id': INSTANCE_ID };
  const said = {
    ...(serviceVersion !== undefined && { 'service.version': serviceVersion }),
    ...attributes,
    ...(serviceName !== undefined && { 'service.name': serviceName }),
  };
  return defaultResource()
    .merge(resourceFromAttributes(own))
    .merge(detectResources({ detectors: [envDetector] }))
    .merge(resourceFromAttributes(said));
}
