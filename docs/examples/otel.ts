import { metrics, trace } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { createCodeMode, defineTool } from 'toolscript';
import { createOtelSink } from 'toolscript/plugins/telemetry/otel';

// What your service has already: an SDK that is registered. Here it keeps everything in memory.
const spans = new InMemorySpanExporter();
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }));
const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const meterProvider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] });
metrics.setGlobalMeterProvider(meterProvider);

const stock = defineTool({
  name: 'stock',
  inputSchema: { type: 'object', properties: { item: { type: 'string' } }, required: ['item'] },
  call: () => 3,
});

// All that is added.
const codeMode = await createCodeMode({ tools: [stock], sinks: [createOtelSink()] });

await codeMode.run({ script: 'return sum([stock(item = i) for i in ["nut", "bolt"]])' });
await codeMode.close();

for (const { name, parentSpanContext } of spans.getFinishedSpans())
  console.log(name, parentSpanContext === undefined ? '(root)' : '(child)');
await meterProvider.forceFlush();
const measured = exporter.getMetrics().flatMap((each) => each.scopeMetrics.flatMap((scope) => scope.metrics));
const calls = measured.find(({ descriptor }) => descriptor.name === 'toolscript.tool.calls');
console.log(calls?.dataPoints.map(({ attributes, value }) => ({ ...attributes, value })));
await meterProvider.shutdown();

//> tools/call stock (child)
//> tools/call stock (child)
//> script.run (root)
//> [ { mode: 'script', status: 'succeeded', value: 2 } ]
