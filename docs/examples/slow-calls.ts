import { definePlugin } from 'toolscript';

export default definePlugin({
  kind: 'sink',
  name: 'slow-calls',
  create: () => ({
    record(event) {
      if (event.name === 'tool.called' && event.ranMs > 1000) {
        process.stderr.write(`${event.tool} took ${String(event.ranMs)} ms\n`);
      }
    },
  }),
});
