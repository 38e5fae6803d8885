/**
 * Looks at the folders that the application serves as files: `express.static`, `koa-static`, `@fastify/static`, `serveStatic` of Hono,
 * `useStaticAssets` of Nest, `staticFiles` of Bulwark, and listings by `serve-index`.
 *
 * ## Why
 * A folder that holds the code, `.env` or `.git` gives away secrets and the program itself; a listing shows what there is to fetch.
 *
 * ## Passes
 * Every folder that is served is known, holds no module of the application, and no file with a dot in front is served from it.
 *
 * ## Fails
 * The folder is that of the project or of its code, files with a dot in front are served, or folders are listed.
 *
 * ## Unknown
 * The path of a folder or an option is computed.
 *
 * ## How to fix
 * ```js
 * app.use(express.static(path.join(import.meta.dirname, 'public')));
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { evidenceAt } from '../../../node/app/evidence.ts';
import { type NodeApplication, nodeApplications } from '../../../node/app/node-application.ts';
import { pathInProject, projectRoot } from '../../../node/read/project-path.ts';
import { textOf, truth, whyUnknown } from '../../../node/read/value.ts';
import { type StaticFolder, staticFolders } from '../../../node/static/static-folders.ts';

export const check: Check = {
  id: 'node/static-files',
  aspect: 'server/hardening',
  weight: 'part',
  title: 'Folders that are served hold neither code nor hidden files, and are not listed.',
  why: 'Code, `.env` and `.git` give away secrets and the program itself.',
  severity: 'high',
  cwe: [538, 548],
  asvs: ['13.4.1', '13.4.3'],
  run: (subject) =>
    nodeApplications(subject).flatMap((application) =>
      staticFolders(application).map((folder) => look(folder, application)),
    ),
};

const fix = "Serve a folder of its own: `express.static(path.join(import.meta.dirname, 'public'))`.";

function look(folder: StaticFolder, application: NodeApplication): Outcome {
  const { by, root, dotFiles, lists, file, node } = folder;
  const evidence = [evidenceAt(file, node)];
  if (truth(lists) === true)
    return fail(`${by} lists the files of folders.`, evidence, `Remove the listing.`);
  const text = textOf(root);
  if (text === undefined)
    return unknown(`Which folder ${by} serves is not known, because ${whyUnknown(root)}.`, fix, evidence);
  const path = inProject(text, application);
  if (path !== undefined) {
    const prefix = path === '' ? '' : `${path}/`;
    const started = application.entries.files.find((one) => one.started.startsWith(prefix));
    if (started) {
      return fail(`${by} serves the folder with ${started.started}.`, [...evidence, started.evidence], fix);
    }
    const code = application.modules.find((one) => one.path.startsWith(prefix));
    if (code)
      return fail(
        `${by} serves a folder with code of the application.`,
        [...evidence, { text: code.path, path: code.path }],
        fix,
      );
  }
  const dots = truth(dotFiles);
  if (truth(lists) === undefined || dots === undefined) {
    const value = dots === undefined ? dotFiles : lists;
    return unknown(`What ${by} serves is not known, because ${whyUnknown(value)}.`, fix, evidence);
  }
  if (dots) {
    const hidden =
      path === undefined
        ? undefined
        : application.subject.paths.find(
            (one) => one.startsWith(`${path}/`) && /\/\.(?!well-known\/)/.test(one.slice(path.length)),
          );
    if (hidden !== undefined)
      return fail(
        `${by} serves files with a dot in front.`,
        [...evidence, { text: hidden, path: hidden }],
        "Set `dotfiles: 'ignore'`.",
      );
    if (path === undefined)
      return unknown(
        `${by} serves files with a dot in front, of a folder that is not in the project.`,
        "Set `dotfiles: 'ignore'`.",
        evidence,
      );
    const isAsked = dotFiles.spot !== undefined;
    if (isAsked)
      return fail(`${by} is told to serve files with a dot in front.`, evidence, "Set `dotfiles: 'ignore'`.");
  }
  return pass(
    `${by} serves ${path === undefined ? 'a folder outside of the project' : path === '' ? 'the root' : path}.`,
    evidence,
  );
}

/** A path that is not absolute begins where the program is started: in the folder of the application. */
function inProject(text: string, { folder }: NodeApplication): string | undefined {
  if (text.startsWith(projectRoot)) return pathInProject(text);
  if (text.startsWith('/')) return undefined;
  const parts = [...folder.split('/'), ...text.split('/')].filter((part) => part !== '' && part !== '.');
  return parts.includes('..') ? undefined : parts.join('/');
}
