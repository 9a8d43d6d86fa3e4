/** Reads the page of metrics of a running gateway: within a time, within a size, from there and nowhere else. */
import { ToolscriptError } from '../../../core/index.js';
import { Metrics } from './metrics.js';
import { readPrometheusText } from './prometheus-text.js';

/** What bounds the reading. */
export interface PageBounds {
  readonly withinMs: number;
  readonly bytes: number;
}

const BOUNDS: PageBounds = { withinMs: 5_000, bytes: 16 * 1024 * 1024 };

/** Rejects with `backend/unavailable`, in words for whoever asked. */
export async function readMetrics(url: URL, bounds: PageBounds = BOUNDS): Promise<Metrics> {
  const page = await readPage(url, bounds);
  const metrics = metricsOf(page);
  if (metrics instanceof SyntaxError) throw failure(url, `found no page of metrics: ${metrics.message}`);
  if (!metrics.hasAny('toolscript_') && !metrics.hasAny('target_info')) {
    throw failure(url, 'found metrics of something else, wanted those of a gateway');
  }
  return metrics;
}

async function readPage(url: URL, { withinMs, bytes }: PageBounds): Promise<string> {
  const late = AbortSignal.timeout(withinMs);
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: late,
      headers: { accept: 'text/plain; version=0.0.4' },
    });
    if (response.ok) return await boundedText(response, url, bytes);
    await response.body?.cancel();
    throw failure(url, `found status ${String(response.status)}, wanted a page of metrics`);
  } catch (problem) {
    if (problem instanceof ToolscriptError) throw problem;
    if (late.aborted) throw failure(url, `found no whole page within ${String(withinMs)} ms`);
    throw failure(url, reasonOf(problem));
  }
}

async function boundedText(response: Response, url: URL, most: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > most) throw failure(url, `found more than ${String(most)} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function metricsOf(page: string): Metrics | SyntaxError {
  try {
    return new Metrics(readPrometheusText(page));
  } catch (problem) {
    if (problem instanceof SyntaxError) return problem;
    throw problem;
  }
}

const SWITCHED_ON = 'a gateway shows its metrics where its manifest says {"telemetry": {"prometheus": {}}}';

/** The network's words hold an address at the most; what fetch itself says of it is no help. */
function reasonOf(problem: unknown): string {
  const cause = problem instanceof Error ? problem.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no connection';
  return code === 'ECONNREFUSED' ? `nobody listens there; ${SWITCHED_ON}` : `found ${code}`;
}

function failure(url: URL, met: string): ToolscriptError {
  const message = `read metrics of ${url.origin}${url.pathname}: ${met}`;
  return new ToolscriptError({ code: 'backend/unavailable', message });
}
