import type { Attack } from './attack.ts';
import { answerOf, request } from './request.ts';

/** What no payload of a corpus stands for: a page in a stranger's frame, and errors that tell too much. */
export function otherAttacks(): Attack[] {
  return [
    {
      group: 'Framing',
      name: 'login page in a frame',
      payload: '<iframe src=".../login">',
      kind: 'clickjacking',
      endpoint: 'GET login',
      guide: false,
      part: 'headers',
      async fire(app, { victim, canaries }) {
        if (!victim) return { answer: 'not opened', unconfirmed: true };
        const framed = await victim.frames(`${canaries.framingPage}${encodeURIComponent(`${app.url}login`)}`);
        return framed
          ? { answer: 'framed', lost: 'login page framed by a stranger' }
          : { answer: 'frame refused' };
      },
    },
    {
      group: 'Error details',
      name: 'broken JSON',
      payload: '{broken',
      kind: 'error',
      endpoint: 'POST api/preview',
      guide: false,
      part: 'errors',
      async fire(app) {
        const response = await fetch(`${app.url}api/preview`, {
          method: 'POST',
          body: '{broken',
          headers: { 'content-type': 'application/json' },
        });
        const body = await response.text();
        const answer = `${response.status}`;
        return stackIn(body) ? { answer, lost: 'stack trace with paths shown' } : { answer };
      },
    },
    {
      group: 'Error details',
      name: 'a URL that cannot be fetched',
      payload: 'http://nowhere.invalid/',
      kind: 'error',
      endpoint: 'POST preview url',
      guide: false,
      part: 'errors',
      async fire(app) {
        const reply = await request(app, 'POST', 'preview', { url: 'http://nowhere.invalid/' });
        const answer = answerOf(reply);
        return stackIn(reply.body) ? { answer, lost: 'stack trace with paths shown' } : { answer };
      },
    },
  ];
}

const stackIn = (body: string): boolean =>
  /at .{0,200}(?:node_modules|node:internal|\.ts|\.js):?\d*/.test(body);
