declare module 'parse-prometheus-text-format' {
  /** Reads Prometheus' text format. */
  export default function parsePrometheusTextFormat(text: string): unknown;
}
