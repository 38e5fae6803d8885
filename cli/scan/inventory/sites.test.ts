import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { auditView } from '../audit-view.ts';
import { languageIdOf } from '../project/path-kind.ts';
import type { Project } from '../project/project.ts';
import { siteCasesIn, siteMarker } from '../testing/site-cases.ts';

const cases = siteCasesIn(readFileSync(new URL('sites.cases', import.meta.url), 'utf8'));

describe('places of', () => {
  it.each(cases)('$title', async ({ files }) => {
    const expected = files.flatMap(({ path, lines }) =>
      lines.flatMap((line, i) => {
        const [, kind, state] = siteMarker.exec(line) ?? [];
        return kind === undefined ? [] : [`${path}:${i + 1} ${kind} ${state}`];
      }),
    );
    const kinds = new Set(expected.map((one) => one.split(' ')[1]));
    const project: Project = {
      files: files.map(({ path, lines }) => ({
        path,
        text: lines.map((line) => line.replace(siteMarker, '')).join('\n'),
        language: languageIdOf(path) ?? 'javascript',
      })),
      settings: [],
      notices: [],
      read: () => undefined,
    };
    const { sites } = await auditView(project);
    const found = new Map<string, string>();
    for (const { kind, state, place } of sites) {
      if (!kinds.has(kind)) continue;
      const key = `${place.path}:${place.line} ${kind}`;
      if (found.get(key) !== 'unresolved' && found.get(key) !== 'allow-listed') found.set(key, state);
    }
    expect([...found].map(([key, state]) => `${key} ${state}`).sort()).toEqual(expected.sort());
  });
});
