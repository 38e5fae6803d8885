import dns from 'node:dns';
import http from 'node:http';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Origin, startOrigin } from '../../../checks/machine/origin.ts';
import { configureEvents } from '../../event/index.ts';
import { createAgents } from '../agents.ts';
import { createFetch } from '../guarded-fetch.ts';
import type { ConnectionOptions } from '../policy/policy.ts';
import { resolveName } from './answers.ts';

type Reply = (...answer: unknown[]) => void;
type Given = (reply: Reply) => void;

const { lookup } = dns;
let origin: Origin;

beforeAll(async () => {
  configureEvents({ sinks: [] });
  origin = await startOrigin((_request, response) => void response.end('reached'));
});
afterEach(() => {
  dns.lookup = lookup;
});
afterAll(() => origin.stop());

/** As a cache, an agent of monitoring or a test puts it in place. */
function replace(given: Given): void {
  dns.lookup = ((_name: string, _options: object, reply: Reply) => given(reply)) as typeof lookup;
}

const here = { address: '127.0.0.1', family: 4 };
/** Each at once, and from the event loop, where what is thrown ends the process. */
const times: [string, (given: Given) => Given][] = [
  ['at once', (given) => given],
  ['later', (given) => (reply) => void setImmediate(() => given(reply))],
];

const accepted: [string, Given][] = [
  ['a list', (reply) => reply(null, [here])],
  ['one address, as if `all` were not asked for', (reply) => reply(null, '127.0.0.1', 4)],
  ['one address without its family', (reply) => reply(null, '127.0.0.1')],
  ['a list of texts', (reply) => reply(null, ['127.0.0.1'])],
  [
    'two answers, of which the first counts',
    (reply) => {
      reply(null, [here]);
      reply(null, [{ address: '127.0.0.2', family: 4 }]);
      reply(new Error('again'));
    },
  ],
];

const refused: [string, Given, unknown][] = [
  ['undefined', (reply) => reply(null, undefined), { code: 'ENOTFOUND' }],
  ['null', (reply) => reply(null, null, 4), { code: 'ENOTFOUND' }],
  ['an empty list', (reply) => reply(null, []), { code: 'ENOTFOUND' }],
  [
    'an error',
    (reply) => reply(Object.assign(new Error('no'), { code: 'EAI_AGAIN' })),
    { code: 'EAI_AGAIN' },
  ],
  [
    'an error of another realm',
    (reply) => reply(runInNewContext("Object.assign(new Error('no'), { code: 'ENOTFOUND' })")),
    { code: 'ENOTFOUND' },
  ],
  ['an error that is a text', (reply) => reply('no'), { message: 'The lookup failed.' }],
  [
    'a getter that throws',
    (reply) =>
      reply(null, [
        {
          get address() {
            throw new Error('no address');
          },
        },
      ]),
    { message: 'no address' },
  ],
  ['null in a list', (reply) => reply(null, [null]), { code: 'fetch/invalid-url' }],
  ['a number', (reply) => reply(null, 2_130_706_433), { code: 'fetch/invalid-url' }],
  ['a private address', (reply) => reply(null, '10.0.0.1', 4), { code: 'fetch/private-address' }],
];

const policy = (): ConnectionOptions => ({
  hosts: [],
  allowPrivate: [{ host: 'db.example', cidr: '127.0.0.1/32', ports: [origin.port] }],
});

const clients: [string, () => Promise<string>][] = [
  [
    'createFetch',
    () =>
      createFetch(policy())(`http://db.example:${origin.port}/`).then(
        (response) => response.text(),
        // What is no refusal is wrapped, as `fetch` does.
        (error) => Promise.reject(error instanceof TypeError ? error.cause : error),
      ),
  ],
  [
    'createAgents',
    () =>
      new Promise((done, failed) => {
        const agent = createAgents(policy()).http;
        http
          .get({ agent, host: 'db.example', port: origin.port }, async (response) => {
            let text = '';
            for await (const chunk of response.setEncoding('utf8')) text += chunk;
            done(text);
          })
          .on('error', failed);
      }),
  ],
];

describe.each(clients)('%s, where dns.lookup was replaced', (_, get) => {
  describe.each(times)('and answers %s', (__, when) => {
    it.each(accepted)('reaches what it allows by %s', async (___, given) => {
      replace(when(given));
      expect(await get()).toBe('reached');
    });

    it.each(refused)('fails by %s', async (___, given, expected) => {
      replace(when(given));
      await expect(get()).rejects.toMatchObject(expected as object);
    });

    it('dials what was checked, whatever a getter says afterwards', async () => {
      let reads = 0;
      const changing = (first: string, then: string): Given =>
        when((reply) => {
          reads = 0;
          reply(null, [
            {
              family: 4,
              get address() {
                return reads++ === 0 ? first : then;
              },
            },
          ]);
        });
      replace(changing('127.0.0.1', '127.0.0.2'));
      expect(await get()).toBe('reached');
      expect(reads).toBe(1);
      replace(changing('10.0.0.1', '127.0.0.1'));
      await expect(get()).rejects.toMatchObject({ code: 'fetch/private-address' });
      expect(reads).toBe(1);
    });
  });

  it('fails where it throws', async () => {
    replace(() => {
      throw new Error('no resolver');
    });
    await expect(get()).rejects.toThrow('no resolver');
    replace((reply) => reply(null, [here]));
    expect(await get()).toBe('reached');
  });
});

describe('resolveName', () => {
  it('gives frozen copies', () => {
    const own = [{ ...here }];
    replace((reply) => reply(null, own));
    resolveName('db.example', {}, (error, answers) => {
      expect([error, answers]).toEqual([null, [here]]);
      expect(answers).not.toBe(own);
      expect([answers, ...answers].every((value) => Object.isFrozen(value))).toBe(true);
    });
    expect.assertions(3);
  });

  it('leaves what its caller throws to its caller, who is called once', () => {
    let calls = 0;
    replace((reply) => reply(null, [here]));
    const call = (): void =>
      resolveName('db.example', {}, () => {
        calls++;
        throw new Error('of the caller');
      });
    expect(call).toThrow('of the caller');
    expect(calls).toBe(1);
  });
});
