/** A folder of incident reports for the demo to read: the same ones every time. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const OWNERS = {
  checkout: 'payments',
  invoices: 'payments',
  search: 'discovery',
  feed: 'discovery',
  login: 'identity',
  avatars: 'identity',
};

const CAUSES = ['a full disk', 'an expired certificate', 'a slow query', 'a bad deploy', 'a lost replica'];

/** Writes the reports and the list of owners. */
export async function writeIncidents(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'owners.json'), JSON.stringify(OWNERS, null, 2));
  await Promise.all(
    Array.from({ length: count }, (_, index) =>
      writeFile(join(folder, `incident-${String(index + 1).padStart(2, '0')}.md`), report(index)),
    ),
  );
}

function report(index: number): string {
  const services = Object.keys(OWNERS);
  const service = services[(index * 7) % services.length]!;
  const cause = CAUSES[(index * 3) % CAUSES.length]!;
  const timeline = Array.from(
    { length: 24 },
    (_, step) =>
      `- ${String(9 + Math.floor(step / 6))}:${String((step % 6) * 10).padStart(2, '0')} ${note(step, service)}`,
  );
  return [
    `# Incident ${index + 1}`,
    '',
    `Title: ${service} was down after ${cause}`,
    `Service: ${service}`,
    `Downtime: ${12 + ((index * 17) % 90)} minutes`,
    `Follow-up: ${index % 3 === 0 ? 'open' : 'done'}`,
    '',
    '## Timeline',
    ...timeline,
    '',
  ].join('\n');
}

function note(step: number, service: string): string {
  const notes = [
    `error rate of ${service} above the alert line, on-call engineer paged`,
    `dashboards compared with the last good deploy of ${service}`,
    'no change in the load balancer, the network team confirms',
    'the suspected cause is written down, a second pair of eyes asked for',
    'a rollback is prepared and reviewed',
    'customers are told on the status page',
  ];
  return notes[step % notes.length]!;
}
