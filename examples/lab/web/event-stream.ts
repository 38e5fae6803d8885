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
    if (open >= most) throw new LabError(503, `${most} pages listen already. Close one.`);
    open++;
    res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    res.write(': open\n\n');
    const stop = controls.onEvents((events) => {
      // A page that does not read loses them: it shows the last ones when it is loaded again.
      if (res.writableNeedDrain) return;
      for (const event of events) res.write(`data: ${JSON.stringify(event)}\n\n`);
    });
    const beat = setInterval(() => res.write(': still here\n\n'), heartbeatMs);
    req.once('close', () => {
      open--;
      stop();
      clearInterval(beat);
    });
  };
}
