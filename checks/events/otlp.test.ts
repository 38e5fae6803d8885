import root from '@opentelemetry/otlp-transformer/build/src/generated/root.js';
import { afterEach, describe, expect, it } from 'vitest';
import { otlpSink } from '../../lib/event/index.ts';
import { codes } from '../../lib/refusal/codes.ts';
import { type Loopback, listen } from './loopback.ts';
import { recordSamples } from './sample-events.ts';

interface Message {
  fromObject(value: object): object;
  toObject(value: object, options: object): object;
  encode(value: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
}

/** The messages of opentelemetry-proto, as OpenTelemetry's own exporter has them generated. Its types do not name them. */
const { opentelemetry } = root as unknown as {
  opentelemetry: { proto: { collector: { logs: { v1: { ExportLogsServiceRequest: Message } } } } };
};
const ExportRequest = opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;

/** Through the wire format and back: what the messages do not know is lost on the way. */
function throughProto(value: object): object {
  const bytes = ExportRequest.encode(ExportRequest.fromObject(value)).finish();
  return ExportRequest.toObject(ExportRequest.decode(bytes), { longs: String });
}

let receiver: Loopback | undefined;
afterEach(async () => {
  await receiver?.close();
  receiver = undefined;
});

type Record = { attributes: { key: string; value: object }[] };

describe('otlpSink, to a receiver that reads by the official messages', () => {
  it('sends every field of every event as the protocol has it', async () => {
    receiver = await listen((response) => response.end('{"partialSuccess":{}}'));
    const { url, received } = receiver;
    const headers = { authorization: 'Bearer t' };
    const events = await recordSamples([otlpSink({ url, fetch, headers, serviceName: 'shop' })]);
    expect(received[0]).toMatchObject({
      path: '/v1/logs',
      headers: { 'content-type': 'application/json', authorization: 'Bearer t' },
    });
    const bodies = received.map(({ body }) => JSON.parse(body.toString()));
    for (const body of bodies) expect(throughProto(body)).toEqual(body);
    const [resource] = bodies.map((body) => body.resourceLogs[0].resource);
    expect(resource).toEqual({ attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] });

    const records = bodies.flatMap((body) => body.resourceLogs[0].scopeLogs[0].logRecords as Record[]);
    expect(records).toHaveLength(events.length);
    const at = events.findIndex(({ code }) => code === 'fetch/cloud-metadata');
    const event = events[at];
    const attributes = Object.fromEntries(
      records[at]?.attributes.map(({ key, value }) => [key, value]) ?? [],
    );
    expect(records[at]).toMatchObject({
      timeUnixNano: `${Date.parse(event?.time ?? '')}000000`,
      severityNumber: 18,
      severityText: 'critical',
      eventName: 'fetch/cloud-metadata',
      body: { stringValue: codes['fetch/cloud-metadata'].message },
    });
    expect(attributes).toMatchObject({
      'log.record.uid': { stringValue: event?.id },
      'client.address': { stringValue: '203.0.113.9' },
      'http.request.method': { stringValue: 'POST' },
      'http.route': { stringValue: '/preview/:id' },
      'user.name': { stringValue: 'bob' },
      'bulwark.count': { intValue: '1' },
      'bulwark.evidence.port': { intValue: '80' },
      'bulwark.evidence.share': { doubleValue: 0.5 },
      'bulwark.evidence.known': { boolValue: true },
    });
  });

  it('would not pass through the messages with a field that is none', () => {
    const body = { resourceLogs: [{ scopeLogs: [{ logRecords: [{ severity: 'high' }] }] }] };
    expect(throughProto(body)).not.toEqual(body);
  });

  it.each([429, 502, 503, 504])('tries again after %i, at the time it is told', async (status) => {
    receiver = await listen((response, nth) => {
      if (nth === 1) response.writeHead(status, { 'retry-after': '0' });
      response.end();
    });
    await otlpSink({ url: `${receiver.url}/otlp/`, fetch }).write([]);
    expect(receiver.received.map(({ path }) => path)).toEqual(['/otlp/v1/logs', '/otlp/v1/logs']);
  });

  it('tries again where the connection is reset', async () => {
    receiver = await listen((response, nth) => (nth < 3 ? response.destroy() : response.end()));
    await otlpSink({ url: receiver.url, fetch }).write([]);
    expect(receiver.received).toHaveLength(3);
  });

  it.each([
    [400, {}, 1],
    [503, {}, 3],
    [503, { 'retry-after': '60' }, 1],
  ])('gives up after %i %j', async (status, headers, times) => {
    receiver = await listen((response) => response.writeHead(status, headers).end());
    await expect(otlpSink({ url: receiver.url, fetch }).write([])).rejects.toThrow(`answered ${status}`);
    expect(receiver.received).toHaveLength(times);
  });

  it('fails where a part is rejected', async () => {
    receiver = await listen((response) => response.end('{"partialSuccess":{"rejectedLogRecords":"2"}}'));
    await expect(otlpSink({ url: receiver.url, fetch }).write([])).rejects.toThrow('rejected 2 records');
  });

  it('reads no more than it needs of an endless answer, follows no redirect, and waits for a bounded time', async () => {
    receiver = await listen((response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', pour);
      pour();
    });
    await otlpSink({ url: receiver.url, fetch }).write([]);
    await receiver.close();
    receiver = await listen((response) => response.writeHead(307, { location: '/elsewhere' }).end());
    await expect(otlpSink({ url: receiver.url, fetch }).write([])).rejects.toThrow('fetch failed');
    expect(receiver.received).toHaveLength(1);
    await receiver.close();
    receiver = await listen(() => {});
    await expect(otlpSink({ url: receiver.url, fetch, timeoutMs: 50 }).write([])).rejects.toThrow('timeout');
  });

  it.each([
    { url: 'ftp://127.0.0.1' },
    { url: 'http://user:secret@127.0.0.1' },
    { fetch: 'fetch' as never },
    { headers: { 'a b': 'c' } },
    { timeoutMs: 0 },
    { serviceName: '' },
  ])('refuses %j', (options) => {
    expect(() => otlpSink({ url: 'http://127.0.0.1', fetch, ...options })).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });
});
