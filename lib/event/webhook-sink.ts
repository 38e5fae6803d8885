import { Misuse } from '../refusal/misuse.ts';
import { alertThreshold, type Threshold } from './alert-threshold.ts';
import { checkPost, type PostOptions, post } from './post.ts';
import type { SecurityEvent } from './security-event.ts';
import type { Shape, Sink } from './sink.ts';
import { asSink } from './sink-write.ts';
import { whole } from './whole.ts';

/** What is posted, as JSON. */
export interface WebhookMessage {
  readonly source: 'bulwark';
  /** At most 100. `count` is how many there were when the threshold was reached, or the event's own. */
  readonly alerts: readonly { readonly count: number; readonly event: object }[];
  /** Alerts since the last message that nobody was told: too many for `maxPerMinute`, or the post failed. */
  readonly leftOut: number;
}

export interface WebhookOptions extends PostOptions {
  /** Alerts for so many events in a window instead of for each. */
  readonly threshold?: Threshold;
  /** How many messages a minute. 10 by default. */
  readonly maxPerMinute?: number;
  /** Headers that sign a body, such as those of Standard Webhooks. */
  readonly sign?: (
    body: string,
  ) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  /** What stands for an event in the message. */
  readonly shape?: Shape;
  /** What is posted instead of the message: `({ alerts }) => ({ text: ... })` for a chat. */
  readonly body?: (message: WebhookMessage) => object;
}

/**
 * Posts alerts to one URL. At most `maxPerMinute` messages leave; the alerts that were left out are counted, and told in
 * the next message, in one of their own once there is room, or in one more when the sink is closed. A receiver that is busy
 * (429, 502, 503, 504) or not connected is tried three times within `timeoutMs`; a message may then arrive twice. What the
 * guarded fetch refuses here makes no events.
 *
 * @throws {Misuse} for options that make no sense.
 *
 * @example
 * ```ts
 * import { configureEvents, webhookSink } from 'bulwark/event';
 * import { createFetch } from 'bulwark/fetch';
 *
 * const url = 'https://alerts.example.com/bulwark';
 * const fetch = createFetch({ name: 'alerts', hosts: ['alerts.example.com'], methods: ['POST'] });
 * // A client that is refused 20 times for one reason within 5 minutes: one message.
 * configureEvents({ sinks: [webhookSink({ url, fetch, threshold: { count: 20, windowMs: 300_000 } })] });
 * // {"source":"bulwark","alerts":[{"count":20,"event":{"code":"fetch/private-address",...}}],"leftOut":0}
 * ```
 */
export function webhookSink(options: WebhookOptions): Sink {
  const { fetch, headers, sign, shape, body } = options;
  const { href, host } = checkPost(options);
  const timeoutMs = whole('timeoutMs', options.timeoutMs ?? 4_000, 600_000);
  const maxPerMinute = whole('maxPerMinute', options.maxPerMinute ?? 10, 600);
  const reached = options.threshold && alertThreshold(checkThreshold(options.threshold));
  let sent: number[] = [];
  let leftOut = 0;
  let timer: NodeJS.Timeout | undefined;
  let telling: Promise<void> | undefined;

  function alertsOf(events: readonly SecurityEvent[]): WebhookMessage['alerts'] {
    const alerts: WebhookMessage['alerts'][number][] = [];
    for (const event of events) {
      // A flood must not hide: what was dropped is an alert whatever the threshold.
      const count = reached && event.code !== 'event/dropped' ? reached(event) : event.count;
      if (count !== undefined) alerts.push({ count, event: shape ? shape(event) : event });
    }
    return alerts;
  }

  async function sendInBounds(alerts: WebhookMessage['alerts']): Promise<void> {
    const now = performance.now();
    sent = sent.filter((at) => now - at < 60_000);
    if (sent.length >= maxPerMinute) {
      leftOut += alerts.length;
      tellLater(60_000 - (now - (sent[0] ?? now)));
      return;
    }
    sent.push(now);
    await send(alerts);
  }

  async function send(alerts: WebhookMessage['alerts']): Promise<void> {
    const untold = leftOut;
    leftOut = 0;
    try {
      const message: WebhookMessage = { source: 'bulwark', alerts, leftOut: untold };
      const text = JSON.stringify(body ? body(message) : message);
      const signature = sign ? await sign(text) : {};
      const all = { ...headers, ...signature, 'content-type': 'application/json' };
      await post(fetch, href, all, text, timeoutMs);
    } catch (error) {
      leftOut += untold + alerts.length;
      throw error;
    }
  }

  function tellLater(waitMs: number): void {
    if (timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      // Where it fails, the number stays for the next message.
      if (leftOut > 0) telling = asSink(() => sendInBounds([])).catch(() => {});
    }, waitMs);
    timer.unref();
  }

  return {
    name: `webhook ${host}`,
    gatherMs: 100,
    async write(events) {
      const alerts = alertsOf(events);
      if (alerts.length > 0) await sendInBounds(alerts);
    },
    async close() {
      clearTimeout(timer);
      await telling;
      // Nothing comes after this that could tell it, so it is sent whether there is room or not.
      if (leftOut > 0) await send([]);
    },
  };
}

function checkThreshold(threshold: Threshold): Threshold {
  whole('threshold.count', threshold.count, 1_000_000);
  whole('threshold.windowMs', threshold.windowMs, 86_400_000);
  if (!['code+client', 'code', 'client', undefined].includes(threshold.by))
    throw new Misuse('bulwark/invalid-option', "threshold.by takes 'code+client', 'code' or 'client'.");
  return threshold;
}
