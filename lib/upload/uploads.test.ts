import { describe, expect, it } from 'vitest';
import { formBytes, requestOf, requestWith, type TestPart } from '../../checks/upload/form.ts';
import { avatar, gif, image, png, uploadTest } from '../../checks/upload/upload-test.ts';

const { disk, empty, guard, refused } = uploadTest();

describe('receive', () => {
  it('stores the files, and returns the fields', async () => {
    const { fields, files } = await guard({ avatar: image, more: { ...image, maxFiles: 3 } }).receive(
      requestWith([
        { name: 'title', data: 'Zo\u00eb' },
        avatar(),
        { name: 'tag', data: 'a' },
        { name: 'tag', data: 'b' },
      ]),
    );
    expect([...fields]).toEqual([
      ['title', 'Zo\u00eb'],
      ['tag', 'a'],
      ['tag', 'b'],
    ]);
    expect(files).toMatchObject({
      avatar: { name: 'me.png', type: 'image/png', extension: 'png', status: 'ready' },
      more: [],
    });
    const { id, bytes } = files['avatar'] as { id: string; bytes: number };
    expect(id).toMatch(/^[a-z2-7]{26}$/);
    expect(bytes).toBe(png.length);
    expect(await disk().read(id)).toEqual(png);
    expect(disk().left()).toHaveLength(1);
  });

  it('reads the same from any chunks of the body', async () => {
    const body = formBytes([
      { name: 'title', data: `--x\r\n--${'-'.repeat(40)}\r\n` },
      avatar(Buffer.concat([png, Buffer.from('\r\n--\r\n')])),
    ]);
    for (const chunkBytes of [1, 2, 3, 7, 61, body.length]) {
      const { fields, files } = await guard().receive(requestOf(body, { chunkBytes }));
      expect(fields.get('title')).toHaveLength(49);
      const { id } = files['avatar'] as { id: string };
      expect((await disk().read(id)).subarray(png.length).toString()).toBe('\r\n--\r\n');
    }
  });

  it('accepts an empty form, and a file input where nothing was chosen', async () => {
    expect((await guard().receive(requestOf(formBytes([])))).files['avatar']).toBeUndefined();
    const { files } = await guard().receive(requestWith([avatar('', '')]));
    expect(files['avatar']).toBeUndefined();
    expect(disk().left()).toEqual([]);
  });

  it('keeps names such as __proto__ as data', async () => {
    const { fields, files } = await guard().receive(
      requestWith([
        { name: '__proto__', data: '{"admin":true}' },
        { name: 'constructor', data: 'x' },
      ]),
    );
    expect(fields.get('__proto__')).toBe('{"admin":true}');
    expect(Object.getPrototypeOf(files)).toBeNull();
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('needs a required file', async () => {
    const required = guard({ avatar: { ...image, required: true } });
    await refused(required.receive(requestWith([avatar('', '')])), 'upload/missing-file', {
      field: 'avatar',
    });
    expect((await required.receive(requestWith([avatar()]))).files['avatar']).toBeDefined();
  });
});

describe('a file', () => {
  it('in a text field is refused, and so is text in a field for files', async () => {
    await refused(guard().receive(requestWith([{ ...avatar(), name: 'other' }])), 'upload/unexpected-field');
    await refused(
      guard().receive(requestWith([{ name: 'avatar', data: 'a text' }])),
      'upload/unexpected-field',
    );
  });

  it('that is refused removes all files of its request', async () => {
    const both = guard({ avatar: image, other: image });
    const parts = [avatar(), { name: 'other', fileName: 'x.png', data: 'MZ not a picture' }];
    await refused(both.receive(requestWith(parts)), 'upload/type-not-allowed', { field: 'other' });
  });

  it('has a Content-Type that is ignored', async () => {
    const lie = { ...avatar('<?php system($_GET[0]);', 'me.png'), headers: ['Content-Type: image/png'] };
    await refused(guard().receive(requestWith([lie])), 'upload/type-not-allowed', { found: null });
    const modest = { ...avatar(), headers: ['Content-Type: application/octet-stream'] };
    expect((await guard().receive(requestWith([modest]))).files['avatar']).toMatchObject({
      type: 'image/png',
    });
  });

  it.each([
    'me.png.php',
    'me.php.',
    'me.php ',
    'me.php...',
    'a.png%00.php',
    'me.svg',
    '.htaccess',
    'me.png::$DATA',
    'me.pHp5',
    'a/b\\c.html',
  ])('named %j is refused with the content of a PNG', (name) =>
    refused(guard().receive(requestWith([avatar(png, name)])), 'upload/extension-mismatch'),
  );

  it.each([
    'me.PNG',
    'me.php.png',
    'blob',
    'C:\\photos\\me.png',
    '../../../etc/me.png',
    'a%00b.png',
    'me.png.',
    '\u202egnp.png',
  ])('named %j is accepted with the content of a PNG, and the name is data', async (name) => {
    const { files } = await guard().receive(requestWith([avatar(png, name)]));
    const { name: kept } = files['avatar'] as { name: string };
    expect(kept).not.toMatch(/[/\\\u202e]/);
  });

  it('larger than its limit is refused, and one of exactly the limit accepted', async () => {
    const exact = guard({ avatar: { ...image, maxBytes: png.length } });
    expect((await exact.receive(requestWith([avatar()]))).files['avatar']).toMatchObject({
      bytes: png.length,
    });
    empty();
    const less = guard({ avatar: { ...image, maxBytes: png.length - 1 } });
    await refused(less.receive(requestWith([avatar()])), 'upload/too-large', {
      what: 'file',
      field: 'avatar',
    });
  });

  it('beyond the maxFiles of its field is refused', async () => {
    const two = guard({ avatar: { ...image, maxFiles: 2 } });
    expect((await two.receive(requestWith([avatar(), avatar(gif, 'b.gif')]))).files['avatar']).toHaveLength(
      2,
    );
    empty();
    const three = guard({ avatar: { ...image, maxFiles: 2 } }).receive(
      requestWith([avatar(), avatar(), avatar()]),
    );
    await refused(three, 'upload/too-many', { what: 'files', most: 2 });
  });

  it('of a refused type is refused before all of it has arrived', async () => {
    const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(5_000_000, 'x')]);
    let read = 0;
    const request = requestOf(formBytes([avatar(pdf, 'me.png')]));
    const counted = request.body?.pipeThrough(
      new TransformStream({
        transform(chunk, controller) {
          read += chunk.byteLength;
          controller.enqueue(chunk);
        },
      }),
    );
    const again = new Request(request.url, {
      method: 'POST',
      headers: request.headers,
      body: counted,
      duplex: 'half',
    } as RequestInit);
    await refused(guard().receive(again), 'upload/type-not-allowed', { found: 'application/pdf' });
    expect(read).toBeLessThan(500_000);
  });

  it('of any type is accepted as bytes with allowAnyType', async () => {
    const any = guard({ file: { allowAnyType: true } });
    const { files } = await any.receive(requestWith([{ name: 'file', fileName: 'x.php', data: '<?php' }]));
    expect(files['file']).toMatchObject({
      type: 'application/octet-stream',
      extension: 'bin',
      name: 'x.php',
    });
    const known = await any.receive(requestWith([{ name: 'file', fileName: 'x.php', data: gif }]));
    expect(known.files['file']).toMatchObject({ type: 'image/gif', extension: 'gif' });
  });
});

describe('text fields', () => {
  const text = (name: string, data: string | Uint8Array): TestPart => ({ name, data });

  it('are limited in number, in size and in all', async () => {
    const small = guard({}, { maxFields: 2, maxFieldBytes: 5, maxFieldsBytes: 8 });
    expect((await small.receive(requestWith([text('a', '12345'), text('b', '123')]))).fields.get('a')).toBe(
      '12345',
    );
    await refused(
      small.receive(requestWith([text('a', ''), text('a', ''), text('a', '')])),
      'upload/too-many',
      { what: 'fields' },
    );
    await refused(small.receive(requestWith([text('a', '123456')])), 'upload/too-large', {
      what: 'field',
      field: 'a',
    });
    await refused(small.receive(requestWith([text('a', '12345'), text('b', '1234')])), 'upload/too-large', {
      what: 'fields',
    });
  });

  it('have names of limited length', async () => {
    const long = 'n'.repeat(100);
    expect((await guard().receive(requestWith([text(long, 'x')]))).fields.get(long)).toBe('x');
    await refused(guard().receive(requestWith([text(`${long}n`, 'x')])), 'upload/malformed');
  });

  it('are UTF-8', async () => {
    await refused(guard().receive(requestWith([text('a', Buffer.from([0xff]))])), 'upload/malformed');
    const latin = { ...text('a', 'x'), headers: ['Content-Type: text/plain; charset=iso-8859-1'] };
    expect((await guard().receive(requestWith([latin]))).fields.get('a')).toBe('x');
    const accent = Buffer.from('\u00e9');
    for (const data of [accent, Buffer.from('\u00e9', 'latin1')])
      await refused(guard().receive(requestWith([{ ...latin, data }])), 'upload/malformed');
    const japanese = { ...text('a', 'x'), headers: ['Content-Type: text/plain; charset=shift_jis'] };
    await refused(guard().receive(requestWith([japanese])), 'upload/malformed');
    const dotnet = { ...text('a', 'x'), headers: ['Content-Type: text/plain; charset=utf-8'] };
    expect((await guard().receive(requestWith([dotnet]))).fields.get('a')).toBe('x');
  });
});
