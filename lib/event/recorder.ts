import { createHash, randomUUID } from 'node:crypto';
import { codes, type NoticeCode, type RefusalCode } from '../refusal/codes.ts';
import { Misuse } from '../refusal/misuse.ts';
import { currentRequest } from '../request/context.ts';
import { isSecretName, redact } from './redact.ts';
import type { Evidence, SecurityEvent } from './security-event.ts';
import { type Sink, sinkQueue } from './sink-queue.ts';

export interface RecorderOptions {
  /** Where events go. */
  readonly sinks: readonly Sink[];
  /** For how long identical events are counted instead of repeated. 10,000 milliseconds by default. */
  readonly windowMs?: number;
  /** How many distinct events are kept in one window. 10,000 by default. */
  readonly maxKeys?: number;
  /** How many events may wait for one sink. 10,000 by default. */
  readonly maxQueue?: number;
  /** How long a sink may take over one batch before it counts as failing. 5,000 milliseconds by default. */
  readonly sinkTimeoutMs?: number;
}

export interface Recorder {
  record(code: RefusalCode | NoticeCode, action: 'blocked' | 'reported', detail: object): void;
  /** Counts so far. `recorded` is the sum of what was written, what was counted into another event, and `dropped`. */
  stats(): { readonly recorded: number; readonly keys: number; readonly dropped: number };
  /** Ends the window and waits until the sinks have taken what they will take. */
  flush(): Promise<void>;
  /** Flushes, and closes the sinks. */
  close(): Promise<void>;
}

interface Kept {
  readonly event: SecurityEvent;
  /** Identical ones since the event was written. */
  more: number;
}

/**
 * Bounds what an attacker can make of events: within a window an event is written once, identical ones are counted, at
 * most `maxKeys` distinct ones are kept, and the rest is counted by code.
 */
export function createRecorder(options: RecorderOptions): Recorder {
  const windowMs = positive('windowMs', options.windowMs ?? 10_000);
  const maxKeys = positive('maxKeys', options.maxKeys ?? 10_000);
  const queues = options.sinks.map((sink) =>
    sinkQueue(sink, {
      maxQueue: positive('maxQueue', options.maxQueue ?? 10_000),
      timeoutMs: positive('sinkTimeoutMs', options.sinkTimeoutMs ?? 5_000),
    }),
  );
  let kept = new Map<string, Kept>();
  let overflow = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let recorded = 0;
  let dropped = 0;
  const reportedBySink = new WeakMap<object, number>();

  function write(event: SecurityEvent): void {
    for (const queue of queues) queue.push(event);
  }

  function endWindow(): void {
    if (timer) clearTimeout(timer);
    timer = undefined;
    const [events, lost] = [kept, overflow];
    kept = new Map();
    overflow = new Map();
    for (const { event, more } of events.values()) if (more > 0) write({ ...event, count: more });
    for (const queue of queues) {
      const since = queue.dropped() - (reportedBySink.get(queue) ?? 0);
      reportedBySink.set(queue, queue.dropped());
      const evidence = Object.fromEntries(lost);
      if (since > 0) evidence[`sink ${queue.name}`] = since;
      if (Object.keys(evidence).length > 0) queue.push(build('event/dropped', 'blocked', evidence));
    }
  }

  function record(code: RefusalCode | NoticeCode, action: 'blocked' | 'reported', detail: object): void {
    recorded++;
    if (!timer) {
      timer = setTimeout(endWindow, windowMs);
      timer.unref();
    }
    const key = identity(code, action, detail);
    const known = kept.get(key);
    if (known) {
      known.more++;
      return;
    }
    if (kept.size >= maxKeys) {
      dropped++;
      overflow.set(code, (overflow.get(code) ?? 0) + 1);
      return;
    }
    const event = build(code, action, detail);
    kept.set(key, { event, more: 0 });
    write(event);
  }

  async function flush(): Promise<void> {
    endWindow();
    await Promise.all(queues.map((queue) => queue.drained()));
  }

  return {
    record,
    stats: () => ({ recorded, keys: kept.size, dropped }),
    flush,
    async close() {
      await flush();
      await Promise.all(queues.map((queue) => queue.close()));
    },
  };
}

/** Everything but the request's id. Hashed, so that a kept key never holds on to a megabyte that a client sent. */
function identity(code: string, action: string, detail: object): string {
  const request = currentRequest();
  const hash = createHash('sha256').update(`${code} ${action}`);
  for (const part of [request?.method, request?.route, request?.client, request?.user])
    hash.update(`\0${part}`);
  for (const [name, value] of Object.entries(detail))
    hash.update(`\0${name}\0${String(value).slice(0, 1024)}`);
  return hash.digest('base64');
}

function build(
  code: RefusalCode | NoticeCode,
  action: 'blocked' | 'reported',
  detail: object,
): SecurityEvent {
  const { severity, cwe, owasp } = codes[code];
  const request = currentRequest();
  return {
    id: randomUUID(),
    time: new Date().toISOString(),
    guard: code.slice(0, code.indexOf('/')),
    code,
    action,
    severity,
    cwe,
    owasp,
    count: 1,
    ...(request && {
      request: {
        id: request.id,
        ...(request.method !== undefined && { method: redact(request.method, 32) }),
        ...(request.route !== undefined && { route: redact(request.route) }),
        ...(request.client !== undefined && { client: redact(request.client, 64) }),
        ...(request.user !== undefined && { user: redact(request.user) }),
      },
    }),
    evidence: evidenceOf(detail),
  };
}

const maxFields = 16;

function evidenceOf(detail: object): Evidence {
  const evidence: Record<string, string | number | boolean | null> = {};
  for (const [name, value] of Object.entries(detail).slice(0, maxFields)) {
    const field = redact(name, 64);
    if (isSecretName(name)) evidence[field] = '[redacted]';
    else if (value === null || typeof value === 'number' || typeof value === 'boolean')
      evidence[field] = value;
    else evidence[field] = redact(String(value));
  }
  return evidence;
}

function positive(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Misuse('bulwark/invalid-option', `${name} takes a whole number above 0.`);
}
