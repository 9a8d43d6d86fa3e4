/** What may be said of an export; what is left out is read from the standard variables `OTEL_*`. */
import type { Clock } from '../../../core/index.js';

/** How OTLP is written on the wire, always over HTTP. */
export type OtlpProtocol = 'protobuf' | 'json';

/** Where traces and metrics are sent, by OTLP over HTTP. */
export interface OtlpOptions {
  /** The receiver's address, to which `/v1/traces` and `/v1/metrics` are added. Default: `http://localhost:4318`. */
  readonly endpoint?: string;
  /** Default: `protobuf`. */
  readonly protocol?: OtlpProtocol;
  /** HTTP headers to send along, beside those of the environment. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: `none`. */
  readonly compression?: 'gzip' | 'none';
  /** Milliseconds that one export may take, repetitions included. Default: 10,000. */
  readonly timeoutMs?: number;
  /** Whether traces are sent. Default: true. */
  readonly traces?: boolean;
  /** Whether metrics are sent. Default: true. */
  readonly metrics?: boolean;
  /** How many of the traces that begin here are kept, 0 to 1. One that began elsewhere was decided there. Default: 1. */
  readonly sampleRatio?: number;
  /** Milliseconds between two exports of metrics. Default: 60,000. */
  readonly intervalMs?: number;
  /** Milliseconds that a finished span waits for others at the most. Default: 5,000. */
  readonly delayMs?: number;
  /** How many finished spans may wait; what comes beyond is lost, and counted. Default: 2,048. */
  readonly queueSpans?: number;
}

/** Where metrics are scraped. */
export interface PrometheusOptions {
  /** Default: `127.0.0.1`. */
  readonly host?: string;
  /** 0 takes a free one. Default: 9464. */
  readonly port?: number;
  /** Default: `/metrics`. */
  readonly path?: string;
  /** Host names by which scrapers may come, beside `localhost` and plain addresses. */
  readonly allowedHosts?: readonly string[];
}

/** What is exported, and where to. */
export interface ExportOptions {
  /** `service.name`. Default: `toolscript`. */
  readonly serviceName?: string;
  /** `service.version`. */
  readonly serviceVersion?: string;
  /** Further attributes of the resource that all traces and metrics belong to. */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  /** Default: on where `OTEL_EXPORTER_OTLP_ENDPOINT`, or the one of a signal, is set. */
  readonly otlp?: OtlpOptions;
  /** Default: off. */
  readonly prometheus?: PrometheusOptions;
  /** Milliseconds that flushing or closing may take. Default: 4,000. */
  readonly closeMs?: number;
}

/** Who hears of an export. */
export interface ExportHost {
  /** Takes a line on what goes wrong, and on what is mended: one each time that it changes. */
  readonly report?: (line: string) => void;
  /** Default: the machine's. */
  readonly clock?: Clock;
}
