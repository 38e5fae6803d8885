import { describe, expect, it } from 'vitest';
import { pageCases } from './page-cases.ts';
import { pageParts } from './page-parts.ts';
import { policiesIn } from './policy.ts';
import { type Violation, violationsOf } from './violations.ts';

const page = new URL('http://page.localhost/');

function violations(policy: string, markup: string): Violation[] {
  const parts = pageParts(`<!doctype html><title>x</title><body>${markup}`);
  return policiesIn(policy).flatMap((each) => violationsOf(parts, each, page));
}

describe('what a policy blocks', () => {
  it.each(pageCases.map(({ policy, markup, blocked }) => [markup, policy, blocked] as const))(
    '%s under %s',
    (markup, policy, blocked) => {
      expect(violations(policy, markup).length > 0).toBe(blocked);
    },
  );

  it('includes what a browser blocks only when a user acts', () => {
    expect(violations("script-src 'self'", '<a href="java\nscript:act()">x</a>')).toHaveLength(1);
    expect(violations("script-src 'unsafe-inline'", '<a href="javascript:act()">x</a>')).toEqual([]);
    expect(violations("form-action 'self'", '<form action="http://other.localhost/">')).toHaveLength(1);
    expect(violations("form-action 'self'", '<form action="/buy"></form><form></form>')).toEqual([]);
    expect(violations("default-src 'none'", '<form action="http://other.localhost/">')).toEqual([]);
  });

  it('is reported with its place and the line that fixes it', () => {
    expect(violations("script-src 'nonce-YQ==' 'strict-dynamic'", '\n<script src="/a.js"></script>')).toEqual(
      [
        {
          what: '<script /a.js> in line 2',
          directive: 'script-src',
          fix: 'give the element the nonce of this response: nonce="<%= nonce %>", which is res.locals.nonce',
        },
      ],
    );
    expect(violations("img-src 'self'", '<img src="https://images.example.com/a?b#c">')[0]?.fix).toBe(
      "bulwark({ csp: { extend: { 'img-src': ['https://images.example.com'] } } }), or routeCsp for this page",
    );
  });

  it('respects the base URL of the page', () => {
    expect(
      violations("img-src 'self'", '<base href="http://other.localhost/"><img src="a.png">'),
    ).toHaveLength(1);
  });

  it('takes linear time for hostile markup', () => {
    const markup = `${'<div onclick=a style=b>'.repeat(20_000)}<a href="${'\t'.repeat(100_000)}x">`;
    expect(violations("default-src 'self'", markup).length).toBe(40_000);
    expect(violations(`script-src ${"'nonce-a' ".repeat(10_000)}`, '<script>a</script>')).toHaveLength(1);
  });
});
