import { configureEvents } from '../../lib/event/record.ts';
import type { SecurityEvent } from '../../lib/event/security-event.ts';

/** Collects what guards record, in the order in which it came, without the memory store's notice at startup. */
export function recordedEvents(): { since(): Promise<readonly SecurityEvent[]>; codes(): Promise<string[]> } {
  let events: SecurityEvent[] = [];
  const recorder = configureEvents({
    sinks: [
      {
        name: 'test',
        write: (batch) =>
          void events.push(...batch.filter(({ code }) => code !== 'session/store-not-durable')),
      },
    ],
  });
  const since = async (): Promise<readonly SecurityEvent[]> => {
    await recorder.flush();
    const found = events;
    events = [];
    return found;
  };
  return { since, codes: async () => (await since()).map(({ code }) => code) };
}
