/** The listeners of a process: whoever wants the same host and port shares one, and who comes next takes it over. */
import type { PrometheusOptions } from './export-options.js';
import { MetricsDoor, type MetricsPage, type MetricsText } from './metrics-door.js';

/** A page that is answered. */
export interface OpenPage {
  readonly url: string;
  close(): Promise<void>;
}

const DEFAULT_PORT = 9_464;

/** Of one process. */
export class MetricsDoors {
  readonly #doors = new Map<string, Promise<MetricsDoor>>();

  /** Rejects with an `ExportError` when it cannot listen there. */
  async open(options: PrometheusOptions, text: MetricsText): Promise<OpenPage> {
    const { host = '127.0.0.1', port = DEFAULT_PORT, path = '/metrics', allowedHosts = [] } = options;
    const key = `${host} ${String(port)}`;
    const opening = this.#doorAt(key, host, port);
    const door = await opening;
    // Its last page may have left meanwhile.
    if (this.#doors.get(key) !== opening) return this.open(options, text);
    const page: MetricsPage = { path, allowedHosts, text };
    door.add(page);
    return { url: door.url(path), close: () => this.#leave(key, door, page) };
  }

  #doorAt(key: string, host: string, port: number): Promise<MetricsDoor> {
    const known = this.#doors.get(key);
    if (known !== undefined) return known;
    const door = MetricsDoor.open(host, port);
    this.#doors.set(key, door);
    door.catch(() => this.#doors.delete(key));
    return door;
  }

  async #leave(key: string, door: MetricsDoor, page: MetricsPage): Promise<void> {
    if (door.remove(page)) return;
    this.#doors.delete(key);
    await door.close();
  }
}
