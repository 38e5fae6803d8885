import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Certificates, makeCertificates } from '../../../checks/gateway/certificates.ts';
import { runSealed, type SealedNetwork, whyNotSealed } from '../../../checks/machine/sealed.ts';
import type { SealedGatewayPlan, SealedGatewayReport } from '../../../checks/machine/sealed-gateway.ts';
import { ssrfPayloads } from '../../testing/corpus/ssrf.ts';
import type { RoleConfig } from './config/gateway-config.ts';
import { digestOf } from './role/credential.ts';

const program = new URL('../../../checks/machine/sealed-gateway.ts', import.meta.url);
const script = fileURLToPath(new URL('../../../checks/gateway/client.py', import.meta.url));
const python = '/usr/bin/python3';
const publicV4 = '93.184.215.14';
const publicV6 = '2606:2800:21f::1';
const network: SealedNetwork = {
  addresses: [
    ...[`${publicV4}/32`, `${publicV6}/128`, '64:ff9b::5db8:d70e/128'],
    ...['10.0.0.1/32', '10.2.0.1/32', '192.168.1.1/32', '169.254.169.254/32', '168.63.129.16/32'],
    ...['fd00:ec2::254/128', 'fd12::1/128', '2002:7f00:1::1/128'],
  ],
};

/** Why this client cannot run here; undefined where it can. */
function whyNot(library: string): string | undefined {
  try {
    execFileSync(python, ['-c', `import ${library}`], { stdio: 'pipe' });
    return whyNotSealed();
  } catch {
    return `no ${python} with ${library}`;
  }
}

const public80: RoleConfig = { name: 'all', anonymous: true, hosts: 'public' };

async function sealed(
  library: string,
  zone: SealedGatewayPlan['zone'],
  urls: readonly string[],
  more: Partial<SealedGatewayPlan> & { readonly user?: string } = {},
  env: Record<string, string> = {},
): Promise<SealedGatewayReport & { output: string[] }> {
  const { user = '', ...plan } = more;
  const client = [python, script, `http://${user}127.0.0.1:{port}`, library, ...urls];
  const whole: SealedGatewayPlan = { zone, config: { roles: [public80] }, client, ...plan };
  return (await runSealed(program, network, whole, env)) as SealedGatewayReport & { output: string[] };
}

for (const library of ['urllib.request', 'requests']) {
  const why = whyNot(library);
  const name = library === 'requests' ? 'requests' : 'urllib';
  const title = why === undefined ? '' : ` (NOT RUN: ${why})`;
  describe.skipIf(why !== undefined)(`Python's ${name}${title}`, () => {
    let made: Certificates;
    let tls: { key: string; cert: string };
    let trust: Record<string, string>;
    beforeAll(() => {
      made = makeCertificates();
      made.authority('ca');
      made.signed('ca', 'site', '/CN=tls.example', 'DNS:tls.example,DNS:in.example');
      tls = {
        key: readFileSync(made.path('site.key'), 'utf8'),
        cert: readFileSync(made.path('site.pem'), 'utf8'),
      };
      trust = { SSL_CERT_FILE: made.path('ca.pem'), REQUESTS_CA_BUNDLE: made.path('ca.pem') };
    });
    afterAll(() => made.remove());

    it('reaches public hosts, by plain requests and tunnels', async () => {
      const zone = {
        'four.example': { a: [[publicV4]] },
        'six.example': { aaaa: [[publicV6]] },
        'both.example': { a: [[publicV4]], aaaa: [['2606:2800:21f::99']] },
        'nat64.example': { aaaa: [['64:ff9b::5db8:d70e']] },
        'tls.example': { cname: 'four.example' },
      };
      const { output, lines } = await sealed(
        name,
        zone,
        [
          ...[
            'http://four.example/a?b',
            'http://six.example/',
            'http://both.example/',
            'http://nat64.example/',
          ],
          ...[
            `http://${publicV4}/`,
            `http://[${publicV6}]/`,
            'https://tls.example/',
            'http://missing.example/',
          ],
        ],
        { tls },
        trust,
      );
      expect(output).toEqual([
        ...[`${publicV4} four.example `, `${publicV6} six.example `, `${publicV4} both.example `],
        ...['64:ff9b::5db8:d70e nat64.example ', `${publicV4} ${publicV4} `, `${publicV6} [${publicV6}] `],
        ...[`${publicV4} tls.example `, '502 None'],
      ]);
      expect(lines.filter(({ method }) => method === 'CONNECT')).toMatchObject([
        { host: 'tls.example', port: 443, addresses: [publicV4], address: publicV4, allow: true },
        { msg: 'CANONICAL-EGRESS-CLOSE' },
      ]);
      expect(lines.find(({ host }) => host === 'missing.example')).toMatchObject({
        error: 'ENOTFOUND',
        status: 502,
        allow: true,
      });
    });

    it('reaches nothing inside: by names, rebinding, mixed answers and redirects, in both ways', async () => {
      const zone = {
        'in.example': { a: [['10.0.0.1']] },
        'mixed.example': { a: [[publicV4, '10.0.0.1']] },
        'rebind.example': { a: [[publicV4], ['127.0.0.1'], ['169.254.169.254']] },
        'cloud.example': { a: [['169.254.169.254']] },
        'six.example': { aaaa: [['fd12::1']] },
        'sixtofour.example': { aaaa: [['2002:7f00:1::1']] },
        'public.example': { a: [[publicV4]] },
      };
      const to = (url: string): string => `http://public.example/?to=${encodeURIComponent(url)}`;
      const { output, connections, queries } = await sealed(
        name,
        zone,
        [
          ...['http://in.example/', 'http://mixed.example/', 'http://cloud.example/', 'http://six.example/'],
          ...[
            'http://sixtofour.example/',
            'http://2130706433/',
            'http://[::ffff:10.0.0.1]/',
            'http://localhost/',
          ],
          ...[to('http://in.example/'), to('http://169.254.169.254/'), to('http://public.example/end')],
          ...['http://rebind.example/', 'http://rebind.example/x', 'https://in.example/'],
        ],
        { tls },
        trust,
      );
      const inside = '403 fetch/private-address';
      expect(output.slice(0, 11)).toEqual([
        ...[inside, inside, '403 fetch/cloud-metadata', inside, inside, inside, inside, inside],
        ...[inside, '403 fetch/cloud-metadata', `${publicV4} public.example `],
      ]);
      // The first answer is public; the second request goes over the kept connection or is resolved anew, and refused.
      expect(output[11]).toBe(`${publicV4} rebind.example `);
      expect([`${publicV4} rebind.example `, inside]).toContain(output[12]);
      expect(output[13]).toMatch(/^error .*403/);
      expect(Object.keys(connections)).toEqual([`${publicV4}:80`]);
      expect(queries['in.example A']).toBe(3);
    });

    it('shows who it is in the URL of its proxy', async () => {
      const zone = { 'public.example': { a: [[publicV4]] }, 'tls.example': { a: [[publicV4]] } };
      const credentials = [{ user: 'py', passwordSha256: digestOf('p@ss:word').toString('hex') }];
      const config = { roles: [{ name: 'py', hosts: ['public.example', 'tls.example'], credentials }] };
      const asked = ['http://public.example/', 'https://tls.example/'];
      const right = await sealed(name, zone, asked, { config, tls, user: 'py:p%40ss%3Aword@' }, trust);
      expect(right.output).toEqual([`${publicV4} public.example `, `${publicV4} tls.example `]);
      const wrong = await sealed(name, zone, asked, { config, tls, user: 'py:wrong@' }, trust);
      expect(wrong.output[0]).toBe('407 gateway/unauthenticated');
      expect(wrong.output[1]).toMatch(/^error .*407/);
      expect(wrong.connections).toEqual({});
    });
  });
}

const why = whyNot('urllib.request');
const title = why === undefined ? '' : ` (NOT RUN: ${why})`;

describe.skipIf(why !== undefined)(`with a real resolver${title}`, () => {
  it('lets pass and reports hosts, ports and methods, and nothing that leads inside', async () => {
    const zone = { 'other.example': { a: [[publicV4]] }, 'in.example': { a: [['10.0.0.1']] } };
    const urls = [
      'http://other.example/',
      'http://other.example:8080/',
      'http://in.example/',
      'http://wiki.internal/',
    ];
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const hosts = ['api.example.com'];
    const base = { name: 'r', anonymous: true, hosts };
    const ask = (role: RoleConfig) => sealed('urllib', zone, urls, { config: { roles: [role] } });
    const reported = await ask({ ...base, action: 'report', until });
    const passed = [`${publicV4} other.example `, `${publicV4} other.example:8080 `];
    const refused = ['403 fetch/private-address', '403 fetch/private-address'];
    expect(reported.output).toEqual([...passed, ...refused]);
    expect(reported.lines[0]).toMatchObject({
      allow: true,
      wouldDeny: true,
      code: 'fetch/host-not-allowed',
      rule: 'action report',
    });
    expect((await ask({ ...base, action: 'open' })).output).toEqual([...passed, ...refused]);
    const enforced = await ask(base);
    expect(enforced.output).toEqual(Array(4).fill('403 fetch/host-not-allowed'));
    expect(enforced.queries).toEqual({});
  });

  it('opens a private destination by host, range and port, and no further', async () => {
    const zone = {
      'wiki.internal': { a: [['10.2.0.1']] },
      'moved.internal': { a: [['10.0.0.1']] },
      'cloud.internal': { a: [['169.254.169.254']] },
    };
    const allowPrivate = [{ host: '*.internal', cidr: '10.2.0.0/16', ports: [80] }];
    const { output } = await sealed(
      'urllib',
      zone,
      [
        'http://wiki.internal/',
        'http://wiki.internal:8080/',
        'http://moved.internal/',
        'http://cloud.internal/',
      ],
      { config: { roles: [{ ...public80, allowPrivate }] } },
    );
    expect(output).toEqual([
      '10.2.0.1 wiki.internal ',
      '403 fetch/port-not-allowed',
      '403 fetch/private-address',
      '403 fetch/cloud-metadata',
    ]);
  });

  it('does not wait for a silent resolver longer than it may', async () => {
    const config = { roles: [public80], limits: { connectTimeoutMs: 300 } };
    const { output } = await sealed(
      'urllib',
      { 'silent.example': { silent: true } },
      ['http://silent.example/'],
      { config },
    );
    expect(output).toEqual(['504 None']);
  });

  it('holds for the whole corpus: no payload reaches a canary', async () => {
    const zone = Object.fromEntries(
      ssrfPayloads.flatMap(({ url, answers }) => {
        if (!answers) return [];
        const six = answers.filter((text) => text.includes(':'));
        return [[new URL(url).hostname, { a: [answers.filter((text) => !six.includes(text))], aaaa: [six] }]];
      }),
    );
    const urls = ssrfPayloads.map(({ url }) => url).filter((url) => !url.includes('\0'));
    const { output, connections, lines } = await sealed('urllib', zone, urls);
    expect(output).toHaveLength(urls.length);
    expect(connections).toEqual({});
    expect(lines.filter(({ allow, error }) => allow && error === null)).toEqual([]);
    expect(lines.length).toBeGreaterThan(urls.length / 2);
  });
});
