import type { SecurityEvent } from 'bulwark/event';
import type { RequestHandler } from 'express';
import type { Controls } from './controls.ts';
import { LabError } from './lab-error.ts';

/** Pages that listen at once. */
const most = 20;
const heartbeatMs = 15_000;

/** The events as they come (HTML standard, 9.2: server-sent events), each the JSON of one event. */
export function eventStream(controls: Controls): RequestHandler {
  let open = 0;
  return (req, res) => {
    if (open >= most) throw new LabError(503, `${most} pages are listening already. Close one.`);
    open++;
    res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    res.write(': open\n\n');
    const send = (events: readonly SecurityEvent[]): void => {
      // A page that does not read loses them: it shows the last ones when it is loaded again.
      if (res.writableNeedDrain) return;
      for (const event of events) res.write(`id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`);
    };
    send(since(controls.events, req.headers['last-event-id'] ?? req.query['after']));
    const stop = controls.onEvents(send);
    const beat = setInterval(() => res.write(': still here\n\n'), heartbeatMs);
    res.once('close', () => {
      open--;
      stop();
      clearInterval(beat);
    });
  };
}

/** What came after an event that a page has, the oldest first. */
function since(events: readonly SecurityEvent[], id: unknown): readonly SecurityEvent[] {
  const at = events.findIndex((event) => event.id === id);
  return events.slice(0, at === -1 ? events.length : at).toReversed();
}
