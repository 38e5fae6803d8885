import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from '../project/read-inside.ts';
import type { ClientFile } from './cookie-readers.ts';

const mostFiles = 20_000;
const mostText = 200_000_000;
const mostOfFile = 8_000_000;

/**
 * All files below a folder that may run in browsers, also those that a scan excludes: bundles, and files that git ignores.
 * Undefined if there are too many to read. Links are not followed.
 */
export function clientFiles(root: string): readonly ClientFile[] | undefined {
  const files: ClientFile[] = [];
  let size = 0;
  let seen = 0;
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (++seen > mostFiles * 10) return undefined;
      if (entry.isDirectory()) {
        const isPackages = entry.name === 'node_modules' && !isServed.test(path);
        if (!isPackages && entry.name !== '.git') waiting.push(path);
      } else if (entry.isFile() && isOfBrowsers.test(entry.name)) {
        const read = readText(join(root, path), mostOfFile);
        if (!('text' in read)) return undefined;
        size += read.text.length;
        if (files.length >= mostFiles || size > mostText) return undefined;
        files.push({ path, text: read.text });
      }
    }
  }
  return files;
}

/** Packages that are served unchanged. */
const isServed = /(?:^|\/)(?:public|static|www|assets)\//;

const isOfBrowsers =
  /\.(?:[cm]?[jt]sx?|html?|xhtml|vue|svelte|astro|ejs|hbs|handlebars|mustache|njk|jinja2?|j2|pug|jade|liquid|php|erb|tpl|tmpl|twig|mdx|coffee|dart|cljs|elm|py|rb|go|rs|java|kt|cs|cshtml|razor|jspx?|aspx|ftl|haml|slim|heex|templ)$/i;

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
