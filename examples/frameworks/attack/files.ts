import { pathPayloads } from 'bulwark/testing';
import type { Browser } from 'playwright-core';
import { linksOf } from './forms.ts';
import { type Outcome, tryEach } from './outcome.ts';
import type { Person } from './person.ts';
import { watchPage } from './watch-page.ts';

const up = (step: string, slash: string): string[] =>
  [2, 3, 4, 6, 8, 10].map((levels) => `${step.repeat(levels)}etc${slash}passwd`);

const paths = [
  ...up('..%2f', '%2f'),
  ...up('%2e%2e%2f', '%2f'),
  ...up('..%5c', '%5c'),
  ...up('../', '/'),
  ...up('....//', '/'),
  ...pathPayloads
    .flatMap(({ path }) => [path, encodeURIComponent(path.toWellFormed())])
    .filter((path) => path.includes('passwd')),
].filter((path) => /^[\x21-\x7e]+$/.test(path));

/** Reads files of Desk's own folder through the folder of its scripts. */
const beside = [
  '../package.json',
  '..%2fpackage.json',
  '%2e%2e/package.json',
  '%2e%2e%2fpackage.json',
  '..%5cpackage.json',
  'x/../../package.json',
  '..%252fpackage.json',
  '.%00./package.json',
];

export async function attackPaths(bob: Person): Promise<Outcome[]> {
  const read = async (path: string, file: RegExp): Promise<string | undefined> => {
    const text = await bob.get(path).then(
      (answer) => answer.text,
      async () => {
        // Koa closes the connection when a file that it streams does not exist. A server that has ended fails here.
        await bob.get('/login');
        return '';
      },
    );
    return file.test(text) ? `${path} reads a file that is not Desk's to show` : undefined;
  };
  return [
    await tryEach('path traversal', 'GET /attachments/NAME', paths, (path) =>
      read(`/attachments/${path}`, /^root:[^:]*:0:0:/m),
    ),
    await tryEach('path traversal', 'GET /assets/NAME', beside, (path) =>
      read(`/assets/${path}`, /"dependencies": \{/),
    ),
  ];
}

const script = '<script>alert(1)</script>';
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
const uploads = [
  { name: 'page.html', content: `<!doctype html>${script}` },
  { name: 'picture.svg', content: svg },
  { name: 'picture.png', content: `<!doctype html>${script}` },
  { name: 'picture.png.html', content: `\x89PNG\r\n\x1a\n${script}` },
  { name: 'page.xhtml', content: `<html xmlns="http://www.w3.org/1999/xhtml">${script}</html>` },
];

/** Files that pass for pictures, and run when somebody else opens them. */
export async function attackUploads(
  base: string,
  bob: Person,
  ann: Person,
  browser: Browser,
): Promise<Outcome[]> {
  const ticket = await bob.writeTicket('files', 'with attachments');
  if (ticket === undefined) throw new Error('This test proves nothing: no ticket could be written.');
  const watched = await watchPage(browser, ann);
  try {
    return [
      await tryEach('uploads that run', 'POST /tickets/ID/attachment', uploads, async ({ name, content }) => {
        const before = linksOf((await bob.get(ticket)).text, '/attachments/');
        await bob.attach(ticket, name, 'image/png', Buffer.from(content, 'latin1'));
        const after = linksOf((await bob.get(ticket)).text, '/attachments/');
        for (const link of after.filter((one) => !before.includes(one))) {
          if (await watched.ran(`${base}${link}`)) return `${name} ran in Desk's origin`;
        }
        return undefined;
      }),
    ];
  } finally {
    await watched.close();
  }
}
