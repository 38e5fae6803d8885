import type { Attack, Outcome, Place } from './attack.ts';
import { answerOf, type Reply, request, shownOf } from './request.ts';

const framing: Place = {
  group: 'Framing',
  endpoint: 'GET login',
  part: 'headers',
  code: [{ file: 'app.ts' }],
  only: '<iframe src=".../login">',
  async fire(app, { victim, canaries, look }) {
    if (!victim) return { answer: 'not opened', unconfirmed: true };
    const url = `${canaries.framingPage}${encodeURIComponent(`${app.url}login`)}`;
    const { isShown, shown } = await victim.frames(url, look);
    return {
      answer: isShown ? 'framed' : 'frame refused',
      ...(isShown && { lost: 'login page framed by a stranger' }),
      ...(shown && { shown }),
    };
  },
};

const brokenJson: Place = {
  group: 'Error details',
  endpoint: 'POST api/preview',
  part: 'errors',
  code: [{ file: 'app.ts' }],
  async fire(app, { look }, payload) {
    return told(await request(app, 'POST', 'api/preview', payload, 'json'), look);
  },
};

const unreachable: Place = {
  group: 'Error details',
  endpoint: 'POST preview url',
  part: 'errors',
  code: [{ file: 'app.ts' }],
  async fire(app, { look }, payload) {
    return told(await request(app, 'POST', 'preview', { url: payload }), look);
  },
};

export const otherPlaces: readonly Place[] = [framing, brokenJson, unreachable];

/** What no payload of a corpus stands for: a page in a stranger's frame, and errors that tell too much. */
export function otherAttacks(): Attack[] {
  const own = { guide: false, kind: 'error' };
  return [
    {
      ...framing,
      ...own,
      name: 'login page in a frame',
      payload: framing.only ?? '',
      kind: 'clickjacking',
    },
    { ...brokenJson, ...own, name: 'broken JSON', payload: '{broken' },
    { ...unreachable, ...own, name: 'a URL that cannot be fetched', payload: 'http://nowhere.invalid/' },
  ];
}

function told(reply: Reply, look: boolean | undefined): Outcome {
  const seen = { answer: answerOf(reply), ...shownOf(reply, look) };
  return reply.status >= 400 && stackIn(reply.body)
    ? { ...seen, lost: 'stack trace with paths shown' }
    : seen;
}

const stackIn = (body: string): boolean =>
  /at .{0,200}(?:node_modules|node:internal|\.ts|\.js):?\d*/.test(body);
