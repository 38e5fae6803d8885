import { describe, expect, it } from 'vitest';
import { requestWith } from '../../checks/upload/form.ts';
import { avatar, gif, uploadTest } from '../../checks/upload/upload-test.ts';
import { render, sanitize } from '../html/index.ts';
import { uploads } from './index.ts';

const { disk, empty, events, guard, refused } = uploadTest();

describe('text', () => {
  const text = guardText();
  function guardText() {
    return (fileName: string, data: string | Uint8Array) =>
      guard({
        file: { types: ['text/plain', 'text/csv', 'application/json', 'application/xml', 'text/markdown'] },
      }).receive(requestWith([{ name: 'file', fileName, data }]));
  }

  it.each([
    ['notes.txt', 'BMW and MZ are names. <script> is a tag.', 'text/plain'],
    ['empty.txt', '', 'text/plain'],
    ['log.log', '\u001b[31mred\u001b[0m\ttab\r\n', 'text/plain'],
    ['blob', 'no name', 'text/plain'],
    ['table.csv', '\ufeffname,price\r\nCaf\u00e9,3\r\n', 'text/csv'],
    ['data.json', '\n {"a":1}', 'application/json'],
    ['indented.json', `${' '.repeat(2_000)}{"a":1}`, 'application/json'],
    ['feed.xml', '<?xml version="1.0"?><feed/>', 'application/xml'],
    ['README.md', '<h1 align="center">Title</h1>', 'text/markdown'],
  ])('%s is accepted', async (name, data, type) => {
    expect((await text(name, data)).files['file']).toMatchObject({ type });
  });

  it.each([
    ['page.txt', ' \n<!DOCTYPE html><script>alert(1)</script>'],
    ['indented.txt', `${' '.repeat(1_100)}<script>alert(1)</script>`],
    ['page.csv', '<script>alert(1)</script>'],
    ['pdf.txt', '%PDF-1.4 javascript'],
    ['picture.txt', 'GIF89a=1;alert(1)'],
    ['picture.csv', '<svg onload=alert(1)>'],
    ['binary.txt', Buffer.from([0x4d, 0x5a, 0x00, 0x01])],
    ['latin1.txt', Buffer.from('caf\xe9', 'latin1')],
    ['utf16.txt', Buffer.from('\ufefftext', 'utf16le')],
    ['half.txt', Buffer.from('\u20ac').subarray(0, 2)],
    ['script.js', 'alert(1)'],
    ['data.json', 'hello'],
    ['empty.json', ''],
  ])('%s is refused', (name, data) => refused(text(name, data), 'upload/type-not-allowed'));
});

describe('SVG', () => {
  const drawing =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/><script>alert(1)</script></svg>';
  const svg = (data: string) =>
    guard(
      { file: { types: ['image/svg+xml'] } },
      { sanitizeSvg: (markup) => render(sanitize(markup, 'svg')) },
    ).receive(requestWith([{ name: 'file', fileName: 'drawing.svg', data }]));

  it('is stored as the output of the sanitiser, as a document', async () => {
    const { files } = await svg(`<?xml version="1.0"?>\n${drawing}`);
    const { id, bytes } = files['file'] as { id: string; bytes: number };
    const stored = String(await disk().read(id));
    expect(stored).toContain('<path d="M0 0h9"');
    expect(stored).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(stored).not.toMatch(/script|alert/);
    expect(Buffer.byteLength(stored)).toBe(bytes);
  });

  it('that is not a picture is refused, and so is one that is too large', async () => {
    await refused(svg('<p>text</p>'), 'upload/type-not-allowed');
    await refused(svg(`<svg>${' '.repeat(1_000_001)}</svg>`), 'upload/too-large');
  });

  it('throws a Misuse without a sanitiser', () => {
    expect(() => guard({ file: { types: ['image/svg+xml'] } })).toThrow(/pass sanitizeSvg/);
  });
});

describe('scanning', () => {
  it('stores clean files, refuses malware, and quarantines files that could not be scanned', async () => {
    const says = (scan: () => Promise<never> | Promise<object>) =>
      guard(undefined, { scan: { scan: scan as never } });
    const clean = await says(async () => ({ clean: true })).receive(requestWith([avatar()]));
    expect(clean.files['avatar']).toMatchObject({ status: 'ready' });
    for (const scan of [async () => ({ unknown: 'time-out' }), () => Promise.reject(new Error('refused'))]) {
      const { files } = await says(scan).receive(requestWith([avatar()]));
      const { id, status } = files['avatar'] as { id: string; status: string };
      expect(status).toBe('quarantined');
      await expect(disk().store.open(id)).rejects.toMatchObject({ code: 'upload/not-found' });
    }
    expect((await events()).filter(({ code }) => code === 'upload/not-scanned')).not.toEqual([]);
    empty();
    const infected = says(async () => ({ clean: false, signature: 'Eicar-Test' })).receive(
      requestWith([avatar()]),
    );
    await refused(infected, 'upload/malware', { malware: 'Eicar-Test' });
  });
});

describe('images', () => {
  it('are stored as the output of the rewriter', async () => {
    const { writeFile } = await import('node:fs/promises');
    const images = {
      types: ['image/png'],
      rewrite: async (_from: unknown, to: { absolute: string }) => {
        await writeFile(to.absolute, gif, { flag: 'wx' });
        return { type: 'image/gif', bytes: gif.length, width: 1, height: 1 };
      },
    };
    const { files } = await guard(undefined, { images: images as never }).receive(requestWith([avatar()]));
    expect(files['avatar']).toMatchObject({ type: 'image/gif', extension: 'gif', bytes: gif.length });
    expect(await disk().read((files['avatar'] as { id: string }).id)).toEqual(gif);
  });

  it('may have the extension of another type that is re-encoded: they are stored as what they are', async () => {
    const { copyFile } = await import('node:fs/promises');
    const images = {
      types: ['image/png', 'image/gif'],
      rewrite: async (from: { absolute: string }, to: { absolute: string }, type: string) => {
        await copyFile(from.absolute, to.absolute);
        return { type, bytes: gif.length, width: 1, height: 1 };
      },
    };
    const send = (name: string, types: readonly string[], more: object = { images }) =>
      guard({ avatar: { types: types as never } }, more).receive(requestWith([avatar(gif, name)]));
    const both = ['image/png', 'image/gif'];
    expect((await send('me.png', both)).files['avatar']).toMatchObject({
      ...{ name: 'me.png', type: 'image/gif', extension: 'gif' },
    });
    empty();
    const mismatch = 'upload/extension-mismatch';
    await refused(send('me.png', both, {}), mismatch);
    await refused(send('me.png', ['image/gif']), mismatch);
    await refused(send('me.jpg', [...both, 'image/jpeg']), mismatch);
    await refused(send('me.php', both), mismatch);
    await refused(send('me.txt', [...both, 'text/plain']), mismatch);
    await refused(send('me.png', ['image/png']), 'upload/type-not-allowed');
  });

  it('that a rewriter refuses leave nothing', async () => {
    const images = { types: ['image/png'], rewrite: () => Promise.reject(new Error('cannot decode')) };
    await expect(guard(undefined, { images }).receive(requestWith([avatar()]))).rejects.toThrow(
      'cannot decode',
    );
    expect(disk().left()).toEqual([]);
  });

  it('without a rewriter are reported once, unless they are allowed', async () => {
    guard();
    uploads({ store: disk().store, files: { avatar: { types: ['image/png', 'text/plain'] } } });
    expect(await events()).toMatchObject([
      { code: 'upload/original-images', evidence: { types: 'image/png' } },
    ]);
  });

  it('of a type that the rewriter has not are told too: those of an iPhone say where they were taken', async () => {
    const images = { types: ['image/jpeg'], rewrite: () => Promise.reject(new Error('not called')) };
    const photo = { types: ['image/jpeg', 'image/heic', 'image/vnd.dwg'] } as const;
    uploads({ store: disk().store, images, files: { photo } });
    expect(await events()).toMatchObject([
      { code: 'upload/original-images', evidence: { types: 'image/heic' } },
    ]);
  });
});

describe('a polyglot', () => {
  const gifScript = Buffer.concat([
    gif.subarray(0, -1),
    Buffer.from('*/=1;alert(document.domain)//<script>alert(1)</script>;'),
  ]);
  const pdfScript = Buffer.from(
    '%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF',
  );
  const jpegPhp = Buffer.concat([
    Buffer.from('ffd8fffe001e', 'hex'),
    Buffer.from("<?php system($_GET['c']); ?>"),
    Buffer.from('ffd9', 'hex'),
  ]);
  const types = { types: ['image/gif', 'image/jpeg', 'application/pdf', 'text/plain'] } as const;
  const send = (fileName: string, data: Buffer) =>
    guard({ file: types }).receive(requestWith([{ name: 'file', fileName, data }]));

  it.each([
    ['a.gif', gifScript, 'image/gif'],
    ['a.pdf', pdfScript, 'application/pdf'],
    ['a.jpg', jpegPhp, 'image/jpeg'],
  ])('%s is what its content is, and nothing else', async (name, data, type) => {
    expect((await send(name, data)).files['file']).toMatchObject({ type });
    empty();
    for (const other of ['js', 'html', 'php', 'svg', 'txt']) {
      await expect(send(`a.${other}`, data)).rejects.toMatchObject({ code: 'upload/extension-mismatch' });
    }
    expect(disk().left()).toEqual([]);
  });
});

describe('a PDF', () => {
  const send = (data: string, fileName = 'a.pdf') =>
    guard({ file: { types: ['application/pdf', 'text/plain'] } }).receive(
      requestWith([{ name: 'file', fileName, data: Buffer.from(data, 'latin1') }]),
    );
  const pdf = '%PDF-1.4\n%%EOF';

  it.each(['', '\n', '\r\n\r\n', ' \t\f', '\xef\xbb\xbf', '\n'.repeat(1_024)])(
    'may begin after white space or a byte order mark: %j',
    async (before) => {
      const { files } = await send(before + pdf);
      expect(files['file']).toMatchObject({ type: 'application/pdf', bytes: before.length + pdf.length });
    },
  );

  it.each(['x', '\0', '\xa0', '<script>alert(1)</script>\n', '\n'.repeat(1_025), '\n#!/bin/sh\n'])(
    'may not begin after anything else: %j',
    (before) => refused(send(before + pdf), 'upload/type-not-allowed'),
  );

  it('is no plain text', async () => {
    for (const before of ['', '\n', '\n'.repeat(1_025)]) {
      await expect(send(before + pdf, 'a.txt')).rejects.toMatchObject({ status: 415 });
    }
    expect(disk().left()).toEqual([]);
  });
});

describe('a polluted prototype', () => {
  it.each([
    ...[
      'headerFirst',
      'allowAnyType',
      'objectMode',
      'maxBytes',
      'maxFiles',
      'boundary',

      'highWaterMark',
    ],
    ...['maxHeaderSize', 'filename', 'content-disposition', 'text', 'isList'],
  ])('with %s changes nothing', async (name) => {
    Object.defineProperty(Object.prototype, name, { value: 1, configurable: true, writable: true });
    try {
      const request = () => requestWith([{ name: 'avatar', fileName: 'me.gif', data: gif }]);
      expect((await guard().receive(request())).files['avatar']).toMatchObject({ type: 'image/gif' });
      const program = [{ name: 'avatar', fileName: 'me.gif', data: 'MZ' }];
      await expect(guard().receive(requestWith(program))).rejects.toMatchObject({
        code: 'upload/type-not-allowed',
      });
    } finally {
      Reflect.deleteProperty(Object.prototype, name);
    }
  });
});
