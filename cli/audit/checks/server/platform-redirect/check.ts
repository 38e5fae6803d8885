/**
 * Looks at the files of platforms that end TLS in front of an application: `fly.toml`, `app.yaml` of App Engine, `render.yaml`,
 * `vercel.json` and `netlify.toml`, and in Terraform the listeners of AWS load balancers, CloudFront and web applications of Azure.
 *
 * ## Why
 * A page over http can be read and changed by anyone on the path.
 *
 * ## Passes
 * Fly has `force_https = true` for each service that takes http, each handler of App Engine has `secure: always`, or the platform always
 * redirects: Render, Vercel and Netlify do. In Terraform: the listener of port 80 redirects or refuses, each behavior of CloudFront has
 * `redirect-to-https` or `https-only`, Azure has `https_only = true`.
 *
 * ## Fails
 * One of them hands requests over http on to the application, and that does not redirect them.
 *
 * ## Unknown
 * The file could not be read, it does not show what it starts, or it starts a part of the project only.
 *
 * ## How to fix
 * ```toml
 * [http_service]
 *   internal_port = 8080
 *   force_https = true
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { absent, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { type PlatformRedirect, platformRedirects } from '../../../files/platform/platform-redirects.ts';
import { startsElsewhere } from '../../../files/platform/starts-elsewhere.ts';
import { terraformRedirects } from '../../../files/platform/terraform-redirects.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = {
  id: 'server/platform-redirect',
  aspect: 'https/redirect',
  title: 'The platform redirects requests over http to https.',
  why: 'A page over http can be read and changed in transit.',
  severity: 'medium',
  cwe: [319],
  asvs: ['12.2.1'],
  run(subject) {
    const all = [...platformRedirects(subject), ...terraformRedirects(subject)];
    return all.map((one) => judge(one, all, subject));
  },
};

function judge(one: PlatformRedirect, all: readonly PlatformRedirect[], subject: Subject): Outcome {
  const { name, state, evidence, fix, path } = one;
  if (state === 'open')
    return absent(`${name} hands requests over http on to the application.`, evidence, fix);
  const mend = `Say in ${path} what ${name} does with requests over http.`;
  if (state === 'unknown')
    return {
      ...unknown(`What ${name} does with requests over http is not known.`, mend, evidence),
      absent: 'perhaps',
    };
  const left = startsElsewhere(all, subject);
  if (left !== undefined)
    return {
      ...unknown(
        `${name} redirects to https, and may not be in front of all that the project starts.`,
        mend,
        [...evidence, left],
      ),
      absent: 'perhaps',
    };
  return pass(`${name} redirects requests over http to https.`, evidence);
}
