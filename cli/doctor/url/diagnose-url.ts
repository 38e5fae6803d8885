import { type Diagnosis, ok, unknown, wrong } from '../diagnosis.ts';
import { diagnoseCsp } from '../page/diagnose-csp.ts';
import { diagnoseCookies } from './diagnose-cookies.ts';
import { diagnoseHeaders } from './diagnose-headers.ts';
import { diagnoseHops } from './diagnose-hops.ts';
import { diagnoseNonce } from './diagnose-nonce.ts';
import { diagnoseOrigin } from './diagnose-origin.ts';
import { diagnosePath } from './diagnose-path.ts';
import { diagnoseProcess } from './diagnose-process.ts';
import { routeOf } from './route-of.ts';
import { type Asked, type Visits, visitAll } from './visit.ts';

/**
 * Diagnoses an application that runs, by at most 15 GETs to its URL.
 *
 * @throws {DoctorMistake} if the URL or the application does not answer
 */
export async function diagnoseUrl(url: URL, asked: Asked): Promise<readonly Diagnosis[]> {
  const visits = await visitAll(url, asked);
  return [
    ...fromInside(visits),
    diagnoseHeaders(visits),
    diagnoseCookies(visits),
    diagnoseCsp(visits),
    diagnoseNonce(visits),
  ];
}

/** What only the application can tell. */
function fromInside(visits: Visits): readonly Diagnosis[] {
  const route = routeOf(visits);
  if (route !== undefined && visits.fresh.seen !== undefined) {
    return [
      ok('reach', 'Requests to the URL reach the application.'),
      ...diagnoseOrigin(visits, route),
      diagnoseHops(visits, route),
      diagnosePath(visits),
      ...diagnoseProcess(visits.fresh.seen),
    ];
  }
  if (!visits.asked) {
    return [
      unknown(
        'reach',
        'Without a token, origin, proxies and copies cannot be checked.',
        [],
        ['Start the application with BULWARK_DOCTOR=1, and run the command that it prints.'],
      ),
    ];
  }
  return [
    wrong('reach', 'Requests to the URL do not reach the process that printed the token.', {
      evidence: [`the URL answers with ${visits.fresh.answer.status}`],
      why: 'That process cannot tell anything about this URL.',
      fix: [
        'app.use(bulwark()) before every route, so that it sees each request',
        'let the proxy pass on the header x-bulwark-doctor, and run a single process of the application meanwhile',
      ],
    }),
  ];
}
