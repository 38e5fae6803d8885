import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { render, sanitize } from '../../lib/html/index.ts';
import { type FileTypeName, type Uploads, uploads } from '../../lib/upload/index.ts';
import { fileTypes } from '../../lib/upload/types/file-types.ts';
import { requestWith } from './form.ts';
import { makeFiles, missingMaker, type RealFile } from './make-files.ts';
import { type TestStore, testStore } from './test-store.ts';

const reason = missingMaker();

describe.skipIf(reason)(`files that programs wrote${reason ? `: ${reason}` : ''}`, () => {
  let files: readonly RealFile[];
  let disk: TestStore;
  const guardFor = (types: readonly FileTypeName[]): Uploads =>
    uploads({
      store: disk.store,
      files: { file: { types, required: true } },
      allowOriginalImages: true,
      sanitizeSvg: (markup) => render(sanitize(markup, 'svg')),
    });
  const all = [...fileTypes.keys()] as FileTypeName[];

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    disk = testStore();
    files = await makeFiles();
  });
  afterAll(() => disk.remove());

  const typesFor = (name: string): FileTypeName[] => {
    const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
    return all.filter((type) => fileTypes.get(type)?.extensions.includes(extension));
  };
  const send = ({ name, data }: RealFile, types: readonly FileTypeName[], fileName = name) =>
    guardFor(types).receive(requestWith([{ name: 'file', fileName, data }]));

  it('are accepted where their type is named: more than 60 files of more than 25 types', async () => {
    const wrong: string[] = [];
    const seen = new Set<string>();
    for (const file of files) {
      try {
        const { type } = (await send(file, typesFor(file.name))).files['file'] as { type: string };
        seen.add(type);
      } catch (error) {
        wrong.push(
          `${file.name}: ${(error as { code?: string }).code} ${JSON.stringify((error as { detail?: object }).detail)}`,
        );
      }
    }
    expect(wrong).toEqual([]);
    expect(files.length).toBeGreaterThan(60);
    expect(seen.size).toBeGreaterThan(25);
    console.log(`${files.length} files of ${seen.size} types`);
  }, 120_000);

  it('are refused where every type but their own is named', async () => {
    const passed: string[] = [];
    for (const file of files) {
      const own = new Set(typesFor(file.name));
      const others = all.filter((type) => !own.has(type));
      await send(file, others).then(
        () => passed.push(file.name),
        (error: { code?: string }) =>
          expect(error.code).toMatch(/^upload\/(?:type-not-allowed|extension-mismatch)$/),
      );
    }
    expect(passed).toEqual([]);
  }, 120_000);

  it('are refused under the name of a picture, unless they are one', async () => {
    const passed: string[] = [];
    for (const file of files) {
      if (/png$/.test(file.name)) continue;
      await send(file, ['image/png', 'text/plain'], 'me.png').then(
        () => passed.push(file.name),
        () => {},
      );
    }
    expect(passed).toEqual([]);
  }, 120_000);
});
