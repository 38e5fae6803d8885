import { createServer as createHttp2 } from 'node:http2';
import { createServer as createHttps, type ServerOptions } from 'node:https';
import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createBudget } from '../http/budget.ts';
import {
  type CertificateMaker,
  type CertificateOptions,
  createCertificateMaker,
} from '../testing/certificates.ts';
import { type Served, served, serveHttp, serveRaw } from '../testing/serve.ts';
import { probeTls } from './probe-tls.ts';
import type { CertificateFault, TlsView, WeakCipher } from './tls-view.ts';

let maker: CertificateMaker;
beforeAll(() => {
  maker = createCertificateMaker();
});
afterAll(() => maker?.remove());

const open: Served[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function probe(one: Served, hostname = '127.0.0.1', timeoutMs = 3_000): Promise<TlsView> {
  open.push(one);
  const budget = createBudget({ mostRequests: 0, mostConnections: 12, totalMs: 20_000 });
  const addresses = [{ address: '127.0.0.1', family: 4 }];
  return probeTls(
    { hostname, port: one.port, addresses },
    { budget, timeoutMs, ca: maker.ca, now: new Date() },
  );
}

function serveTls(options: ServerOptions = {}, certificate: CertificateOptions = {}): Promise<Served> {
  const server = createHttps({ ...maker.make(certificate), ...options });
  server.on('tlsClientError', () => {});
  return served(server, [], () => server.closeAllConnections());
}

function statesOf(view: TlsView): string {
  return view.versions.map(({ version, state }) => `${version} ${state}`).join(', ');
}

function acceptedIn({ weakCiphers }: TlsView): readonly WeakCipher[] {
  return weakCiphers.flatMap(({ kind, state }) => (state === 'accepted' ? [kind] : []));
}

describe('versions', () => {
  it.each([
    ['TLSv1', 'TLSv1.3', 'TLSv1 accepted, TLSv1.1 accepted, TLSv1.2 accepted, TLSv1.3 accepted'],
    ['TLSv1.1', 'TLSv1.2', 'TLSv1 refused, TLSv1.1 accepted, TLSv1.2 accepted, TLSv1.3 refused'],
    ['TLSv1.2', 'TLSv1.3', 'TLSv1 refused, TLSv1.1 refused, TLSv1.2 accepted, TLSv1.3 accepted'],
    ['TLSv1.3', 'TLSv1.3', 'TLSv1 refused, TLSv1.1 refused, TLSv1.2 refused, TLSv1.3 accepted'],
    ['TLSv1', 'TLSv1', 'TLSv1 accepted, TLSv1.1 refused, TLSv1.2 refused, TLSv1.3 refused'],
  ] as const)('from %s to %s', async (minVersion, maxVersion, states) => {
    for (const key of ['ec', 'rsa:2048']) {
      const view = await probe(
        await serveTls({ minVersion, maxVersion, ciphers: 'DEFAULT@SECLEVEL=0' }, { key }),
      );
      expect(statesOf(view)).toBe(states);
      expect(view.failure).toBeUndefined();
      expect(view.certificate?.faults).toEqual([]);
    }
  });
});

describe('weak ciphers', () => {
  it('are refused by a server of today', async () => {
    const view = await probe(await serveTls({ ciphers: 'ECDHE+AESGCM' }, { key: 'rsa:2048' }));
    expect(view.weakCiphers.map(({ state }) => state)).toEqual(Array(7).fill('refused'));
  });

  it.each<[string, readonly WeakCipher[]]>([
    ['AES128-SHA:ECDHE-RSA-AES128-GCM-SHA256', ['no forward secrecy']],
    ['NULL-SHA256:ECDHE-RSA-AES128-GCM-SHA256', ['NULL']],
    ['AECDH-AES128-SHA:ECDHE-RSA-AES128-GCM-SHA256', ['anonymous']],
  ])('are found: %s', async (ciphers, kinds) => {
    const options = { ciphers: `${ciphers}@SECLEVEL=0`, maxVersion: 'TLSv1.2' } as const;
    expect(acceptedIn(await probe(await serveTls(options, { key: 'rsa:2048' })))).toEqual(kinds);
  });

  it.each<[number, WeakCipher]>([
    [0x0005, 'RC4'],
    [0xc011, 'RC4'],
    [0x0009, 'DES'],
    [0x000a, '3DES'],
    [0x0003, 'export'],
  ])('are found although OpenSSL has them no more: %i is %s', async (cipher, kind) => {
    const view = await probe(await serveRaw((socket) => answerHello(socket, cipher)));
    expect(acceptedIn(view)).toEqual([kind]);
    expect(view.failure).toBe('The TLS handshake failed.');
  });
});

/** Accepts TLS 1.2 with one cipher, as far as the first message. */
function answerHello(socket: Socket, cipher: number): void {
  socket.once('data', (hello) => {
    const ciphers = 44 + (hello[43] ?? 0);
    const offered = hello.subarray(ciphers + 2, ciphers + 2 + hello.readUInt16BE(ciphers));
    const isOffered = Array.from({ length: offered.length / 2 }, (_, at) =>
      offered.readUInt16BE(at * 2),
    ).includes(cipher);
    const isTls12 = hello.readUInt16BE(9) === 0x0303;
    if (!isOffered || !isTls12) return void socket.end(Buffer.from([21, 3, 3, 0, 2, 2, 40]));
    const body = Buffer.concat([
      Buffer.from([3, 3]),
      Buffer.alloc(32, 1),
      Buffer.from([0, cipher >> 8, cipher & 255, 0]),
    ]);
    socket.write(Buffer.concat([Buffer.from([22, 3, 3, 0, body.length + 4, 2, 0, 0, body.length]), body]));
  });
}

describe('a certificate', () => {
  it.each<[string, CertificateOptions, readonly CertificateFault[]]>([
    ['is good', {}, []],
    ['is good with a key of RSA', { key: 'rsa:2048' }, []],
    ['is good by an authority between', { by: 'intermediate' }, []],
    ['has expired', { days: [-30, -1] }, ['expired']],
    ['is not yet valid', { days: [1, 30] }, ['not-yet-valid']],
    ['is signed by itself', { by: 'itself' }, ['self-signed']],
    [
      'is signed by itself, and marked as no authority',
      { by: 'itself', extensions: ['keyUsage=digitalSignature'] },
      ['self-signed'],
    ],
    ['is of an unknown authority', { by: 'unknown' }, ['unknown-issuer']],
    [
      'lacks the one between',
      {
        by: 'missing-intermediate',
        extensions: ['authorityInfoAccess=caIssuers;URI:http://ca.example/a.crt'],
      },
      ['incomplete-chain'],
    ],
    ['lacks the one between, and says not where it is', { by: 'missing-intermediate' }, ['unknown-issuer']],
    ['is of an authority that has expired', { by: 'expired-intermediate' }, ['expired-issuer']],
    ['is of another host', { hosts: ['shop.example'] }, ['wrong-host']],
    ['has the host as common name only', { hosts: [] }, ['wrong-host']],
    ['has a short key', { key: 'rsa:1024' }, ['short-key']],
    ['has a weak signature', { digest: 'sha1', key: 'rsa:2048' }, ['weak-signature']],
    ['has expired, and is signed by itself', { days: [-30, -1], by: 'itself' }, ['expired', 'self-signed']],
    ['has expired, for another host', { days: [-30, -1], hosts: ['a.example'] }, ['expired', 'wrong-host']],
    ['is for another use', { extensions: ['extendedKeyUsage=clientAuth'] }, ['other']],
  ])('%s', async (_title, options, faults) => {
    const view = await probe(await serveTls({ ciphers: 'DEFAULT@SECLEVEL=0' }, options));
    expect(view.certificate?.faults).toEqual(faults);
  });

  it('tells its names, its key and its days', async () => {
    const view = await probe(
      await serveTls({}, { hosts: ['localhost', '*.example.com', '10.0.0.1'], days: [-1, 20] }),
      'localhost',
    );
    expect(view.certificate).toMatchObject({
      subject: 'localhost',
      issuer: 'Test Root',
      names: ['localhost', '*.example.com', '10.0.0.1'],
      key: 'EC prime256v1',
      daysLeft: 19,
      faults: [],
    });
  });
});

describe('the protocol', () => {
  it('is h2 where the server has it', async () => {
    const one = await serveTls();
    expect((await probe(one)).alpn).toBe('http/1.1');
    const { createSecureServer } = await import('node:http2');
    const server = createSecureServer({ ...maker.make(), allowHTTP1: true });
    server.on('sessionError', () => {});
    expect((await probe(await served(server, [], () => {}))).alpn).toBe('h2');
  });
});

describe('what speaks no TLS', () => {
  it.each<[string, () => Promise<Served>]>([
    ['http', () => serveHttp((_req, res) => res.end())],
    ['http/2 without TLS', () => served(createHttp2(), [], () => {})],
    ['another protocol', () => serveRaw((socket) => void socket.write('SSH-2.0-OpenSSH_9.7\r\n'))],
    ['nothing', () => serveRaw((socket) => void socket.destroy())],
    [
      'a record of a hostile length',
      () => serveRaw((socket) => void socket.write(Buffer.from([22, 3, 3, 255, 255, 2, 255, 255, 255]))),
    ],
  ])('is told as such: %s', async (_name, start) => {
    const view = await probe(await start(), '127.0.0.1', 500);
    expect(view.failure).toMatch(/^The .*\.$/);
    expect(view.versions.map(({ state }) => state)).toEqual(Array(4).fill('untested'));
    expect(view.weakCiphers.map(({ state }) => state)).toEqual(Array(7).fill('untested'));
  });

  it('is asked once if it is silent', async () => {
    const one = await serveRaw(() => {});
    const view = await probe(one, '127.0.0.1', 300);
    expect(view.failure).toBe('The server did not answer in time.');
    expect(one.seen).toHaveLength(1);
  });
});
