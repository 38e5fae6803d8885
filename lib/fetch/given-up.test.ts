import dns from 'node:dns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Origin, startOrigin } from '../../checks/machine/origin.ts';
import { configureEvents, type SecurityEvent } from '../event/index.ts';
import { createFetch } from './guarded-fetch.ts';

let origin: Origin;

beforeAll(async () => {
  configureEvents({ sinks: [] });
  origin = await startOrigin(async (request, response) => {
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    response.end(Buffer.concat(body));
  });
});
afterAll(() => origin.stop());

/** A body that says whether it was cancelled. */
function stream(): { body: ReadableStream<Uint8Array>; cancelled: () => unknown } {
  let reason: unknown;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('part'));
    },
    cancel(given) {
      reason = given;
    },
  });
  return { body, cancelled: () => reason };
}

const sending = (body: ReadableStream, signal?: AbortSignal) =>
  ({ method: 'POST', body, duplex: 'half', ...(signal && { signal }) }) as RequestInit;

describe('the stream that a caller sends', () => {
  it('is cancelled where the URL is refused', async () => {
    const { body, cancelled } = stream();
    const error = await createFetch({ hosts: 'public' })('http://10.0.0.1/', sending(body)).catch((e) => e);
    expect(error).toMatchObject({ code: 'fetch/private-address' });
    expect(cancelled()).toBe(error);
    const request = stream();
    const input = new Request('http://10.0.0.1/', sending(request.body));
    await expect(createFetch({ hosts: 'public' })(input)).rejects.toMatchObject({ name: 'Refusal' });
    expect(request.cancelled()).toBeDefined();
  });

  it('is cancelled where the address is refused', async () => {
    const lookup = dns.lookup;
    dns.lookup = ((_host: string, _options: object, reply: (error: null, list: object[]) => void) =>
      reply(null, [{ address: '10.0.0.1', family: 4 }])) as typeof lookup;
    try {
      const { body, cancelled } = stream();
      await expect(
        createFetch({ hosts: 'public' })('http://host.example/', sending(body)),
      ).rejects.toMatchObject({ code: 'fetch/private-address' });
      await new Promise((done) => setImmediate(done));
      expect(cancelled()).toBeDefined();
    } finally {
      dns.lookup = lookup;
    }
  });

  it('is sent whole where nothing is refused', async () => {
    const local = { host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [origin.port] };
    const fetch = createFetch({ hosts: [], allowPrivate: [local] });
    const response = await fetch(origin.url(), sending(new Blob(['all of it']).stream()));
    expect(await response.text()).toBe('all of it');
  });
});

describe('a signal that was aborted before', () => {
  it('is the reason, and no event, whatever the URL', async () => {
    const events: SecurityEvent[] = [];
    const recorder = configureEvents({
      sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }],
    });
    const reason = new Error('enough');
    const fetch = createFetch({ hosts: 'public' });
    const { body, cancelled } = stream();
    const call = (signal: AbortSignal) => fetch('http://10.0.0.1/', sending(body, signal));
    await expect(call(AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(cancelled()).toBe(reason);
    await recorder.flush();
    expect(events).toEqual([]);
    await expect(fetch('http://10.0.0.1/', { signal: new AbortController().signal })).rejects.toMatchObject({
      code: 'fetch/private-address',
    });
    await recorder.flush();
    expect(events.map(({ code }) => code)).toEqual(['fetch/private-address']);
  });
});
