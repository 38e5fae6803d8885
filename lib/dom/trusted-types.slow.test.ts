import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DomSite, domVariants, startDomSite } from '../../checks/dom/dom-page.ts';
import { missing } from '../../checks/machine/missing.ts';
import { legitimateDocuments } from '../testing/corpus/rich-text.ts';
import { xss } from '../testing/corpus/xss.ts';
import { sanitizerXss } from '../testing/corpus/xss-sanitizer.ts';

const reason = missing('chromium');
const payloads = [...new Set([...xss, ...sanitizerXss].map(({ payload }) => payload))];
const enforced = domVariants.filter(({ trustedTypes }) => trustedTypes);

describe.skipIf(reason)(`policies in Chromium${reason ? `: ${reason}` : ''}`, () => {
  let site: DomSite;
  beforeAll(async () => {
    site = await startDomSite();
  });
  afterAll(() => site?.close());

  it.each(enforced)('$name: without a policy, the browser refuses strings', async (variant) => {
    const page = await site.open(variant);
    const refused = await page.evaluate(() =>
      window.codeOf(() => {
        document.createElement('div').innerHTML = '<b>x</b>';
      }),
    );
    expect(refused).toContain('TypeError');
    await page.close();
  });

  it.each(enforced)(
    '$name: under the default policy, sinks of markup sanitise',
    async (variant) => {
      const page = await site.open(variant);
      site.hits.length = 0;
      const result = await page.evaluate(
        async ([attacks, documents]) => {
          const installed = window.bulwarkDom.installDefaultPolicy();
          const bad: string[] = [];
          const allowed =
            /^(?:align|alt|cite|colspan|datetime|decoding|dir|height|href|hreflang|lang|loading|open|rel|reversed|rowspan|scope|sizes|span|src|srcset|start|title|type|value|width)$/;
          for (const markup of attacks) {
            const div = document.body.appendChild(document.createElement('div'));
            div.innerHTML = markup;
            div.insertAdjacentHTML('beforeend', markup);
            div.append(document.createRange().createContextualFragment(markup));
            for (const element of div.querySelectorAll('*')) {
              if (
                /script|iframe|svg|math|form|object|embed|style|template|base|meta|link/.test(
                  element.localName,
                )
              )
                bad.push(markup);
              for (const { name, value } of element.attributes) {
                if (!allowed.test(name)) bad.push(name);
                if (name === 'srcset' && /(?:^|, )(?!https?:|data:image)[a-z]+:/i.test(value))
                  bad.push(value);
                if (
                  /^(?:href|src|cite)$/.test(name) &&
                  !/^(?:https?|mailto|tel|data):$/.test(new URL(value, 'https://base.example/').protocol)
                )
                  bad.push(value);
              }
            }
          }
          const changed = documents.filter((markup) => {
            const div = document.createElement('div');
            window.bulwarkDom.setHtml(div, markup);
            const expected = window.shapeOf(div);
            div.innerHTML = markup;
            return window.shapeOf(div) !== expected;
          });
          for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve));
          return { installed, bad, changed };
        },
        [payloads, legitimateDocuments.article] as const,
      );
      expect(result).toEqual({ installed: true, bad: [], changed: [] });
      expect(site.hits).toEqual([]);
      await page.close();
    },
    120_000,
  );

  it.each(enforced)(
    '$name: script text is refused, and script URLs that are not on the list',
    async (variant) => {
      const page = await site.open(variant);
      site.hits.length = 0;
      const result = await page.evaluate(async () => {
        window.bulwarkDom.installDefaultPolicy({ scriptUrls: ['/good.js'] });
        const script = document.createElement('script');
        const codes = [
          window.codeOf(() => {
            script.text = 'alert(1)';
          }),
          window.codeOf(() => {
            script.src = 'https://evil.example/x.js';
          }),
          window.codeOf(() => {
            script.src = '/good.js?x';
          }),
          window.codeOf(() => {
            document.createElement('iframe').srcdoc = '<script>parent.alert(1)</script>';
          }),
        ];
        script.src = '/good.js';
        await new Promise((resolve) => {
          script.onload = resolve;
          document.head.append(script);
        });
        return { codes, loaded: (window as unknown as { loaded: boolean }).loaded };
      });
      expect(result.loaded).toBe(true);
      expect(result.codes).toEqual([...Array(3).fill('dom/script-refused'), '']);
      expect(site.hits).toEqual([]);
      await page.close();
    },
  );

  it.each(enforced)('$name: eval, timers, handlers and elements of scripts take no text', async (variant) => {
    site.hits.length = 0;
    // A script of the page itself: what a debugger evaluates is free of the page's CSP.
    const page = await site.open(
      variant,
      `<script>
        bulwarkDom.installDefaultPolicy();
        window.refused = [
          () => eval('alert(1)'),
          () => new Function('alert(1)')(),
          () => setTimeout('alert(1)'),
          () => document.body.setAttribute('onclick', 'alert(1)'),
          () => document.body.click(),
          () => setTimeout(() => {}),
        ].map((work) => codeOf(work) !== '');
        for (const write of [(s) => (s.innerHTML = 'alert(1)'), (s) => s.append('alert(1)')]) {
          const script = document.createElement('script');
          codeOf(() => write(script));
          codeOf(() => document.body.append(script));
        }
      </script>`,
    );
    const refused = await page.evaluate(async () => {
      for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve));
      return (window as unknown as { refused: boolean[] }).refused;
    });
    expect({ refused, hits: site.hits }).toEqual({
      refused: [true, true, true, true, false, false],
      hits: [],
    });
    await page.close();
  });

  it.each(enforced)('$name: in the mode refuse, setHtml is the only way for markup', async (variant) => {
    const page = await site.open(variant);
    const result = await page.evaluate(() => {
      window.bulwarkDom.installDefaultPolicy({ mode: 'refuse' });
      const div = document.createElement('div');
      const code = window.codeOf(() => {
        div.innerHTML = '<b>x</b>';
      });
      window.bulwarkDom.setHtml(div, '<b>x</b><script>1</script>');
      return [code, div.innerHTML];
    });
    expect(result).toEqual(['dom/script-refused', '<b>x</b>']);
    await page.close();
  });

  it('a policy by name makes what sinks take, once, and where there are no Trusted Types strings', async () => {
    for (const variant of domVariants) {
      const page = await site.open(variant);
      const result = await page.evaluate(() => {
        const { createTrustedTypesPolicy, installDefaultPolicy } = window.bulwarkDom;
        const policy = createTrustedTypesPolicy('bulwark', { scriptUrls: ['/'] });
        const div = document.createElement('div');
        div.innerHTML = policy.createHTML('<b onclick="x()" title="&lt;">a</b>');
        const script = document.createElement('script');
        script.src = policy.createScriptURL('/good.js');
        return [
          div.innerHTML.replace('<"', '&lt;"'),
          new URL(script.src).pathname,
          window.codeOf(() => policy.createScript('alert(1)')),
          window.codeOf(() => policy.createScriptURL('//evil.example/x.js')),
          window.codeOf(() => installDefaultPolicy({ mode: 'off' as never })),
        ];
      });
      expect(result).toEqual([
        '<b title="&lt;">a</b>',
        '/good.js',
        'dom/script-refused',
        'dom/script-refused',
        'dom/invalid-option',
      ]);
      if (variant.trustedTypes) {
        const codes = await page.evaluate(() =>
          ['bulwark', 'unnamed'].map((name) =>
            window.codeOf(() => window.bulwarkDom.createTrustedTypesPolicy(name)),
          ),
        );
        expect(codes).toEqual(Array(2).fill('dom/policy-refused'));
      }
      await page.close();
    }
  });
});
