import { type Diagnosis, ok, wrong } from '../diagnosis.ts';
import type { Sighting } from './sighting.ts';
import type { Visits } from './visit.ts';

/** Whether the proxy changes paths where it matters: reports of the policy go to a path that the browser knows. */
export function diagnosePath({ fresh }: Visits): Diagnosis {
  const id = 'proxies/path';
  const { url } = fresh.answer;
  const { target, setup } = fresh.seen as Sighting;
  const evidence = [`the URL has the path ${url.pathname}, the application sees ${target}`];
  if (target === url.pathname) return ok(id, 'Paths arrive as they were sent.', evidence);
  if (setup.reportPath === undefined) {
    return ok(id, 'The proxy rewrites paths, and nothing that bulwark was given depends on them.', [
      ...evidence,
      'paths in csrf: { allowUnchecked, logIn } are those that the application sees',
    ]);
  }
  return wrong(
    id,
    'The proxy rewrites paths, and browsers send reports of the policy to a path that does not lead here.',
    {
      evidence: [...evidence, `reports go to ${url.origin}${setup.reportPath}`],
      why: 'Violations of the policy stay unknown.',
      mend: [
        'nginx: keep the path: proxy_pass http://127.0.0.1:3000; without a path behind the port',
        `or nginx: location = ${setup.reportPath} { proxy_pass http://127.0.0.1:3000; }`,
      ],
    },
  );
}
