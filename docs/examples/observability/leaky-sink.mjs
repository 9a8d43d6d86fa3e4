/** A sink that cannot do its work and says so, for the alerts to have something to tell of. */
export default {
  name: 'leaky',
  kind: 'sink',
  create: () => ({
    name: 'leaky',
    attach(host) {
      this.host = host;
    },
    record(event) {
      if (event.name !== 'script.finished') return;
      this.host.dropped(1, 'it keeps nothing');
      this.host.changed(false, 'it keeps nothing');
    },
  }),
};
