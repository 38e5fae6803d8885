import { type Diagnosis, ok, unknown, wrong } from '../diagnosis.ts';
import { isLoopbackHost } from './addresses.ts';
import { type Answer, isHtml, valuesOf } from './ask-url.ts';
import type { Visit, Visits } from './visit.ts';

const id = 'headers';
/** Of these, two values contradict each other. */
const single = ['x-frame-options', 'strict-transport-security', 'x-content-type-options', 'referrer-policy'];

/** Whether every kind of answer has the security headers: pages, files, the 404 and the answer to an error. */
export function diagnoseHeaders(visits: Visits): Diagnosis {
  const kinds: (readonly [string, Visit | undefined])[] = [
    ['the page', visits.page],
    ['a file of the page', visits.asset],
    ['a path that does not exist', visits.missing],
    // An error page of the proxy shows nothing of the application.
    ['a malformed path', visits.malformed.seen ? visits.malformed : undefined],
  ];
  const setup = (visits.fresh.seen ?? visits.page.seen)?.setup;
  const faults = kinds.flatMap(([name, visit]) => (visit ? faultsOf(name, visit, visits.asked, setup) : []));
  if (faults.length > 0) {
    return wrong(id, 'Some responses lack security headers, or have them twice.', {
      evidence: faults.map(({ seen }) => seen),
      why: 'Browsers do not protect a response without its headers, even if all others have them (CWE-693).',
      fix: [...new Set(faults.map(({ fix }) => fix))],
    });
  }
  const checked = kinds.filter(([, visit]) => visit !== undefined).map(([name]) => name);
  if (setup?.headers === false) return unknown(id, 'The application sets headers: false.');
  return ok(id, 'Every kind of response has its security headers.', [
    `checked: ${checked.join(', ')}`,
    'not checked: a 500, which no harmless request causes',
  ]);
}

interface Fault {
  readonly seen: string;
  readonly fix: string;
}

function faultsOf(
  name: string,
  { answer, seen }: Visit,
  asked: boolean,
  setup: { readonly headers: boolean; readonly csp: boolean } | undefined,
): Fault[] {
  const faults: Fault[] = [];
  for (const header of wanted(answer)) {
    const isOff = header === 'content-security-policy' ? setup?.csp === false : setup?.headers === false;
    if (isOff || valuesOf(answer, header).length > 0) continue;
    // A policy of scripts that only reports is one that is being introduced.
    const reported = valuesOf(answer, `${header}-report-only`);
    if (reported.some((policy) => /(?:^|;)\s*(?:script|default)-src\s/i.test(policy))) continue;
    faults.push({
      seen: `${name} (${answer.status}) has no ${header}`,
      fix: fixFor(header, asked, seen !== undefined),
    });
  }
  for (const header of single) {
    const values = [...new Set(valuesOf(answer, header).map((value) => value.trim().toLowerCase()))];
    if (values.length < 2) continue;
    faults.push({
      seen: `${name} (${answer.status}) has ${header} with different values: ${values.join(' and ')}`,
      fix: `nginx: remove add_header ${header}`,
    });
  }
  return faults;
}

function wanted(answer: Answer): readonly string[] {
  const { url, status } = answer;
  const isPage = isHtml(answer) && (status < 300 || status >= 400);
  const isTls = url.protocol === 'https:' && !isLoopbackHost(url.hostname);
  return [
    'x-content-type-options',
    ...(isPage ? ['content-security-policy'] : []),
    ...(isTls ? ['strict-transport-security'] : []),
  ];
}

function fixFor(header: string, asked: boolean, reached: boolean): string {
  if (reached) return `the proxy removes it: nginx: remove proxy_hide_header ${header}`;
  const line = `nginx: add_header ${header} ${values[header]} always;`;
  return asked ? `the proxy answers by itself: ${line}` : `app.use(bulwark()) before every route, or ${line}`;
}

const values: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': `"default-src 'none'; frame-ancestors 'none'"`,
  'strict-transport-security': '"max-age=31536000; includeSubDomains"',
};
