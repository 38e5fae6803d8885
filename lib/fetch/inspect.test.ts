import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureEvents, type Recorder, type SecurityEvent } from '../event/index.ts';
import { createFetch } from './guarded-fetch.ts';

const events: SecurityEvent[] = [];
let recorder: Recorder;

beforeAll(() => {
  recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });
});
afterAll(async () => {
  await recorder.close();
  configureEvents({ sinks: [] });
});

const { inspect } = createFetch({
  hosts: ['localhost', '*.example.com', '93.184.215.14'],
  allowPrivate: [{ host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [8080] }],
});

describe('inspect', () => {
  it.each(['http://93.184.215.14/', 'http://127.0.0.1:8080/'])('allows %s', async (url) => {
    expect(await inspect(url)).toEqual({ allow: true });
  });

  it.each([
    ['http://localhost/', 'fetch/private-address'],
    ['http://10.0.0.1/', 'fetch/private-address'],
    ['http://169.254.169.254/', 'fetch/cloud-metadata'],
    ['ftp://93.184.215.14/', 'fetch/scheme-not-allowed'],
    ['http://93.184.215.14:22/', 'fetch/port-not-allowed'],
    ['http://other.example/', 'fetch/host-not-allowed'],
    ['no URL', 'fetch/invalid-url'],
    ['http://a@93.184.215.14/', 'fetch/credentials-in-url'],
  ])('refuses %s with what may be shown', async (url, code) => {
    const inspection = await inspect(url);
    expect(inspection).toEqual({ allow: false, code, message: expect.any(String) });
    expect(JSON.stringify(inspection)).not.toMatch(/127\.0|::1|10\.0/);
  });

  it('writes no event', async () => {
    await inspect('http://10.0.0.1/');
    await recorder.flush();
    expect(events).toEqual([]);
  });
});
