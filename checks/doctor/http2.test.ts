import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import type { Diagnosis } from '../../cli/doctor/diagnosis.ts';
import { runDoctor } from '../../cli/doctor/run-doctor.ts';
import { configureEvents } from '../../lib/event/index.ts';
import { bulwark } from '../../lib/node/index.ts';
import { makeCertificate } from '../machine/certificate.ts';

configureEvents({ sinks: [] });
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

it('diagnoses an HTTP/2 server that terminates TLS itself, at localhost over IPv4 and IPv6', async () => {
  vi.stubEnv('BULWARK_DOCTOR', '1');
  const printed: string[] = [];
  vi.spyOn(console, 'error').mockImplementation((text) => void printed.push(String(text)));
  const certificate = makeCertificate(['127.0.0.1', 'localhost', '[::1]']);
  const { key, cert } = certificate;
  const listener = bulwark({}, (_req, res) => void res.setHeader('Content-Type', 'text/plain').end('hello'));
  const server = createSecureServer({ key, cert, allowHTTP1: true }, listener as never).listen(0);
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
      const token = await vi.waitFor(
        () => /TOKEN=(\S+)/.exec(printed.at(-1) ?? '')?.[1] ?? Promise.reject(new Error()),
      );
      const target = `https://${host}:${port}/`;
      const options = { target, format: 'json', paths: [], tokenFile: undefined, ca: certificate.file };
      const { text } = await runDoctor(options, { BULWARK_DOCTOR_TOKEN: token });
      const { diagnoses } = JSON.parse(text) as { diagnoses: Diagnosis[] };
      // `limits` was not called for this server.
      const wrong = diagnoses.filter(({ verdict, id }) => verdict === 'wrong' && id !== 'process/server');
      expect(wrong, host).toEqual([]);
      expect(diagnoses.find(({ id }) => id === 'proxies/hops')?.summary).toContain('come directly');
    }
    const untrusted = {
      target: `https://127.0.0.1:${port}/`,
      format: 'json',
      paths: [],
      tokenFile: undefined,
      ca: undefined,
    };
    await expect(runDoctor(untrusted, {})).rejects.toMatchObject({
      code: 'doctor/connect',
      fix: expect.stringContaining('--ca'),
    });
  } finally {
    server.close();
    certificate.remove();
  }
});
