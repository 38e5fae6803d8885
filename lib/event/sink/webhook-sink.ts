import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { cancel, later, now } from '../clock.ts';
import type { SecurityEvent } from '../security-event.ts';
import { whole } from '../whole.ts';
import { alertThreshold, type Threshold } from './alert-threshold.ts';
import { checkPost, type PostOptions, post, postOptions, type Sign } from './post.ts';
import type { Shape, Sink } from './sink.ts';
import { asSink } from './sink-write.ts';
import { nothingSent } from './try-again.ts';

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
  /** How many messages a minute, each attempt counted. 10 by default. */
  readonly maxPerMinute?: number;
  /** Headers that sign a body, such as those of Standard Webhooks. What it takes is part of `timeoutMs`. */
  readonly sign?: Sign;
  /** What stands for an event in the message. */
  readonly shape?: Shape;
  /** What is posted instead of the message: `({ alerts }) => ({ text: ... })` for a chat. */
  readonly body?: (message: WebhookMessage) => object;
}

/**
 * Posts alerts to one URL. At most `maxPerMinute` messages leave; the alerts that were left out are counted, and told in
 * the next message, in one of their own once there is room, or in one more when the sink is closed. Where no connection
 * comes about, three are tried within `timeoutMs` and `maxPerMinute`; what may have arrived is not sent again, so that nobody
 * is alerted twice. What the guarded fetch refuses here makes no events.
 *
 * @throws {Misuse} for options that make no sense, or that there are not.
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
  const names = ['threshold', 'maxPerMinute', 'sign', 'shape', 'body'] as const;
  const own = knownOptions(options, [...postOptions, ...names]);
  const { sign, shape, body } = own;
  const receiver = checkPost(own);
  const maxPerMinute = whole('maxPerMinute', own.maxPerMinute ?? 10, 600);
  const reached = own.threshold && alertThreshold(checkThreshold(own.threshold));
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
    if (takeRoom()) {
      await send(alerts);
      return;
    }
    leftOut += alerts.length;
    const [first = now()] = sent;
    tellLater(60_000 - (now() - first));
  }

  function takeRoom(): boolean {
    const time = now();
    sent = sent.filter((at) => time - at < 60_000);
    if (sent.length >= maxPerMinute) return false;
    sent.push(time);
    return true;
  }

  async function send(alerts: WebhookMessage['alerts']): Promise<void> {
    const untold = leftOut;
    leftOut = 0;
    try {
      const message: WebhookMessage = { source: 'bulwark', alerts, leftOut: untold };
      const text = JSON.stringify(body ? body(message) : message);
      await post(receiver, text, { sign, again: (error) => nothingSent(error) && takeRoom() });
    } catch (error) {
      leftOut += untold + alerts.length;
      throw error;
    }
  }

  function tellLater(waitMs: number): void {
    if (timer) return;
    timer = later(() => {
      timer = undefined;
      // Where it fails, the number stays for the next message.
      if (leftOut > 0) telling = asSink(() => sendInBounds([])).catch(() => {});
    }, waitMs);
    timer.unref();
  }

  return {
    name: `webhook ${receiver.url.host}`,
    gatherMs: 100,
    async write(events) {
      const alerts = alertsOf(events);
      if (alerts.length > 0) await sendInBounds(alerts);
    },
    async close() {
      cancel(timer);
      timer = undefined;
      await telling;
      // Nothing comes after this that could tell it, so it is sent whether there is room or not.
      if (leftOut > 0) await send([]);
    },
  };
}

function checkThreshold(threshold: Threshold): Threshold {
  const { count, windowMs, by = 'code+client' } = knownOptions(threshold, ['count', 'windowMs', 'by']);
  if (!['code+client', 'code', 'client'].includes(by))
    throw new Misuse('bulwark/invalid-option', "threshold.by takes 'code+client', 'code' or 'client'.");
  return {
    count: whole('threshold.count', count, 1_000_000),
    windowMs: whole('threshold.windowMs', windowMs, 86_400_000),
    by,
  };
}
