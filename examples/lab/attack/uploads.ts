import AdmZip from 'adm-zip';
import { programs } from '../programs.ts';
import type { App } from '../run/app-process.ts';
import type { Attack, Outcome, Place } from './attack.ts';
import { type Client, createClient } from './client.ts';
import { effectOf } from './effect.ts';
import { type Person, signUp } from './person.ts';
import { answerOf, type Reply, request, shownOf } from './request.ts';

const shared = { group: 'File upload', fixed: true, code: [{ file: 'avatar.ts' }] } as const;

/** A file as it is sent: a payload has its name, its type and its content, a line each. */
function fileIn(payload: string): { name: string; file: Blob } {
  const [name = '', type = '', ...lines] = payload.split('\n');
  return { name, file: new Blob([lines.join('\n')], { type }) };
}

/** Somebody who is logged in, and whose profile shows a picture. */
interface Customer {
  readonly client: Client;
  sendAvatar(name: string, file: Blob): Promise<Reply>;
  /** Where the picture of their profile is. */
  avatar(): Promise<string>;
}

async function customerOf(app: App): Promise<Customer> {
  const person: Person = await signUp(app);
  const client = createClient(app);
  await client.post('login', { email: person.email, password: person.password });
  const { id } = JSON.parse((await client.get('api/account')).body) as { id: number };
  return {
    client,
    sendAvatar(name, file) {
      const form = new FormData();
      form.append('picture', file, name);
      return client.post('avatar', form);
    },
    async avatar() {
      const { body } = await client.get(`profile?id=${id}`);
      return / src="([^"]*)"><\/p>/.exec(body)?.[1] ?? '';
    },
  };
}

/** The victim opens what the attacker's profile shows as a picture. */
const page: Place = {
  ...{ ...shared, endpoint: 'POST avatar, opened by the victim', part: 'upload and policy' },
  async fire(app, { victim, look }, payload) {
    if (!victim) return { answer: 'not opened', unconfirmed: true };
    const mallory = await customerOf(app);
    const { name, file } = fileIn(payload);
    const reply = await mallory.sendAvatar(name, file);
    const path = await mallory.avatar();
    await app.tidy();
    if (path === 'avatar.svg') return { answer: answerOf(reply), ...shownOf(reply, look) };
    const { status, scripts, markup, astray, shown } = await victim.open(app, path, look);
    const seen = { answer: String(status), ...(shown && { shown }) };
    if (scripts.length > 0) return { ...seen, lost: `script ran: ${scripts[0]}` };
    const placed = markup ?? astray;
    return placed === undefined ? seen : { ...seen, markup: placed };
  },
};

const over: Place = {
  ...{ ...shared, endpoint: 'POST avatar, a name that is taken', part: 'upload' },
  async fire(app, { look }, payload) {
    const victim = await customerOf(app);
    await victim.sendAvatar('me.png', new Blob([smallPng], { type: 'image/png' }));
    const before = await victim.client.get(await victim.avatar());
    const mallory = await customerOf(app);
    const reply = await mallory.sendAvatar(payload, new Blob([otherPng], { type: 'image/png' }));
    const after = await victim.client.get(await victim.avatar());
    await app.tidy();
    const isReplaced = before.status === 200 && after.body !== before.body;
    return {
      ...{ answer: answerOf(reply), ...shownOf(reply, look) },
      ...(isReplaced && { lost: "a stranger's picture in the victim's profile" }),
    };
  },
};

const large: Place = {
  ...{ ...shared, endpoint: 'POST avatar, size', part: 'upload' },
  async fire(app, { look }, payload) {
    const mallory = await customerOf(app);
    const bytes = 12_000_000;
    const file = new Blob([smallPng, Buffer.alloc(bytes)], { type: 'image/png' });
    const reply = await mallory.sendAvatar(payload, file);
    const isKept = (await mallory.avatar()) !== 'avatar.svg';
    await app.tidy();
    return {
      ...{ answer: answerOf(reply), ...shownOf(reply, look) },
      ...(isKept && { lost: `${bytes / 1e6} MB of the disk taken by one picture` }),
    };
  },
};

const archive = {
  ...shared,
  part: 'upload',
  code: [{ file: 'pictures.ts', name: 'pictureRoutes' }],
} as const;

/** Its payload is the name of the entry. */
const slip: Place = {
  ...{ ...archive, endpoint: 'POST pictures, names' },
  async fire(app, range, payload) {
    const reply = await sendZip(app, [[payload, forged]]);
    const prices = await request(app, 'GET', 'download?file=prices.csv');
    const outside = await app.files.has('left-outside.txt');
    const outcome = await effectOf(app, reply, range);
    return {
      ...outcome,
      ...(outside && { lost: 'a file written outside of its folder' }),
      ...(prices.body === forged && { lost: "every customer's price list replaced" }),
    };
  },
};

/** Its payload says how many megabytes of zeros it unpacks to. */
const bomb: Place = {
  ...{ ...archive, endpoint: 'POST pictures, size' },
  async fire(app, range, payload): Promise<Outcome> {
    const zeros = Buffer.alloc(Number(/\d+/.exec(payload)?.[0] ?? 1) * 1_000_000);
    const reply = await sendZip(app, [['rope.png', zeros]]);
    const isKept = await app.files.has('rope.png');
    const outcome = await effectOf(app, reply, range);
    return { ...outcome, ...(isKept && { lost: `${zeros.length / 1e6} MB unpacked from a few kB` }) };
  },
};

const forged = 'name,price\r\nRope,0.01\r\n';

export const smallPng: Buffer<ArrayBuffer> = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const otherPng: Buffer<ArrayBuffer> = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

/** An archive with any names: adm-zip itself writes none that leads out. */
export function zipOf(
  entries: readonly (readonly [name: string, content: string | Buffer])[],
): Buffer<ArrayBuffer> {
  const zip = new AdmZip();
  const plain = (i: number, name: string): string => `${i}`.padEnd(Buffer.byteLength(name, 'utf8'), 'x');
  entries.forEach(([name, content], i) => void zip.addFile(plain(i, name), Buffer.from(content)));
  const bytes = Buffer.from(zip.toBuffer());
  entries.forEach(([name], i) => {
    const [from, to] = [Buffer.from(plain(i, name)), Buffer.from(name)];
    for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + to.length)) to.copy(bytes, at);
  });
  return bytes;
}

async function sendZip(
  app: App,
  entries: readonly (readonly [name: string, content: string | Buffer])[],
): Promise<Reply> {
  const form = new FormData();
  form.append('archive', new Blob([zipOf(entries)], { type: 'application/zip' }), 'pictures.zip');
  return request(app, 'POST', 'pictures', form);
}

const avatarPlaces: readonly Place[] = [page, over, large];

export const uploadPlaces: readonly Place[] = [...avatarPlaces, ...(programs.prlimit ? [slip, bomb] : [])];

const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(document.domain)</script></svg>';
const script = '<script>alert(document.domain)</script>';
const xhtml = `<html xmlns="http://www.w3.org/1999/xhtml"><body>${script}</body></html>`;

/** Files that are something else than pictures, or end up where they should not. */
export function uploadAttacks(): Attack[] {
  const own = { guide: true, kind: 'upload' };
  const pages = [
    ['a page that says it is a picture', `me.html\nimage/png\n${script}`],
    ['a drawing with a script', `me.svg\nimage/svg+xml\n${svg}`],
    ['a page that begins like a picture', `me.html\nimage/gif\nGIF89a${script}`],
    ['a page in XML', `me.xhtml\nimage/png\n${xhtml}`],
  ] as const;
  const zips = [
    { ...slip, ...own, name: 'over the price list', payload: '../../downloads/prices.csv' },
    { ...slip, ...own, name: 'outside of its folder', payload: '../../left-outside.txt' },
    { ...bomb, ...own, kind: 'size', name: 'a bomb', payload: '60 MB of zeros' },
  ];
  return [
    ...pages.map(([name, payload]) => ({ ...page, ...own, name, payload })),
    { ...over, ...own, name: "the victim's file name", payload: 'me.png' },
    { ...large, ...own, name: 'a huge picture', payload: 'huge.png' },
    ...(programs.prlimit ? zips.map((one) => ({ ...one, guide: false })) : []),
  ];
}
