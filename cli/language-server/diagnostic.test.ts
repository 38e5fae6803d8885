import { describe, expect, it } from 'vitest';
import type { Hover, MarkupContent } from 'vscode-languageserver/node';
import { place, sampleRules, sqlFinding, yamlFinding } from '../finding/testing/sample-report.ts';
import { diagnosticOf } from './diagnostic.ts';
import { hoverOf } from './hover.ts';

const options = {
  fingerprint: 'f',
  uriOf: (path: string): string => `file:///${path}`,
  pageUrl: (rule: string): string | undefined =>
    rule === 'sql/injection' ? 'https://a.example/' : undefined,
  shows: { way: true, page: true },
};

describe('diagnosticOf', () => {
  it('says where, how bad, which rule, and the way', () => {
    expect(diagnosticOf(sqlFinding, options)).toEqual({
      range: { start: { line: 1, character: 9 }, end: { line: 1, character: 54 } },
      severity: 1,
      code: 'sql/injection',
      codeDescription: { href: 'https://a.example/' },
      source: 'bulwark',
      message: 'The query string reaches the text of an SQL statement.',
      data: { fingerprint: 'f' },
      relatedInformation: sqlFinding.steps.map(({ message, place: { path, line } }) => ({
        message,
        location: {
          uri: `file:///${path}`,
          range: expect.objectContaining({ start: { line: line - 1, character: expect.any(Number) } }),
        },
      })),
    });
  });

  it('leaves out what is not there, or the client cannot show', () => {
    const keys = ['range', 'severity', 'code', 'source', 'message', 'data'];
    expect(Object.keys(diagnosticOf(yamlFinding, options))).toEqual(keys);
    const plain = { ...options, shows: { way: false, page: false } };
    expect(Object.keys(diagnosticOf(sqlFinding, plain))).toEqual(keys);
  });

  it.each([
    ['critical', 1],
    ['high', 1],
    ['medium', 2],
    ['low', 3],
  ] as const)('shows %s as %i', (severity, shown) => {
    expect(diagnosticOf({ ...yamlFinding, severity }, options).severity).toBe(shown);
  });

  it('keeps both ends of a long way', () => {
    const steps = Array.from({ length: 40 }, (_, at) => ({
      place: place('a', at + 1, 1, 2),
      message: `${at}`,
    }));
    const way = diagnosticOf({ ...sqlFinding, steps }, options).relatedInformation ?? [];
    expect(way).toHaveLength(24);
    expect([way[0]?.message, way.at(-1)?.message]).toEqual(['0', '39']);
  });
});

function textOf(hover: Hover | undefined): string {
  return hover ? (hover.contents as MarkupContent).value : '';
}

describe('hoverOf', () => {
  const said = (message: string, kind: 'markdown' | 'plaintext'): string => {
    return textOf(hoverOf([{ ...sqlFinding, message }], sampleRules, kind));
  };

  it('shows names of the code as they are, and not as a picture or a link', () => {
    expect(said('![a](http://b.example) *c* www.d.example', 'markdown')).toContain(
      String.raw`\!\[a\](http\://b.example) \*c\* www\.d.example`,
    );
    expect(said('express.Request.query reaches pg.Query', 'markdown')).toContain(
      'express.Request.query reaches pg.Query',
    );
    expect(said('a *b*', 'plaintext')).toContain('a *b*');
  });

  it('has the page of a rule once, and nothing without findings', () => {
    const hover = hoverOf([sqlFinding, sqlFinding], sampleRules, 'markdown');
    expect(textOf(hover).match(/^# sql\/injection$/gm)).toHaveLength(1);
    expect(hoverOf([], sampleRules, 'markdown')).toBeUndefined();
  });
});
