import { checkTemplates, inlineHashes, render, safeScript, safeStyle } from 'bulwark/html';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { astray, type Result } from './astray.ts';
import { attributeAttacks } from './attribute-attacks.ts';
import { openViewer, type Viewer } from './browser.ts';
import { type Case, HOLE, literal, t, valuesOf } from './case.ts';
import { refusedAttributes } from './refused-attributes.ts';
import { refusedTexts } from './refused-texts.ts';
import { type Outcome, outcomeOf } from './run-case.ts';
import { styleAttacks } from './style-attacks.ts';
import { held, textPlaces, texts } from './texts.ts';
import { urlAttacks } from './url-attacks.ts';
import { usedMedia } from './used-media.ts';
import { usedPages } from './used-pages.ts';
import { usedPlaces } from './used-places.ts';

/** Cases written from the contract alone: templates and values, as they come out and as Chromium reads them. */
const refusedTemplates = [...refusedTexts, ...refusedAttributes];
const usedTemplates = [...usedPages, ...usedMedia, ...usedPlaces];
const cases: readonly Case[] = [
  ...refusedTemplates,
  ...urlAttacks,
  ...styleAttacks,
  ...attributeAttacks,
  ...usedTemplates,
];

interface Shown {
  readonly markup: string;
  readonly reads: readonly string[];
  readonly like?: string;
}

let viewer: Viewer;
beforeAll(async () => {
  viewer = await openViewer();
});
afterAll(async () => {
  await viewer.close();
});

function harmless(value: unknown): unknown {
  if (typeof value === 'string') return 'harmless';
  if (Array.isArray(value)) return value.map(harmless);
  return value;
}

function wrongWith(test: Case, outcome: Outcome): string[] {
  const wrong: string[] = [];
  if (test.refused !== undefined) {
    const codes = test.refused.split('|');
    const fits = (code: string): boolean =>
      code === outcome.code || (code === 'html/*' && outcome.code?.startsWith('html/') === true);
    if (!codes.some(fits)) wrong.push(`expected ${test.refused}, got ${outcome.code ?? outcome.markup}`);
  } else if (outcome.code !== undefined) {
    wrong.push(`refused: ${outcome.code}`);
  }
  if (test.gives !== undefined && outcome.markup !== test.gives) wrong.push(`gave ${outcome.markup}`);
  for (const text of test.lacks ?? [])
    if (outcome.markup?.includes(text)) wrong.push(`holds ${text}: ${outcome.markup}`);
  if (
    test.events !== undefined &&
    outcome.markup !== undefined &&
    test.events.join() !== outcome.events.join()
  ) {
    wrong.push(`events ${outcome.events.join()}`);
  }
  return wrong;
}

test('what runs, fetches or is left behind is seen', async () => {
  const [ran, left] = await viewer.view([
    { markup: '<img src="/canary" onerror="pwn()">', reads: [] },
    { markup: '<a href="java\tscript:pwn()">x</a>', reads: ['a @href'], like: '<a>x</a>' },
  ]);
  expect(viewer.canaries.splice(0)).toHaveLength(1);
  expect(viewer.fired.splice(0)).toHaveLength(1);
  expect([ran?.residue, left?.residue]).toEqual([[], ['href=java\tscript:pwn()']]);
  expect(left?.like).not.toBe(left?.structure);
}, 60_000);

test('templates and values do what the page says, in Chromium too', async () => {
  const results: Result[] = [];
  const documents: Shown[] = [];
  const known = new Map<string, number>();
  const shown: { test: Case; wrong: string[]; at: number }[] = [];
  for (const of of cases) {
    const outcome = await outcomeOf(of);
    const wrong = wrongWith(of, outcome);
    results.push([of, wrong]);
    // Where the whole text is known, there is nothing to look for in it.
    const exact = of.gives === outcome.markup && of.reads === undefined;
    if (outcome.markup === undefined || of.refused !== undefined || exact) continue;
    const compared =
      of.like !== null && typeof of.values !== 'function' && (of.like !== undefined || of.values.length > 0);
    const like = compared ? (await outcomeOf(of, of.like ?? valuesOf(of).map(harmless))).markup : undefined;
    const document = {
      markup: outcome.markup,
      reads: Object.keys(of.reads ?? {}),
      ...(like === undefined ? {} : { like }),
    };
    const key = JSON.stringify(document);
    const at = known.get(key) ?? documents.push(document) - 1;
    known.set(key, at);
    shown.push({ test: of, wrong, at });
  }
  const seen = await viewer.view(documents);
  for (const { test: of, wrong, at } of shown) {
    const here = seen[at];
    if (here === undefined) throw new Error('no document');
    for (const [key, value] of Object.entries(of.reads ?? {})) {
      if (JSON.stringify(here.reads[key]) !== JSON.stringify(value))
        wrong.push(`${key} is ${JSON.stringify(here.reads[key])}`);
    }
    if (here.residue.length > 0) wrong.push(`left ${here.residue.join()}`);
    if (here.like !== undefined && here.like !== here.structure)
      wrong.push(`structure ${here.structure}, not ${here.like}`);
  }
  expect(astray(results)).toEqual([]);
  expect(viewer.fired).toEqual([]);
  expect(viewer.canaries).toEqual([]);
}, 120_000);

test('every text is read back from every place as it was', async () => {
  const documents: { markup: string; reads: string[] }[] = [];
  const expected: { place: string; read: string; text: string; at: number }[] = [];
  for (const [place, read] of textPlaces) {
    const tag = read.slice(0, read.lastIndexOf(' '));
    const parts: string[] = [];
    const reads: string[] = [];
    for (const [index, text] of texts.entries()) {
      const outcome = await outcomeOf({ name: '', kind: 'attack', template: place, values: [text] });
      if (outcome.markup === undefined)
        throw new Error(`${place} refused ${JSON.stringify(text)}: ${outcome.code}`);
      parts.push(`<div id=case-${index}>${outcome.markup}</div>`);
      reads.push(`#case-${index} ${tag}${read.slice(tag.length)}`);
    }
    const at = documents.push({ markup: `<!doctype html><body>${parts.join('')}`, reads }) - 1;
    for (const [index, text] of texts.entries()) expected.push({ place, read: reads[index] ?? '', text, at });
  }
  const before = viewer.fired.length;
  const seen = await viewer.view(documents);
  const wrong = expected.flatMap(({ place, read, text, at }) => {
    const got = seen[at]?.reads[read];
    return got === held(text)
      ? []
      : [`${place} ${JSON.stringify(text.slice(0, 40))} is ${JSON.stringify(got)?.slice(0, 60)}`];
  });
  expect(wrong).toEqual([]);
  expect(viewer.fired.length).toBe(before);
  expect(viewer.canaries).toEqual([]);
});

test('the hashes of inline blocks are those that Chromium counts', async () => {
  const scripts = [
    safeScript`globalThis.written = ${'</script><!--\u2028\r\ud800'};`,
    literal('globalThis.written = ["\u00fc\u2028\ufeff", "\ud800"]; /*\r\n\r*/')(
      safeScript as never,
      [],
    ) as typeof safeScript extends (...all: never[]) => infer S ? S : never,
    literal('\ufeffglobalThis.written = 1;\r')(safeScript as never, []) as typeof safeScript extends (
      ...all: never[]
    ) => infer S
      ? S
      : never,
  ];
  const style = safeStyle`p { width: 7px }`;
  const documents = scripts.map((script) => ({
    markup: `<meta http-equiv="Content-Security-Policy" content="script-src ${inlineHashes(script)}; style-src ${inlineHashes(style)}">${render(t('<style>~</style><p>x</p><script>~</script>', style, script), { nonce: false })}`,
    reads: ['$written', 'p $computed-width'],
  }));
  const seen = await viewer.view(documents);
  expect(seen.map(({ reads }) => [reads['$written'] !== null, reads['p $computed-width']])).toEqual(
    scripts.map(() => [true, '7px']),
  );
});

test('checkTemplates finds what the tag refuses, and nothing in what it takes', () => {
  const strings = (of: Case): string[] => of.template.split(HOLE);
  // The value is what is refused there.
  const byValue = '<script/>~</script>';
  const missed = refusedTemplates.filter(
    (of) => of.template !== byValue && checkTemplates([{ strings: strings(of) }]).length === 0,
  );
  const alarms = usedTemplates.filter((of) => checkTemplates([{ strings: strings(of) }]).length > 0);
  expect([...missed, ...alarms].map((of) => of.name)).toEqual([]);
});

test('there are as many cases as there should be', () => {
  expect(cases.filter((of) => of.kind === 'attack').length).toBeGreaterThan(300);
  expect(cases.filter((of) => of.kind === 'use').length).toBeGreaterThan(75);
});
