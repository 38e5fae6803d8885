import assert from 'node:assert/strict';
import type { Case } from '../case.ts';
import { Reply } from '../client/reply.ts';
import { tellsNothing } from './expected.ts';
import { head, send } from './send-bytes.ts';

const close = 'Connection: close';

const hosts: readonly (readonly [id: string, what: string, lines: readonly string[]])[] = [
  ['no-host', 'without Host', []],
  ['two-hosts', 'with two Host lines', ['Host: shop.example', 'Host: evil.example']],
  ['same-host-twice', 'with the same Host twice', ['Host: shop.example', 'Host: shop.example']],
  ['host-with-path', 'whose Host has a path', ['Host: shop.example/evil']],
  ['host-with-user', 'whose Host has a user', ['Host: shop.example@evil.example']],
  ['host-with-space', 'whose Host has a space', ['Host: shop.example evil.example']],
  ['host-with-comma', 'whose Host is a list', ['Host: shop.example,evil.example']],
  ['host-with-port', 'whose Host has a port that is not a number', ['Host: shop.example:80evil']],
];

const malformed: readonly (readonly [id: string, what: string, text: string])[] = [
  [
    'unknown-method',
    'a method that HTTP does not have',
    head('BREW / HTTP/1.1', 'Host: shop.example', close),
  ],
  ['raw-bytes', 'a target with raw bytes', head('GET /users/\xe9\xff HTTP/1.1', 'Host: shop.example', close)],
  ['no-http', 'a first line that is not HTTP', 'hunter2 hunter2\r\n\r\n'],
  [
    'future-version',
    'an HTTP version that does not exist',
    head('GET / HTTP/9.9', 'Host: shop.example', close),
  ],
  [
    'name-with-space',
    'a header whose name has a space',
    head('GET / HTTP/1.1', 'Host: shop.example', 'X hunter2: 1'),
  ],
  [
    'control-character',
    'a header with a control character',
    head('GET / HTTP/1.1', 'Host: shop.example', 'X: a\x01hunter2'),
  ],
  [
    'two-lengths',
    'two Content-Length lines',
    `${head('POST /raw HTTP/1.1', 'Host: shop.example', 'Content-Length: 1', 'Content-Length: 2')}xy`,
  ],
  [
    'length-and-chunks',
    'Content-Length and Transfer-Encoding (request smuggling, CWE-444)',
    `${head('POST /raw HTTP/1.1', 'Host: shop.example', 'Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
  ],
  [
    'negative-length',
    'a Content-Length that is not a number',
    head('POST /raw HTTP/1.1', 'Host: shop.example', 'Content-Length: -1'),
  ],
  [
    'broken-chunk',
    'a chunk size that is not a number',
    `${head('POST /raw HTTP/1.1', 'Host: shop.example', 'Transfer-Encoding: chunked')}hunter2\r\n`,
  ],
];

export const malformedCases: readonly Case[] = [
  ...hosts.map(
    ([id, what, lines]): Case => ({
      id: `http/${id}`,
      sentence: `An HTTP/1.1 request ${what} is refused with 400.`,
      async check(site) {
        const [answer, ...more] = await send(site, head('GET /page HTTP/1.1', ...lines, close));
        assert.equal(answer?.status, 400);
        assert.deepEqual(more, []);
        assert.doesNotMatch(answer.text, /evil/);
        tellsNothing(new Reply(answer));
      },
    }),
  ),
  ...malformed.map(
    ([id, what, text]): Case => ({
      id: `http/${id}`,
      sentence: `A request with ${what} is refused once, without details, and the connection is closed.`,
      async check(site) {
        const answers = await send(site, text, 'POST');
        assert.ok(answers.length <= 1, `${answers.length} answers`);
        for (const answer of answers) {
          assert.ok(answer.status >= 400 && answer.status < 500, String(answer.status));
          tellsNothing(new Reply(answer));
        }
        assert.equal((await site.ask('/')).text, 'hello');
      },
    }),
  ),
];
