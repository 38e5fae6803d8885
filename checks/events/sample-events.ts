import { createRecorder, type SecurityEvent, type Sink } from '../../lib/event/index.ts';
import { withRequest } from '../../lib/request/context.ts';

/** What a sink is given in practice: each level, with and without a request, text of all kinds, and counts. */
export async function recordSamples(sinks: readonly Sink[]): Promise<SecurityEvent[]> {
  const events: SecurityEvent[] = [];
  const keep: Sink = { name: 'keep', write: (batch) => void events.push(...batch) };
  const recorder = createRecorder({ sinks: [...sinks, keep] });
  recorder.record('event/dropped', 'blocked', { 'fetch/private-address': 990_000 });
  const request = { method: 'POST', route: '/preview/:id', client: '203.0.113.9', user: 'bob' };
  withRequest(request, () => {
    for (let i = 0; i < 3; i++) recorder.record('fetch/private-address', 'blocked', { host: 'intranet' });
    recorder.record('fetch/cloud-metadata', 'blocked', {
      host: 'h',
      port: 80,
      share: 0.5,
      known: true,
      rule: null,
    });
    recorder.record('fetch/private-address', 'reported', {
      host: 'quote " bracket ] slash \\ \u00e9\u{1f600}',
    });
  });
  withRequest({ client: 'fe80::1%eth0' }, () => recorder.record('csp/violation', 'reported', {}));
  await recorder.close();
  return events;
}
