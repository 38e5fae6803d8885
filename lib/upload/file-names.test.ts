import { describe, expect, it } from 'vitest';
import { requestWith } from '../../checks/upload/form.ts';
import { png, uploadTest } from '../../checks/upload/upload-test.ts';
import { fileNames } from '../testing/corpus/file-names.ts';
import { cleanFileName, extensionOf } from './clean-file-name.ts';
import { judgePart } from './multipart/judge-part.ts';

const { guard } = uploadTest();
const limits = { maxHeaderBytes: 8_192, maxHeaders: 16 };

/** The name as in a part's header. */
function nameFrom(written: string): string | undefined {
  const header = Buffer.from(`form-data; name="file"; filename="${written}"`).toString('latin1');
  const head = judgePart({ 'content-disposition': [header] }, limits);
  return 'bad' in head ? undefined : head.fileName;
}

describe('the name on the user\u2019s machine', () => {
  const names = Object.values(fileNames)
    .flat()
    .map((path) => path.slice(path.lastIndexOf('/') + 1));

  it('is kept unchanged, in more than 200 names in many scripts', () => {
    expect(names.length).toBeGreaterThan(200);
    const changed = names.filter(
      (name) => cleanFileName(nameFrom(name.replaceAll('"', '%22')) ?? '') !== name,
    );
    expect(changed).toEqual([]);
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\Ada\\me.png', 'me.png'],
    ['folder/sub/me.png', 'me.png'],
    ['me\u202egnp.exe', 'megnp.exe'],
    ['\u2066me\u2069.png', 'me.png'],
    ['a\u0085b.png', 'ab.png'],
    ['..', '..'],
    ['', ''],
    [`${'n'.repeat(300)}.png`, `${'n'.repeat(251)}.png`],
    ['\u{1f600}'.repeat(300), '\u{1f600}'.repeat(255)],
  ])('%j is kept as %j', (written, kept) => expect(cleanFileName(written)).toBe(kept));

  it.each([
    ['me.PNG', 'png'],
    ['me.tar.gz', 'gz'],
    ['me', ''],
    ['.htaccess', 'htaccess'],
    ['me.php. . .', 'php'],
    ['me.png::$DATA', 'png::$data'],
    [`me.php${'.'.repeat(200)}`, 'php'],
  ])('%j has the extension %j', (name, extension) => expect(extensionOf(name)).toBe(extension));

  it('never becomes part of a path', async () => {
    const evil = '../../../../tmp/bulwark-evil.png';
    const { files } = await guard().receive(requestWith([{ name: 'avatar', fileName: evil, data: png }]));
    expect(files['avatar']).toMatchObject({
      id: expect.stringMatching(/^[a-z2-7]{26}$/),
      name: 'bulwark-evil.png',
    });
  });
});
