import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { argumentsOf, outcomeOf, path } from '../../../checks/command/judged-arguments.ts';
import { findProgram } from '../../../checks/machine/program.ts';
import { quietByDefault } from '../../event/record.ts';
import { inside, rootPath } from '../../path/index.ts';
import { commands } from '../commands.ts';
import { zip } from './zip.ts';

quietByDefault();
const program = findProgram('zip');
const z = argumentsOf(zip);
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-zip-'));
  mkdirSync(join(folder, 'photos'));
  for (const name of ['photo [1].jpg', 'photo 1.jpg']) writeFileSync(join(folder, 'photos', name), name);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(program === undefined)(`zip${program === undefined ? ': it is not installed' : ''}`, () => {
  const run = commands({ zip: program ?? '/usr/bin/zip' });
  const names = (archive: string): string =>
    execFileSync(
      'python3',
      ['-c', 'import sys,zipfile;print(zipfile.ZipFile(sys.argv[1]).namelist())', archive],
      {
        encoding: 'utf8',
      },
    ).trim();

  it('adds the file whose name has brackets, and no other', async () => {
    const photos = join(folder, 'photos');
    const [text, file] = [inside(folder, 'text.zip'), inside(folder, 'file.zip')];
    await run.zip({ cwd: rootPath(photos) })`-q -r ${text} -- ${'photo [1].jpg'}`;
    expect(names(text.absolute)).toBe("['photo [1].jpg']");
    await run.zip`-qj ${file} -- ${inside(photos, 'photo [1].jpg')}`;
    expect(names(file.absolute)).toBe("['photo [1].jpg']");
    expect(existsSync(join(photos, 'photo 1.jpg'))).toBe(true);
  });
});

describe('brackets in a name', () => {
  it.each([
    () => z`-d ${path('/a.zip')} -- ${'photo [1].jpg'}`,
    () => z`-qd ${path('/a.zip')} -- ${'photo [1].jpg'}`,
    () => z`--delete ${path('/a.zip')} -- ${'photo [1].jpg'}`,
    () => z`${path('/a.zip')} -d -- ${'photo [1].jpg'}`,
    () => z`-m ${path('/a.zip')} -- ${'photo [1].jpg'}`,
    () => z`-FS ${path('/a.zip')} -- ${path('/photo [1].jpg')}`,
    () => z`-q ${path('/a.zip')} ${'photo [1].jpg'}`,
    () => z`-q ${path('/a.zip')} -x ${'photo [1].jpg'}`,
    () => z`-q ${path('/a.zip')} -- ${'photo *.jpg'}`,
    () => z`-q -- ${'photo [1].zip'} ${'a'}`,
  ])('are refused where zip could read a pattern, or where no name may stand: %s', (write) => {
    expect(outcomeOf(write)).toBe('command/unsafe-value');
  });

  it('are accepted after the end of the options, if zip only adds', () => {
    expect(
      outcomeOf(() => z`-r -q -9 ${path('/a.zip')} -- ${'photo [1].jpg'} ${path('/photo [2].jpg')}`),
    ).toBe('accepted');
  });
});
