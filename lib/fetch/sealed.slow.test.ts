import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runSealed, type SealedNetwork, whyNotSealed } from '../../checks/machine/sealed.ts';
import type { Zone } from '../../checks/machine/sealed-dns.ts';
import type { SealedFetchPlan, SealedFetchReport } from '../../checks/machine/sealed-fetch.ts';
import { legitimateUrls, ssrfPayloads } from '../testing/corpus/ssrf.ts';
import type { FetchOptions } from './policy/policy.ts';

const program = new URL('../../checks/machine/sealed-fetch.ts', import.meta.url);
const publicV4 = '93.184.215.14';
const publicV6 = '2606:2800:21f::1';
const network: SealedNetwork = {
  addresses: [
    `${publicV4}/32`,
    `${publicV6}/128`,
    '64:ff9b::5db8:d70e/128',
    ...[
      '10.0.0.1/32',
      '10.2.0.1/32',
      '192.168.1.1/32',
      '169.254.169.254/32',
      '168.63.129.16/32',
      '100.100.100.200/32',
    ],
    ...['fd00:ec2::254/128', 'fd12::1/128', '64:ff9b::a00:1/128', '2002:7f00:1::1/128'],
  ],
  hosts: ['10.0.0.1 hosts-file.example'],
};

async function sealed(plan: SealedFetchPlan, env: Record<string, string> = {}): Promise<SealedFetchReport> {
  return (await runSealed(program, network, plan, env)) as SealedFetchReport;
}

/** One guarded fetch of public hosts, and what became of each URL. */
async function outcomes(zone: Zone, urls: readonly string[], options: FetchOptions = { hosts: 'public' }) {
  const report = await sealed({ zone, calls: [{ options, urls }] });
  return { ...report, byUrl: Object.fromEntries(urls.map((url, i) => [url, report.outcomes[i]])) };
}

const why = whyNotSealed();
const title = why === undefined ? '' : ` (NOT RUN, no namespaces here: ${why})`;

describe.skipIf(why !== undefined)(`with a real resolver${title}`, () => {
  it('reaches public hosts over both families, and falls back from one to the other', async () => {
    const { byUrl } = await outcomes(
      {
        'four.example': { a: [[publicV4]] },
        'six.example': { aaaa: [[publicV6]] },
        'both.example': { a: [[publicV4]], aaaa: [['2606:2800:21f::99']] },
        'nat64.example': { aaaa: [['64:ff9b::5db8:d70e']] },
        'alias.example': { cname: 'cdn.example' },
        'cdn.example': { cname: 'four.example' },
      },
      [
        ...['http://four.example/', 'http://six.example/', 'http://both.example/', 'http://nat64.example/'],
        ...['http://alias.example/', 'http://four.example./', `http://${publicV4}/`, `http://[${publicV6}]/`],
        'http://missing.example/',
      ],
    );
    expect(byUrl).toEqual({
      'http://four.example/': `${publicV4} four.example`,
      'http://six.example/': `${publicV6} six.example`,
      'http://both.example/': `${publicV4} both.example`,
      'http://nat64.example/': '64:ff9b::5db8:d70e nat64.example',
      'http://alias.example/': `${publicV4} alias.example`,
      'http://four.example./': `${publicV4} four.example`,
      [`http://${publicV4}/`]: `${publicV4} ${publicV4}`,
      [`http://[${publicV6}]/`]: `${publicV6} [${publicV6}]`,
      'http://missing.example/': 'ENOTFOUND',
    });
  });

  it('resolves once a connection, and dials what it checked (DNS rebinding)', async () => {
    const rebinding = { a: [[publicV4], ['127.0.0.1'], [publicV4], ['169.254.169.254']] };
    const report = await sealed({
      zone: { 'rebind.example': rebinding },
      calls: [{ options: { hosts: 'public' }, urls: Array(5).fill('http://rebind.example/') }],
    });
    expect(report.outcomes).toEqual([
      `${publicV4} rebind.example`,
      'fetch/private-address',
      `${publicV4} rebind.example`,
      'fetch/cloud-metadata',
      'fetch/cloud-metadata',
    ]);
    expect(report.queries['rebind.example A']).toBe(5);
    expect(report.connections).toEqual({ [publicV4]: 2 });
  });

  it('refuses the whole answer for one bad address in it, behind aliases and in the hosts file', async () => {
    const bad: Zone = {
      'mixed.example': { a: [[publicV4, '10.0.0.1']] },
      'mixed6.example': { a: [[publicV4]], aaaa: [['fd12::1']] },
      'alias.example': { cname: 'second.example' },
      'second.example': { cname: 'third.example' },
      'third.example': { a: [['192.168.1.1']] },
      'mapped.example': { aaaa: [['::ffff:7f00:1']] },
      'nat64.example': { aaaa: [['64:ff9b::a00:1']] },
      'sixtofour.example': { aaaa: [['2002:7f00:1::1']] },
    };
    const urls = [...Object.keys(bad), 'hosts-file.example'].map((name) => `http://${name}/`);
    const { byUrl, connections } = await outcomes(bad, urls);
    expect(new Set(Object.values(byUrl))).toEqual(new Set(['fetch/private-address']));
    expect(connections).toEqual({});
  });

  it('checks the answer behind every redirect', async () => {
    const zone = {
      'public.example': { a: [[publicV4]] },
      'inside.example': { a: [['10.0.0.1']] },
      'cloud.example': { a: [['169.254.169.254']] },
    };
    const to = (target: string) => `http://public.example/?to=${encodeURIComponent(target)}`;
    const { byUrl, connections } = await outcomes(zone, [
      to('http://inside.example/'),
      to(to('http://cloud.example/')),
      to(to('http://public.example/end')),
    ]);
    expect(Object.values(byUrl)).toEqual([
      'fetch/private-address',
      'fetch/cloud-metadata',
      `${publicV4} public.example`,
    ]);
    expect(Object.keys(connections)).toEqual([publicV4]);
  });

  it('opens a private destination by host, range and port, and no further', async () => {
    const zone = {
      'wiki.internal': { a: [['10.2.0.1'], ['10.0.0.1'], ['169.254.169.254'], [publicV4]] },
      'other.example': { a: [['10.2.0.1']] },
    };
    const allowPrivate = [{ host: '*.internal', cidr: '10.2.0.0/16', ports: [80] }];
    const wiki = 'http://wiki.internal/';
    const report = await sealed({
      zone,
      calls: [
        {
          options: { hosts: 'public', allowPrivate },
          urls: [wiki, wiki, wiki, wiki, 'http://other.example/'],
        },
      ],
    });
    expect(report.outcomes).toEqual([
      '10.2.0.1 wiki.internal',
      'fetch/private-address',
      'fetch/cloud-metadata',
      'fetch/private-address',
      'fetch/private-address',
    ]);
    expect(report.connections).toEqual({ '10.2.0.1': 1 });
  });

  it('reports ordinary destinations in report mode, and enforces metadata even in a mixed answer', async () => {
    const zone = {
      'in.example': { a: [['10.0.0.1']] },
      'mix.example': { a: [['10.0.0.1', '169.254.169.254']] },
    };
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const options: FetchOptions = { hosts: 'public', mode: 'report', until };
    const { byUrl } = await outcomes(zone, ['http://in.example/', 'http://mix.example/'], options);
    expect(Object.values(byUrl)).toEqual(['10.0.0.1 in.example', 'fetch/cloud-metadata']);
  });

  it('does not wait for a resolver longer than its deadline', async () => {
    const { byUrl } = await outcomes({ 'silent.example': { silent: true } }, ['http://silent.example/'], {
      hosts: 'public',
      timeoutMs: 300,
    });
    expect(Object.values(byUrl)).toEqual(['fetch/timeout']);
  });

  it('holds for the whole corpus: every payload is refused, and only public addresses saw a connection', async () => {
    const zone = Object.fromEntries(
      ssrfPayloads.flatMap(({ url, answers }) => {
        if (!answers) return [];
        const [a, aaaa] = [
          answers.filter((text) => !text.includes(':')),
          answers.filter((text) => text.includes(':')),
        ];
        return [[new URL(url).hostname, { a: [a], aaaa: [aaaa] }]];
      }),
    );
    const { byUrl, connections } = await outcomes(
      zone,
      ssrfPayloads.map(({ url }) => url),
    );
    expect(Object.entries(byUrl).filter(([, code]) => !code?.startsWith('fetch/'))).toEqual([]);
    expect(connections).toEqual({});
  });

  it('reaches every legitimate name of the corpus', async () => {
    const names = legitimateUrls
      .map(({ url }) => new URL(url))
      .filter(({ hostname }) => /[a-z]\.?$/.test(hostname))
      .map(({ hostname }) => hostname.replace(/\.$/, ''));
    const zone = Object.fromEntries(names.map((name) => [name, { a: [[publicV4]] }]));
    const { byUrl } = await outcomes(
      zone,
      names.map((name) => `http://${name}/`),
    );
    for (const name of names) expect(byUrl[`http://${name}/`]).toBe(`${publicV4} ${name}`);
  });
});

describe.skipIf(why !== undefined)(`over TLS${title}`, () => {
  it('keeps name and certificate, and does not follow to http', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bulwark-tls-'));
    try {
      const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
      const request = [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-days',
        '2',
      ];
      const subject = ['-subj', '/CN=tls.example', '-addext', 'subjectAltName=DNS:tls.example'];
      execFileSync('openssl', [...request, '-keyout', key, '-out', cert, ...subject], { stdio: 'pipe' });
      const here = { a: [[publicV4]] };
      const down = `https://tls.example/?to=${encodeURIComponent('http://tls.example/')}`;
      const { outcomes: seen } = await sealed(
        {
          zone: { 'tls.example': here, 'other.example': here, 'in.example': { a: [['10.0.0.1']] } },
          tls: { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') },
          calls: [
            {
              options: { hosts: 'public' },
              urls: [
                'https://tls.example/',
                'https://tls.example./',
                'https://other.example/',
                'https://in.example/',
                down,
                `https://tls.example/?to=${encodeURIComponent('http://169.254.169.254/')}`,
              ],
            },
            { options: { hosts: 'public', allowHttpDowngrade: true }, urls: [down] },
          ],
        },
        { NODE_EXTRA_CA_CERTS: cert },
      );
      expect(seen).toEqual([
        `${publicV4} tls.example`,
        `${publicV4} tls.example`,
        'ERR_TLS_CERT_ALTNAME_INVALID',
        'fetch/private-address',
        'fetch/insecure-redirect',
        'fetch/cloud-metadata',
        `${publicV4} tls.example`,
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
