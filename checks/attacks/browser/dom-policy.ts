import { sinkCases } from './dom-policy-sinks.ts';
import { scriptUrlCases } from './dom-policy-urls.ts';
import { attack, type PageCase, use } from './page-case.ts';

/** Cases for a page whose default policy was installed with `options`. */
export interface PolicyGroup {
  readonly options: Parameters<typeof window.bulwarkDom.installDefaultPolicy>[0];
  readonly cases: readonly PageCase[];
}

export const policyGroups: readonly PolicyGroup[] = [
  {
    options: {
      scriptUrls: ['/assets/', 'https://cdn.example.com/chart.js', '/good.js', 'https://lib.example.com/v1/'],
    },
    cases: [
      ...scriptUrlCases,
      ...sinkCases,
      use('innerHTML of ordinary markup', () => {
        const p = document.createElement('div');
        p.innerHTML = '<p>a <b>b</b></p>';
        return p.innerHTML === '<p>a <b>b</b></p>' ? '' : p.innerHTML;
      }),
      use('innerHTML of nothing', () => {
        const p = document.createElement('div');
        p.append('x');
        p.innerHTML = '';
        return p.innerHTML;
      }),
      use('innerHTML of escaped text', () => {
        const p = document.createElement('div');
        p.innerHTML = '&lt;b&gt; &amp; x';
        return p.textContent === '<b> & x' ? '' : p.innerHTML;
      }),
      use('setText and setHtml beside the policy', () => {
        const p = document.createElement('div');
        window.bulwarkDom.setHtml(p, '<b onclick=x>a</b>');
        const first = p.innerHTML;
        window.bulwarkDom.setText(p, '<b>');
        return first === '<b>a</b>' && p.textContent === '<b>' ? '' : first;
      }),
      use('functions for timers and handlers', async () => {
        let hit = 0;
        const p = document.createElement('p');
        p.onclick = () => hit++;
        p.click();
        await new Promise<void>((resolve) =>
          setTimeout(() => {
            hit++;
            resolve();
          }, 0),
        );
        return hit === 2 ? '' : `${hit}`;
      }),
      use('a worker from the list', () => {
        const code = window.codeOf(() => new Worker('/assets/w.js').terminate());
        return code;
      }),
      use('a named policy for own calls, once', () => {
        const policy = window.bulwarkDom.createTrustedTypesPolicy('bulwark', { scriptUrls: ['/assets/'] });
        const p = document.createElement('div');
        (p as { innerHTML: unknown }).innerHTML = policy.createHTML('<b onclick="x()">a</b>');
        const codes = [
          () => policy.createScript('1'),
          () => policy.createScriptURL('/evil.js'),
          () => window.bulwarkDom.createTrustedTypesPolicy('bulwark'),
        ].map((work) => window.codeOf(work));
        return p.innerHTML === '<b>a</b>' &&
          codes.join() === 'dom/script-refused,dom/script-refused,dom/policy-refused' &&
          String(policy.createScriptURL('/assets/a.js')).endsWith('/assets/a.js')
          ? ''
          : `${p.innerHTML} ${codes.join()}`;
      }),
    ],
  },
  {
    options: { mode: 'refuse' },
    cases: [
      attack('markup in the mode refuse', () => {
        const p = document.createElement('p');
        const code = window.codeOf(() => {
          p.innerHTML = '<b>x</b>';
        });
        return code === 'dom/script-refused' && p.innerHTML === '' ? '' : code || p.innerHTML;
      }),
      attack('scripts without a list', () => {
        const s = document.createElement('script');
        const codes = ['/good.js', 'data:,1', ''].map((value) =>
          window.codeOf(() => {
            s.src = value;
          }),
        );
        return codes.every((code) => code === 'dom/script-refused') ? '' : codes.join();
      }),
      use('setHtml in the mode refuse', () => {
        const p = document.createElement('div');
        const code = window.codeOf(() => window.bulwarkDom.setHtml(p, '<b>x</b>'));
        return p.innerHTML === '<b>x</b>' ? '' : code || p.innerHTML;
      }),
    ],
  },
];

/** Options of `installDefaultPolicy` that make no sense. */
export const badPolicyOptions: readonly unknown[] = [
  ...[
    '',
    'javascript:alert(1)',
    'data:text/javascript,',
    'blob:',
    '*',
    'https://*',
    'https:',
    '//',
    'http://',
    7,
    null,
  ].map((one) => ({ scriptUrls: [one] })),
  { scriptUrls: ['https://a b/'] },
  { scriptUrls: '/assets/' },
  { scriptUrls: null },
  { scriptUrls: ['https://*.example.com/'] },
  { scriptUrl: ['/assets/'] },
  { mode: 'allow' },
  { mode: '' },
  { mode: 'Sanitize' },
];
