/**
 * Looks at pages that show how a server runs: `/server-status` of Apache, `/phpinfo.php`, and `/actuator/env` of Spring. Only their content
 * counts.
 *
 * ## Why
 * They reveal other users' requests, versions, paths, variables and sometimes secrets.
 *
 * ## Passes
 * None of them is there.
 *
 * ## Fails
 * One of them has the content of such a page.
 *
 * ## Unknown
 * The site had no answer, or answered with content that is not recognised.
 *
 * ## How to fix
 * ```apache
 * <Location "/server-status">
 *     Require local
 * </Location>
 * ```
 */

import type { Answer } from '../../../../target/http/reply.ts';
import type { Check } from '../../../check/check.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { judgePaths } from '../../../live/judge/probed-path.ts';

export const check: Check = liveCheck({
  id: 'live/status-pages',
  aspect: 'server/hardening',
  title: 'No page shows how the server runs.',
  why: "Such pages reveal other users' requests, versions, variables and sometimes secrets.",
  weight: 'part',
  severity: 'medium',
  cwe: [200, 497],
  asvs: ['13.4.5'],
  judge: (site) =>
    judgePaths(site, {
      paths: ['/server-status', '/phpinfo.php', '/actuator/env'],
      passes: 'None of `/server-status`, `/phpinfo.php` and `/actuator/env` shows how the server runs.',
      fix: 'Remove the page, or let only a network of your own ask for it.',
      recognise,
    }),
});

function recognise({ body }: Answer): ReturnType<Parameters<typeof judgePaths>[1]['recognise']> {
  const start = body.slice(0, 100_000);
  if (/<h1>Apache (?:Server )?Status for|Server uptime:.{0,200}\n|<title>Apache Status<\/title>/.test(start))
    return { what: 'shows the requests that Apache serves' };
  if (/<title>(?:PHP [\d.]+[^<]{0,40} - )?phpinfo\(\)<\/title>|<h1 class="p">PHP Version/.test(start))
    return { what: 'shows how PHP is set up' };
  if (/"activeProfiles"\s*:|"propertySources"\s*:\s*\[/.test(start))
    return { what: 'shows the settings of Spring' };
  return undefined;
}
