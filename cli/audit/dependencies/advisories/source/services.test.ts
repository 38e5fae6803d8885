import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { isAffected, type PackageVersion } from '../osv/is-affected.ts';
import { npmService } from './npm-service.ts';
import { osvService } from './osv-service.ts';

type Answer = (path: string, body: string) => { readonly status?: number; readonly body: unknown };

const closers: (() => void)[] = [];
afterAll(() => {
  for (const close of closers) close();
});

async function serve(answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const { status = 200, body: sent } = answer(request.url ?? '', body);
      response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {});
      response.end(typeof sent === 'string' ? sent : JSON.stringify(sent));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const lodash: PackageVersion = { ecosystem: 'npm', name: 'lodash', version: '4.17.20' };
const django: PackageVersion = { ecosystem: 'PyPI', name: 'django', version: '4.2.1' };

describe("OSV's service", () => {
  it('asks for ids page by page, and for each record once', async () => {
    const asked: string[] = [];
    const url = await serve((path, body) => {
      asked.push(`${path} ${body}`);
      if (path.startsWith('/v1/vulns/'))
        return { body: { id: path.slice('/v1/vulns/'.length), affected: [] } };
      if (body.includes('page_token'))
        return { body: { results: [{ vulns: [{ id: 'A-2' }, { id: 'A-1' }] }] } };
      return {
        body: { results: [{}, { vulns: [{ id: 'A-1', modified: '2026-11-30' }], next_page_token: 'x' }] },
      };
    });
    const { records, problems } = await osvService(url).find([lodash, django]);
    expect(problems).toEqual([]);
    expect(records.map(({ id }) => id)).toEqual(['A-1', 'A-2']);
    const query = { package: { ecosystem: 'PyPI', name: 'django' }, version: '4.2.1' };
    expect(asked).toEqual([
      `/v1/querybatch ${JSON.stringify({ queries: [{ package: { ecosystem: 'npm', name: 'lodash' }, version: '4.17.20' }, query] })}`,
      `/v1/querybatch ${JSON.stringify({ queries: [{ ...query, page_token: 'x' }] })}`,
      '/v1/vulns/A-1 ',
      '/v1/vulns/A-2 ',
    ]);
  });

  it.each<[string, Answer]>([
    ['an error', () => ({ status: 503, body: '' })],
    ['a redirect', () => ({ status: 302, body: '' })],
    ['text', () => ({ body: '<html>' })],
    ['no results', () => ({ body: {} })],
    ['too few results', () => ({ body: { results: [] } })],
    ['results of another form', () => ({ body: { results: [{ vulns: 'A-1' }] } })],
    ['pages without an end', () => ({ body: { results: [{ next_page_token: 'x' }] } })],
    [
      'another record',
      (path) => ({ body: path.includes('batch') ? { results: [{ vulns: [{ id: 'A-1' }] }] } : { id: 'B' } }),
    ],
  ])('has a problem with %s', async (_, answer) => {
    const { problems } = await osvService(await serve(answer)).find([lodash]);
    expect(problems).toHaveLength(1);
  });

  it('has a problem if nobody answers', async () => {
    const { problems } = await osvService('http://127.0.0.1:1').find([lodash]);
    expect(problems).toEqual([{ text: 'The service could not be reached.' }]);
  });
});

describe("npm's registry", () => {
  it('is asked for the versions of each package', async () => {
    const asked: string[] = [];
    const url = await serve((path, body) => {
      asked.push(`${path} ${body}`);
      const advisory = {
        id: 1106913,
        url: 'https://github.com/advisories/GHSA-35jh-r3h4-6jhm',
        title: 'Command Injection in lodash',
        severity: 'high',
        vulnerable_versions: '<4.17.21',
      };
      return { body: { lodash: [advisory] } };
    });
    const { records, problems } = await npmService(url).find([lodash, { ...lodash, version: '4.17.21' }]);
    expect(problems).toEqual([]);
    expect(asked).toEqual(['/-/npm/v1/security/advisories/bulk {"lodash":["4.17.20","4.17.21"]}']);
    expect(records.map(({ id }) => id)).toEqual(['GHSA-35jh-r3h4-6jhm']);
    const verdicts = ['4.17.20', '4.17.21'].map((version) =>
      records.map((one) => isAffected(one, { ...lodash, version })),
    );
    expect(verdicts).toEqual([['affected'], ['unaffected']]);
  });

  it('has nothing for a package without an exact version', async () => {
    const { problems } = await npmService(await serve(() => ({ body: {} }))).find([
      { ...lodash, version: undefined },
    ]);
    expect(problems).toEqual([{ text: 'It answers only for exact versions.', ecosystem: 'npm' }]);
  });

  it('has nothing for PyPI', async () => {
    const { problems } = await npmService(await serve(() => ({ body: {} }))).find([lodash, django]);
    expect(problems).toEqual([{ text: 'It has no advisories for PyPI.', ecosystem: 'PyPI' }]);
  });

  it.each<[string, Answer]>([
    ['an error', () => ({ status: 500, body: {} })],
    ['a list', () => ({ body: [] })],
    ['an advisory of another form', () => ({ body: { lodash: [{}] } })],
    ['no list of advisories', () => ({ body: { lodash: {} } })],
  ])('has a problem with %s', async (_, answer) => {
    const { problems } = await npmService(await serve(answer)).find([lodash]);
    expect(problems).toHaveLength(1);
  });
});
