import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Origin, startOrigin } from '../../../checks/machine/origin.ts';
import { configureEvents } from '../../event/index.ts';
import { withRequest } from '../../request/context.ts';
import { createFetch } from '../guarded-fetch.ts';
import type { EgressDecision } from './egress-decision.ts';
import type { FetchOptions } from './policy.ts';

let origin: Origin;
let decisions: EgressDecision[];

beforeEach(async () => {
  configureEvents({ sinks: [] });
  decisions = [];
  origin = await startOrigin((request, response) => {
    if (request.url === '/away') response.writeHead(302, { location: 'http://10.0.0.1/' }).end();
    else response.end('reached');
  });
});
afterEach(() => origin.stop());

function local(more: Partial<FetchOptions> = {}) {
  return createFetch({
    ...{ hosts: 'public', name: 'preview' },
    allowPrivate: [{ host: '127.0.0.1', cidr: '127.0.0.0/8', ports: [origin.port] }],
    onDecision: (decision) => decisions.push(decision),
    ...more,
  } as FetchOptions);
}

describe('every attempt is told', () => {
  it('where a connection is opened, and where one is kept', async () => {
    const fetch = local();
    await withRequest({ id: 'r-1' }, async () => (await fetch(origin.url())).text());
    await new Promise((done) => setTimeout(done, 20));
    await (await fetch(origin.url())).text();
    const place = { policy: 'preview', host: '127.0.0.1', port: origin.port, rule: 'allowPrivate 127.0.0.1' };
    expect(decisions).toEqual([
      {
        ...{ ...place, outcome: 'allowed', kept: false, code: undefined, requestId: 'r-1' },
        ...{ addresses: ['127.0.0.1'], address: '127.0.0.1' },
      },
      {
        ...{ ...place, outcome: 'allowed', kept: true, code: undefined, requestId: undefined },
        ...{ addresses: [], address: undefined },
      },
    ]);
    expect(Object.isFrozen(decisions[0])).toBe(true);
  });

  it('where the URL, the answers or a redirect are refused', async () => {
    const fetch = local();
    for (const url of [
      'nonsense',
      'http://10.0.0.1/',
      'http://localhost.localdomain/',
      origin.url('/away'),
    ]) {
      await expect(fetch(url)).rejects.toMatchObject({ name: 'Refusal' });
    }
    expect(decisions.map(({ outcome, host, code, rule }) => [outcome, host, code, rule])).toEqual([
      ['refused', '', 'fetch/invalid-url', 'fetch/invalid-url'],
      ['refused', '10.0.0.1', 'fetch/private-address', '10.0.0.0/8 Private-Use'],
      ['refused', 'localhost.localdomain', 'fetch/private-address', 'local name'],
      ['allowed', '127.0.0.1', undefined, 'allowPrivate 127.0.0.1'],
      ['refused', '10.0.0.1', 'fetch/private-address', '10.0.0.0/8 Private-Use'],
    ]);
  });

  it('as reported where report mode lets it pass', async () => {
    const until = new Date(Date.now() + 3_600_000);
    const fetch = local({
      allowPrivate: [],
      ports: [origin.port],
      mode: 'report',
      until,
    } as Partial<FetchOptions>);
    await (await fetch(origin.url())).text();
    expect(decisions).toMatchObject([
      { outcome: 'reported', code: 'fetch/private-address', address: '127.0.0.1', kept: false },
    ]);
  });

  it('and a log that throws harms nobody', async () => {
    const fetch = local({
      onDecision() {
        throw new Error('disk full');
      },
    });
    expect(await (await fetch(origin.url())).text()).toBe('reached');
    await expect(fetch('http://10.0.0.1/')).rejects.toMatchObject({ code: 'fetch/private-address' });
  });
});
