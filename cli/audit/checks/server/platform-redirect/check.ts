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
 * The file could not be read, or it deploys a part of the project only.
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
import { folderOf } from '../../../files/own-folder.ts';
import { type PlatformRedirect, platformRedirects } from '../../../files/platform/platform-redirects.ts';
import { terraformRedirects } from '../../../files/platform/terraform-redirects.ts';
import { productionFiles } from '../../../files/production-file.ts';
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
  const left = builtElsewhere(all, subject);
  if (left !== undefined)
    return {
      ...unknown(`${name} redirects to https, and a part of the project is deployed by other means.`, mend, [
        ...evidence,
        { text: left, path: left, line: 1 },
      ]),
      absent: 'perhaps',
    };
  return pass(`${name} redirects requests over http to https.`, evidence);
}

/** An image that no file of a platform is for: one outside of their folders, or one more than there are files in the root. */
function builtElsewhere(all: readonly PlatformRedirect[], subject: Subject): string | undefined {
  const images = productionFiles(subject, /(^|\/)(Dockerfile|Containerfile)$/);
  if (all.every(({ path }) => path.endsWith('.tf'))) return images.length > 1 ? images[0] : undefined;
  const covers = (folder: string, path: string): boolean =>
    folder === '' || path.startsWith(`${folder}/`) || folderOf(folder) === folderOf(path);
  const outside = images.find((path) => !all.some(({ folder }) => covers(folder, path)));
  if (outside !== undefined) return outside;
  return images.length > 1 && images.length > all.length ? images[0] : undefined;
}
