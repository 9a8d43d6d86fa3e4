/** What keeps an export from starting. */
import { validateHeaderName, validateHeaderValue } from 'node:http';

import { ToolscriptError } from '../../../core/index.js';
import type { ExportOptions } from './export-options.js';
import { missingPackages } from './packages.js';
import { targetsOf, type Target } from './signals.js';

/** One fault, and the option that is at fault. */
export interface ExportFault {
  readonly path: readonly string[];
  readonly message: string;
}

/** An export that cannot start: `config/invalid`. */
export class ExportError extends ToolscriptError {
  readonly faults: readonly ExportFault[];

  constructor(faults: readonly ExportFault[], options?: { cause: unknown }) {
    const texts = faults.map(({ path, message }) => [...path, message].join(' '));
    super({ code: 'config/invalid', message: `export telemetry: ${texts.join('; ')}` }, options);
    this.faults = faults;
  }
}

/** Every fault that can be found without starting anything. */
export async function exportFaults(options: ExportOptions): Promise<ExportFault[]> {
  const targets = targetsOf(options);
  return [
    ...targets.flatMap(targetFaults),
    ...headerFaults(options),
    ...packageFaults(await missingPackages(targets, options.prometheus)),
  ];
}

function targetFaults({ signal, url, protocol }: Target): ExportFault[] {
  const path = ['otlp'];
  const faults: ExportFault[] = [];
  if (protocol === 'grpc') {
    const message = `found grpc in OTEL_EXPORTER_OTLP_PROTOCOL for ${signal}, wanted http/protobuf or http/json`;
    faults.push({ path, message });
  }
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    const message = `found an endpoint for ${signal} that cannot be read, wanted http:// or https://`;
    faults.push({ path, message });
  }
  return faults;
}

/** A header's value is never told: it may be a secret. */
function headerFaults({ otlp: { headers = {} } = {} }: ExportOptions): ExportFault[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
      return [];
    } catch {
      return [{ path: ['otlp', 'headers', name], message: 'found what no HTTP header may hold' }];
    }
  });
}

function packageFaults(missing: readonly string[]): ExportFault[] {
  if (missing.length === 0) return [];
  const message = `found packages that are not installed, wanted: npm install ${missing.join(' ')}`;
  return [{ path: [], message }];
}
