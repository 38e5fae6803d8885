import type { IncomingMessage, ServerResponse } from 'node:http';
import { thrownError } from '../../errors/thrown-error.ts';
import { knownOptions } from '../../internal/known-options.ts';
import { checkAnswerOptions } from '../../path/answer-file.ts';
import { inside, rootPath } from '../../path/inside.ts';
import { judgePath } from '../../path/judge-path.ts';
import { readLinks } from '../../path/link-options.ts';
import { NoSuchFile } from '../../path/no-such-file.ts';
import { type SendFileOptions, sendFile } from '../../path/send-file.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { targetOf } from '../../request/any-request.ts';

export interface StaticFileOptions extends Omit<SendFileOptions, 'name' | 'type' | 'allowActiveContent'> {
  /** What is sent for a folder. `index.html` by default; `false` sends nothing. */
  readonly index?: string | false;
}

const staticFileOptions: readonly (keyof StaticFileOptions)[] = [
  ...(['disposition', 'cacheControl', 'allowEmbedding'] as const),
  ...(['links', 'allowDotFiles', 'allowHardLinks', 'index'] as const),
];

/** Resolves with whether it answered. */
export type StaticFiles = (
  req: IncomingMessage,
  res: ServerResponse,
  next?: (error?: unknown) => unknown,
) => Promise<boolean>;

/**
 * Serves the files of a folder: pages, style sheets, scripts and images of your own, which may run. Never point it at uploads, or at
 * the folder of the application itself; use `sendFile` for those files that users may have.
 *
 * Whatever is not a file to serve goes on to the next handler: a folder without an index, a name with a dot in front, a path
 * that leaves the folder, another method than GET and HEAD. So does a path with an encoded slash, letter, digit, dot, hyphen or underscore,
 * such as `/%61dmin%2fusers.html`, which a log-in at `/admin` wouldn't see. Folders are never listed (CWE-22, CWE-177, CWE-548, CWE-552).
 *
 * Without `next`, the function that it returns resolves with `false` if it has no such file, and rejects with what failed. With `next`, it
 * waits for what `next` returns, and rejects with what `next` throws. Return or await its promise: `bulwark` answers its rejection.
 *
 * @param root an absolute path
 * @throws Misuse `path/invalid-root`, `bulwark/invalid-option` at startup
 *
 * @example
 * ```ts
 * import { bulwark, staticFiles } from 'bulwark/node';
 *
 * const assets = staticFiles('/srv/shop/assets', { cacheControl: 'public, max-age=3600' });
 * export const app = bulwark({}, async (req, res) => {
 *   if (await assets(req, res)) return;
 *   throw Object.assign(new Error('no such page'), { status: 404, expose: true });
 * });
 * ```
 */
export function staticFiles(root: string, options: StaticFileOptions = {}): StaticFiles {
  const folder = rootPath(root);
  const { index = 'index.html', ...rest } = knownOptions(options, staticFileOptions);
  const usual = { cacheControl: 'public, no-cache', allowHardLinks: true, allowActiveContent: true };
  const sent: SendFileOptions = Object.assign(Object.create(null), usual, rest);
  check(index, sent);

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<boolean> {
    const wanted = wantedName(req);
    if (wanted === undefined) return false;
    if (wanted === '' && index !== false && redirectToFolder(req, res)) return true;
    const name = wanted.endsWith('/') || wanted === '' ? index && `${wanted}${index}` : wanted;
    if (name === false || !isServed(name, sent)) return false;
    try {
      await sendFile(req, res, inside(folder, name), sent);
      return true;
    } catch (error) {
      if (!(error instanceof NoSuchFile)) throw error;
      return name === wanted && index !== false && isFolder(error) && redirectToFolder(req, res);
    }
  }

  return async function serveStaticFiles(req, res, next) {
    let failure: { error: unknown } | undefined;
    try {
      if (await serve(req, res)) return true;
    } catch (error) {
      failure = { error: thrownError(error) };
    }
    if (next) await (failure ? next(failure.error) : next());
    else if (failure) throw failure.error;
    return false;
  };
}

/** Mistakes are told at startup, and not to the first visitor. */
function check(index: unknown, { disposition, cacheControl, allowEmbedding, links }: SendFileOptions): void {
  const answer = Object.entries({ disposition, cacheControl, allowEmbedding });
  checkAnswerOptions(Object.fromEntries(answer.filter(([, value]) => value !== undefined)));
  readLinks({ ...(links !== undefined && { links }) });
  if (index !== false && 'allow' in judgePath(index)) {
    throw new Misuse('bulwark/invalid-option', 'index is the name of a file, such as index.html, or false.');
  }
}

/** The path below the mount, decoded once. */
function wantedName(req: IncomingMessage): string | undefined {
  if (req.method !== 'GET' && req.method !== 'HEAD') return undefined;
  const [target = ''] = (req.url ?? '').split(/[?#]/, 1);
  const path = target.replace(/^https?:\/\/[^/]*/i, '');
  if (!path.startsWith('/') || hidesName.test(path)) return undefined;
  try {
    return decodeURIComponent(path.slice(1));
  } catch {
    return undefined;
  }
}

/** Encodings that no client needs (RFC 3986, 2.3), and by which a router takes the path for another one. */
const hidesName = /%(?:2[d-f]|3\d|[46][1-9a-f]|[57][\da]|5f)/i;

/** A path that is none here may be a route of the application: nothing was attacked. */
function isServed(name: string, { allowDotFiles }: SendFileOptions): boolean {
  const judged = judgePath(name);
  if ('allow' in judged) return false;
  return allowDotFiles === true || judged.every((component) => !component.startsWith('.'));
}

function isFolder({ cause }: NoSuchFile): boolean {
  return (cause as { code?: unknown }).code === 'EISDIR';
}

/** Links in an index are relative to its folder, and that ends with a slash. */
function redirectToFolder(req: IncomingMessage, res: ServerResponse): boolean {
  const [, path = '', search = ''] = /^([^?#]*)(\?[^#]*)?/.exec(targetOf(req)) ?? [];
  // Two slashes, or one of another kind, would lead to another site.
  if (!/^\/(?![/\\])/.test(path) || path.endsWith('/')) return false;
  res.statusCode = 308;
  res.setHeader('Location', `${path}/${search}`);
  res.setHeader('Content-Length', '0');
  res.end();
  return true;
}
