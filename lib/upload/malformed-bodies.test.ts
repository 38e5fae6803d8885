import { describe, expect, it } from 'vitest';
import { boundary, formBytes, requestOf } from '../../checks/upload/form.ts';
import { avatar, image, png, uploadTest } from '../../checks/upload/upload-test.ts';

const { disk, guard, refused } = uploadTest();

/** A form with one file, written by hand. */
function body(headers: string, data: Uint8Array | string = png, end = `\r\n--${boundary}--\r\n`): Buffer {
  return Buffer.concat([
    Buffer.from(`--${boundary}\r\n${headers}\r\n\r\n`),
    Buffer.from(data),
    Buffer.from(end),
  ]);
}

const receive = (bytes: Uint8Array | string) => guard().receive(requestOf(bytes));
const disposition = 'Content-Disposition: form-data; name="avatar"; filename="me.png"';

describe('a body', () => {
  it('cut off anywhere is refused, and leaves nothing', async () => {
    const whole = formBytes([{ name: 'title', data: 'x' }, avatar()]);
    const complete = whole.length - '\r\n'.length;
    for (let length = 0; length < complete; length++)
      await refused(receive(whole.subarray(0, length)), 'upload/malformed');
    expect((await receive(whole.subarray(0, complete))).files['avatar']).toBeDefined();
  });

  it('may have a preamble and an epilogue, which are ignored', async () => {
    const whole = formBytes([avatar()]);
    for (const around of ['\r\n', 'This is a message in MIME format.\r\n']) {
      const { files } = await receive(Buffer.concat([Buffer.from(around), whole, Buffer.from(around)]));
      expect(files['avatar']).toMatchObject({ bytes: png.length });
    }
    const twice = Buffer.concat([whole, formBytes([{ name: 'title', data: 'x' }])]);
    expect([...(await receive(twice)).fields]).toEqual([]);
  });

  it.each([
    ['no headers', ''],
    ['no Content-Disposition', 'Content-Type: image/png'],
    ['another disposition', 'Content-Disposition: attachment; name="avatar"; filename="me.png"'],
    ['no name', 'Content-Disposition: form-data; filename="me.png"'],
    ['an empty name', 'Content-Disposition: form-data; name=""; filename="me.png"'],
    ['two names', 'Content-Disposition: form-data; name="avatar"; name="other"; filename="me.png"'],
    ['two file names', `${disposition}; filename="shell.php"`],
    ['two file names in different case', `${disposition}; FileName="shell.php"`],
    ['another file name, encoded', `${disposition}; filename*=UTF-8''shell.php`],
    [
      'a file name in parts (RFC 2231)',
      'Content-Disposition: form-data; name="avatar"; filename*0="shell"; filename*1=".php"',
    ],
    ['an encoded name', "Content-Disposition: form-data; name*=UTF-8''avatar; filename=me.png"],
    [
      'a file name that is encoded wrongly',
      "Content-Disposition: form-data; name=avatar; filename*=UTF-8''%ff.png",
    ],
    ['a file name in UTF-7', "Content-Disposition: form-data; name=avatar; filename*=UTF-7''me.png"],
    ['text after a quoted value', 'Content-Disposition: form-data; name="avatar"x; filename="me.png"'],
    ['an open quote', 'Content-Disposition: form-data; name="avatar; filename=me.png'],
    ['a NUL in the file name', 'Content-Disposition: form-data; name="avatar"; filename="shell.php\0.png"'],
    [
      'an encoded line break in the file name',
      "Content-Disposition: form-data; name=avatar; filename*=UTF-8''me%0d%0a.png",
    ],
    ['two dispositions', `${disposition}\r\nContent-Disposition: form-data; name="other"`],
    ['two types', `${disposition}\r\nContent-Type: image/png\r\nContent-Type: text/html`],
    ['base64', `${disposition}\r\nContent-Transfer-Encoding: base64`],
    ['quoted-printable', `${disposition}\r\ncontent-transfer-encoding: Quoted-Printable`],
    ['a nested multipart', `${disposition}\r\nContent-Type: multipart/mixed; boundary=inner`],
    [
      'too many headers',
      `${disposition}\r\n${Array.from({ length: 16 }, (_, i) => `X-${i}: y`).join('\r\n')}`,
    ],
    ['too large headers', `${disposition}\r\nX-Long: ${'y'.repeat(8_192)}`],
    ['endless headers', `${disposition}\r\n${'X-A: y\r\n'.repeat(100_000)}`],
    ['a bare line break in a header', 'Content-Disposition: form-data; name="avatar"\n; filename="me.png"'],
    ['line breaks without CR', `X: y\n${disposition}`],
    ['a space before the colon', 'Content-Disposition : form-data; name="avatar"; filename="me.png"'],
    [
      'a file name of 1,025 bytes',
      `Content-Disposition: form-data; name="avatar"; filename="${'n'.repeat(1_021)}.png"`,
    ],
  ])('with %s is refused', (_what, headers) => refused(receive(body(headers)), 'upload/malformed'));

  it('with the wrong boundary is refused', async () => {
    await refused(
      guard().receive(
        requestOf(formBytes([avatar()]), { contentType: 'multipart/form-data; boundary=other' }),
      ),
      'upload/malformed',
    );
  });

  it('with a boundary in the headers of a part is refused', async () => {
    await refused(
      receive(`--${boundary}\r\nContent-Disposition: form-data\r\n--${boundary}--\r\n`),
      'upload/malformed',
    );
  });

  it('with 10,000 parts is refused at its limit', async () => {
    const parts = Array.from({ length: 10_000 }, () => ({ name: 'a', data: '' }));
    await refused(receive(formBytes(parts)), 'upload/too-many', { what: 'fields', most: 100 });
    const empty = Array.from({ length: 10_000 }, () => avatar('', ''));
    await refused(receive(formBytes(empty)), 'upload/too-many', { what: 'files', most: 1 });
  });
});

describe('headers are accepted as clients write them:', () => {
  it.each([
    ['browsers', `${disposition}\r\nContent-Type: image/png`, 'me.png'],
    [
      '.NET',
      "Content-Disposition: form-data; name=avatar; filename=me.png; filename*=utf-8''me.png",
      'me.png',
    ],
    [
      '.NET, not ASCII',
      'Content-Disposition: form-data; name=avatar; filename="=?utf-8?B?w6kucG5n?="; filename*=utf-8\'\'%C3%A9.png',
      '\u00e9.png',
    ],
    [
      'old versions of aiohttp',
      'Content-Disposition: form-data; name="avatar"; filename="%C3%A9.png"; filename*=utf-8\'\'%C3%A9.png',
      '\u00e9.png',
    ],
    [
      'old versions of requests',
      'Content-Disposition: form-data; name="avatar"; filename*=utf-8\'\'%C3%A9.png',
      '\u00e9.png',
    ],
    ['curl with a quote', 'Content-Disposition: form-data; name="avatar"; filename="a\\"b.png"', 'a"b.png'],
    [
      'Chromium with a quote',
      'Content-Disposition: form-data; name="avatar"; filename="a%22b.png"',
      'a"b.png',
    ],
    [
      'Internet Explorer',
      'Content-Disposition: form-data; name="avatar"; filename="C:\\photos\\me.png"',
      'me.png',
    ],
    ['Java', `Content-Transfer-Encoding: binary\r\n${disposition}\r\nContent-Length: 70`, 'me.png'],
    ['lower case and no spaces', 'content-disposition:form-data;name=avatar;filename=me.png', 'me.png'],
    ['a final semicolon', `${disposition};`, 'me.png'],
    ['a folded header', 'Content-Disposition: form-data; name="avatar";\r\n filename="me.png"', 'me.png'],
    [
      'UTF-8 as it is',
      'Content-Disposition: form-data; name="avatar"; filename="\u6587\u4ef6.png"',
      '\u6587\u4ef6.png',
    ],
    [
      'Latin-1 as it is',
      Buffer.from('Content-Disposition: form-data; name="avatar"; filename="\xe9.png"', 'latin1'),
      '\u00e9.png',
    ],
    [
      'a semicolon in a name',
      'Content-Disposition: form-data; name="avatar"; filename="a;b=c.png"',
      'a;b=c.png',
    ],
    [
      '16 headers',
      `${disposition}\r\n${Array.from({ length: 15 }, (_, i) => `X-${i}: y`).join('\r\n')}`,
      'me.png',
    ],
    ['8,000 bytes of headers', `${disposition}\r\nX-Long: ${'y'.repeat(8_000)}`, 'me.png'],
  ])('%s', async (_client, headers, name) => {
    const start = Buffer.concat([
      Buffer.from(`--${boundary}\r\n`),
      Buffer.from(headers),
      Buffer.from('\r\n\r\n'),
    ]);
    const bytes = Buffer.concat([start, png, Buffer.from(`\r\n--${boundary}--\r\n`)]);
    for (const chunkBytes of [5, 65_536]) {
      const { files } = await guard({ avatar: image }).receive(requestOf(bytes, { chunkBytes }));
      expect(files['avatar']).toMatchObject({ name, type: 'image/png', bytes: png.length });
    }
    expect(disk().left()).toHaveLength(2);
  });
});
