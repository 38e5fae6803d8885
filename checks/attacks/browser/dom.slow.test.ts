import { configureEvents } from 'bulwark/event';
import { html, render, sanitize } from 'bulwark/html';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DomSite, type DomVariant, domVariants, startDomSite } from '../../dom/dom-page.ts';
import { surprises, type Verdict } from './case.ts';
import { attributeCases } from './dom-attributes.ts';
import { eventCases } from './dom-events.ts';
import { htmlCases } from './dom-html-options.ts';
import { htmlPlaceCases } from './dom-html-places.ts';
import { runMarkups, runUrls } from './dom-in-page.ts';
import { jsonCases } from './dom-json.ts';
import { elementMarkups } from './dom-markup-elements.ts';
import { usedMarkups } from './dom-markup-uses.ts';
import { valueMarkups } from './dom-markup-values.ts';
import { badUrls, goodUrls, refusedAttributes } from './dom-names.ts';
import { oddNameCases } from './dom-odd-names.ts';
import { badPolicyOptions, policyGroups } from './dom-policy.ts';
import { textCases } from './dom-text.ts';
import { urlCases } from './dom-urls.ts';
import type { PageCase } from './page-case.ts';

let site: DomSite;
beforeAll(async () => {
  configureEvents({ sinks: [{ name: 'none', write() {} }] });
  site = await startDomSite();
});
afterAll(() => site.close());

const [plain, , strict] = domVariants as [DomVariant, DomVariant, DomVariant];

/** Runs cases in a page one behind the other; what they run shows in `site.hits`. */
async function verdictsOf(
  variant: DomVariant,
  cases: readonly PageCase[],
  options?: object,
): Promise<Verdict[]> {
  const page = await site.open(variant);
  if (options) await page.evaluate((given) => window.bulwarkDom.installDefaultPolicy(given), options);
  const chosen = cases.filter(({ heavy }) => !(heavy && variant.trustedTypes));
  const problems = await page.evaluate(
    async (sources) => {
      // What the debugger evaluates may call eval, also under Trusted Types, as long as it waits for nothing.
      const runs = sources.map((source) =>
        Reflect.apply(window['eval' as 'eval'], undefined, [`(${source})`]),
      );
      const list: string[] = [];
      for (const run of runs) {
        try {
          list.push(await run());
        } catch (error) {
          list.push(`threw ${String(error).slice(0, 200)}`);
        }
      }
      return list;
    },
    chosen.map(({ run }) => String(run)),
  );
  const verdicts = chosen.map(
    (one, at): Verdict => [one, problems[at] ? `${problems[at]} (with ${variant.name})` : ''],
  );
  await page.waitForTimeout(100);
  await page.close();
  return verdicts;
}

const setterCases = [
  ...[...textCases, ...htmlPlaceCases, ...htmlCases, ...attributeCases, ...jsonCases, ...eventCases],
  ...[...urlCases, ...oddNameCases],
];

test('the setters', async () => {
  site.hits.length = 0;
  const lists = await Promise.all(domVariants.map((variant) => verdictsOf(variant, setterCases)));
  expect(surprises(lists.flat())).toEqual([]);
  expect(site.hits).toEqual([]);
});

test('Trusted Types', async () => {
  site.hits.length = 0;
  const lists = await Promise.all(
    domVariants
      .filter(({ trustedTypes }) => trustedTypes)
      .flatMap((variant) =>
        policyGroups.map(({ options, cases }) => verdictsOf(variant, cases, options ?? {})),
      ),
  );
  expect(surprises(lists.flat())).toEqual([]);
  expect(site.hits).toEqual([]);
});

const markupCases = [...elementMarkups, ...valueMarkups, ...usedMarkups];
const markups = markupCases.map(({ markup }) => markup);

test('markup of strangers runs nothing, leaves nothing, and is the same in every browser and on the server', async () => {
  const requested: string[] = [];
  site.context.on('request', (request) => {
    if (request.url().includes('canary')) requested.push(request.url());
  });

  site.hits.length = 0;
  const shapes = await Promise.all(
    domVariants.map(async (variant) => {
      const page = await site.open(variant);
      // Links that run nothing are not followed.
      await page.evaluate(() =>
        addEventListener('click', (event) => {
          const link = event.target;
          if (link instanceof HTMLAnchorElement && !link.protocol.startsWith('java')) event.preventDefault();
        }),
      );
      const seen = await page.evaluate(runMarkups, markups);
      await page.waitForTimeout(200);
      await page.close();
      return seen;
    }),
  );
  const servers = markups.map((markup) => {
    try {
      return render(html`${sanitize(markup, 'article')}`);
    } catch (error) {
      return (error as { code: string }).code;
    }
  });
  const page = await site.open(plain);
  const server = await page.evaluate(
    (list) =>
      list.map((markup) => {
        const inert = new DOMParser()
          .parseFromString('<div></div>', 'text/html')
          .querySelector('div') as Element;
        inert.innerHTML = markup;
        return window.shapeOf(inert);
      }),
    servers,
  );
  const verdicts = markupCases.map((one, at) => {
    const problems: string[] = [];
    const seen = shapes.flatMap((list) => list[at] ?? []);
    for (const { residue } of seen) if (residue) problems.push(`left ${residue}`);
    const all = new Set(seen.map(({ shape }) => shape));
    if (all.size > 1) problems.push(`browsers differ: ${[...all].join(' | ')}`);
    const shape = seen[0]?.shape ?? '';
    if (one.shape !== undefined && shape !== one.shape) problems.push(`gives ${shape}`);
    if (server[at] !== shape && !one.differs)
      problems.push(`browser ${shape.slice(0, 300)}   server ${server[at]?.slice(0, 300)}`);
    if (server[at] === shape && one.differs) problems.push('equals the server');
    return [one, [...new Set(problems)].join('; ')] as const;
  });
  expect(surprises(verdicts)).toEqual([]);
  expect(site.hits).toEqual([]);
  expect(requested).toEqual([]);
});

test('URLs: what runs or is of no known kind is set aside, the rest stays', async () => {
  site.hits.length = 0;
  const page = await site.open(plain);
  const seen = await page.evaluate(runUrls, [badUrls, goodUrls] as const);
  expect(seen).toEqual([]);
  await page.waitForTimeout(100);
  expect(site.hits).toEqual([]);
});

test('attributes that run or load something are refused', async () => {
  const page = await site.open(plain);
  const seen = await page.evaluate((list) => {
    const spaces: Record<string, string> = {
      svg: 'http://www.w3.org/2000/svg',
      math: 'http://www.w3.org/1998/Math/MathML',
    };
    return list.flatMap(([tag, names]) =>
      names.split(' ').flatMap((name) => {
        const [space, local] = tag.includes(':') ? tag.split(':') : ['', tag];
        const one = space
          ? document.createElementNS(spaces[space] as string, local as string)
          : document.createElement(tag);
        const codes = ['x', '/x', 'https://example.com/x.js', ''].map((value) =>
          window.codeOf(() => window.bulwarkDom.setAttribute(one, name, value)),
        );
        return codes.every((code) => code === 'dom/unsafe-attribute')
          ? []
          : [`${tag} ${name}: ${codes.join()} ${one.outerHTML}`];
      }),
    );
  }, refusedAttributes);
  expect(seen).toEqual([]);
});

test('options of a policy that make no sense', async () => {
  const page = await site.open(strict);
  const codes = await page.evaluate(
    (list) => list.map((one) => window.codeOf(() => window.bulwarkDom.installDefaultPolicy(one as never))),
    badPolicyOptions,
  );
  const verdicts = badPolicyOptions.map(
    (options, at): Verdict => [
      { kind: 'attack', name: JSON.stringify(options) },
      codes[at] === 'dom/invalid-option' ? '' : `gives ${codes[at]}`,
    ],
  );
  expect(surprises(verdicts)).toEqual([]);
});

test('a browser that has no Trusted Types gets the same rules', async () => {
  const page = await site.open(plain);
  const seen = await page.evaluate(() => {
    Reflect.deleteProperty(window, 'trustedTypes');
    const made: Record<string, unknown> = {};
    made['without'] = !('trustedTypes' in window);
    made['installed'] = window.codeOf(() =>
      window.bulwarkDom.installDefaultPolicy({ scriptUrls: ['/assets/'] }),
    );
    const policy = window.bulwarkDom.createTrustedTypesPolicy('bulwark', { scriptUrls: ['/assets/'] });
    made['html'] = String(policy.createHTML('<img src=x onerror=alert(1)><script>alert(1)</script><b>x</b>'));
    made['script'] = window.codeOf(() => policy.createScript('alert(1)'));
    made['bad'] = window.codeOf(() => policy.createScriptURL('/assets/../evil.js'));
    made['good'] = new URL(String(policy.createScriptURL('/assets/a.js')), location.href).pathname;
    made['object'] = window.codeOf(() =>
      policy.createHTML({ toString: () => '<img src=x onerror=alert(1)>' } as never),
    );
    return made;
  });
  expect(seen).toEqual({
    without: true,
    installed: '',
    html: '<img src="x"><b>x</b>',
    script: 'dom/script-refused',
    bad: 'dom/script-refused',
    good: '/assets/a.js',
    object: 'dom/not-text',
  });
});
