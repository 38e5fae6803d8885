import { type Diagnosis, ok, wrong } from '../diagnosis.ts';
import type { Sighting } from './sighting.ts';
import type { Visits } from './visit.ts';

/** Whether the proxy changes paths where it matters: reports of the policy go to a path that the browser knows. */
export function diagnosePath({ fresh }: Visits): Diagnosis {
  const id = 'proxies/path';
  const { url } = fresh.answer;
  const { target, setup } = fresh.seen as Sighting;
  const evidence = [`the URL has the path ${url.pathname}, the application sees ${target}`];
  if (target === url.pathname) return ok(id, 'Paths arrive unchanged.', evidence);
  if (setup.reportPath === undefined) {
    return ok(id, 'The proxy rewrites paths, but no option of bulwark() depends on them.', [
      ...evidence,
      'in csrf: { allowUnchecked, logIn }, write paths as the application sees them',
    ]);
  }
  return wrong(
    id,
    'The proxy rewrites paths, and browsers send CSP reports to a path that does not reach the application.',
    {
      evidence: [...evidence, `reports go to ${url.origin}${setup.reportPath}`],
      why: 'You do not learn about violations of the policy.',
      fix: [
        'nginx: keep the path: proxy_pass http://127.0.0.1:3000; without a path after the port',
        `or nginx: location = ${setup.reportPath} { proxy_pass http://127.0.0.1:3000; }`,
      ],
    },
  );
}
