/**
 * Finds static file servers that publish more than public files: the whole disk, a home folder, the project or source
 * folder, all of `node_modules`.
 *
 * ## Why
 * Source code, `.env`, keys, databases and notes are then published along with the page. No one meant to publish them,
 * but anyone who asks for them by name gets them.
 *
 * ## Bad
 * ```python
 * from flask import Flask
 *
 * app = Flask(__name__, static_folder=".", static_url_path="")
 * ```
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * app.use(express.static(__dirname));
 * ```
 *
 * ## Good
 * ```python
 * from flask import Flask
 *
 * app = Flask(__name__, static_folder="static")
 * ```
 * ```typescript
 * import express from 'express';
 * import path from 'node:path';
 *
 * const app = express();
 * app.use(express.static(path.join(__dirname, 'public')));
 * ```
 *
 * ## When not to use it
 * If the source folder holds nothing but the page. Directory listings of a public folder have low confidence.
 */

import { type ByHost, byHost } from '../../languages/by-host.ts';
import { inTests, pathOf } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { settingInstructions } from '../kit/settings.ts';
import type { Use } from '../kit/use.ts';
import { type Folder, folderOf } from './folder.ts';
import { servedByJavascript } from './javascript.ts';
import { privacyOf } from './private-folder.ts';
import { servedByPython } from './python.ts';

export const rule: UseRule = Object.freeze({
  id: 'files/private-served',
  title: 'Exposure of private files',
  severity: 'medium',
  cwe: [219, 548],
  owasp: 'A01:2025 Broken Access Control',
  advice: 'Serve a folder that holds public files only: `express.static("public")`.',
  pythonAdvice: 'Serve a folder that holds public files only.',
  on: settingInstructions,
  names:
    /^(directory|path|document_root|static_path|static_folder|tools\.staticdir\.dir|STATIC_ROOT|MEDIA_ROOT|WHITENOISE_ROOT|STATICFILES_DIRS|add_static|add_static_view|chdir|send_from_directory|static_file)$/,
  modelled:
    /^use\.(FlaskFolder|SendFrom|StaticFile|StaticFiles|AddStatic|DjangoStatic|DjangoServe|WhiteNoise|TwistedFile|FileHandler|ServeFolder|ServeOptions|ServeIndex|ServeHandler|ServeRoute|FastifyStatic)$/,
  look,
} satisfies UseRule);

const servers: ByHost<typeof servedByPython> = { javascript: servedByJavascript, python: servedByPython };

function look(use: Use): UseReport | undefined {
  const served = byHost(use.language, servers)?.(use);
  if (!served) return undefined;
  const isTest = inTests(use);
  const { linked } = use.frame;
  for (const place of served.folders) {
    const path =
      linked.program.modules[linked.program.functions[place.func]?.module ?? 0]?.path ?? pathOf(use);
    const folder = folderOf(linked, place);
    const what = privacyOf(folder, path);
    if (what !== undefined)
      return { message: `The server publishes ${what}.`, confidence: isTest ? 'low' : sureOf(folder) };
  }
  if (served.isWorkFolder)
    return {
      message: 'The server publishes its working directory.',
      confidence: isTest ? 'low' : 'medium',
    };
  if (served.showsHidden)
    return {
      message: 'The server publishes hidden files such as `.env`.',
      confidence: isTest ? 'low' : 'medium',
      severity: 'low',
    };
  return served.isListed
    ? { message: 'The server lists the files in the folder.', confidence: 'low', severity: 'low' }
    : undefined;
}

/** Less certain if only a name shows which folder it is: the root of a project, or that of a site. */
function sureOf(folder: Folder | undefined): UseReport['confidence'] {
  if (folder?.base !== 'project' || folder.names.length > 0) return 'high';
  return folder.isRoot ? 'low' : 'medium';
}
