/**
 * Finds folders that are served to everybody and hold more than public files: the whole disk, a home folder, the project or the
 * folder of its code, all of `node_modules`.
 *
 * ## Why
 * With the page come the source code, `.env`, keys, databases and notes that lie beside it. Nobody meant to publish them, and
 * whoever asks for their names gets them.
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
 * Where the folder of the code holds nothing but the page. Lists of what is in a public folder are reported with low confidence.
 */
import { inTests, pathOf } from '../../rule/path-kind.ts';
import type { UseReport, UseRule } from '../../rule/rule.ts';
import { settingInstructions } from '../../rule/settings.ts';
import type { Use } from '../../rule/use.ts';
import { type Folder, folderOf } from './folder.ts';
import { servedByJavascript } from './javascript.ts';
import { privacyOf } from './private-folder.ts';
import { servedByPython } from './python.ts';

export const rule: UseRule = Object.freeze({
  id: 'files/private-served',
  title: 'Private folder served to everybody',
  severity: 'medium',
  cwe: [219, 548],
  owasp: 'A01:2025 Broken Access Control',
  advice: 'Serve a folder that holds public files alone.',
  pythonAdvice: 'Serve a folder that holds public files only.',
  on: settingInstructions,
  names:
    /^(directory|path|document_root|static_path|static_folder|tools\.staticdir\.dir|STATIC_ROOT|MEDIA_ROOT|WHITENOISE_ROOT|STATICFILES_DIRS|add_static|add_static_view|chdir|send_from_directory|static_file)$/,
  modelled:
    /^use\.(FlaskFolder|SendFrom|StaticFile|StaticFiles|AddStatic|DjangoStatic|DjangoServe|WhiteNoise|TwistedFile|FileHandler|ServeFolder|ServeOptions|ServeIndex|ServeHandler|ServeRoute|FastifyStatic)$/,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const served = use.language === 'python' ? servedByPython(use) : servedByJavascript(use);
  if (!served) return undefined;
  const isTest = inTests(use);
  const { linked } = use.frame;
  for (const place of served.folders) {
    const path =
      linked.program.modules[linked.program.functions[place.func]?.module ?? 0]?.path ?? pathOf(use);
    const folder = folderOf(linked, place);
    const what = privacyOf(folder, path);
    if (what !== undefined)
      return { message: `It serves ${what} to everybody`, confidence: isTest ? 'low' : sureOf(folder) };
  }
  if (served.isWorkFolder)
    return {
      message: 'It serves the folder that the program runs in to everybody',
      confidence: isTest ? 'low' : 'medium',
    };
  if (served.showsHidden)
    return {
      message: 'It serves files whose names begin with a dot, such as `.env`',
      confidence: isTest ? 'low' : 'medium',
      severity: 'low',
    };
  return served.isListed
    ? { message: 'Everybody is shown which files are in the folder', confidence: 'low', severity: 'low' }
    : undefined;
}

/** Only a name says what is in the folder: the root of a project, or that of a site. */
function sureOf(folder: Folder | undefined): UseReport['confidence'] {
  if (folder?.base !== 'project' || folder.names.length > 0) return 'high';
  return folder.isRoot ? 'low' : 'medium';
}
