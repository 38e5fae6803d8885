import { commandLoads } from './command-lines.ts';
import { pipLoads } from './pip-loads.ts';
import { isOfNobody, type Load } from './shell-loads.ts';

/** What a manifest or a build file loads without TLS. The file's name decides how it is read. */
export function manifestLoads(path: string, text: string): Load[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'package.json') return ofPackage(text);
  if (/^\.(?:npmrc|yarnrc(?:\.ya?ml)?)$/.test(name)) return found(text, registry, 'index');
  if (/^(?:.+\.)?dockerfile(?:\..+)?$/i.test(name)) return commandLoads(text, true);
  if (/\.ya?ml$/i.test(name)) return commandLoads(text, false);
  return isOfPip(name) ? pipLoads(text) : [];
}

function isOfPip(name: string): boolean {
  return /\.txt$|^(?:pip\.(?:conf|ini)|Pipfile|pyproject\.toml|uv\.toml|setup\.cfg|tox\.ini)$/.test(name);
}

const section =
  /"(?:(?:(?:dev|optional|peer)D|d)ependencies|resolutions|overrides)"\s{0,9}:\s{0,9}\{[^{}]{0,50000}\}/g;
const dependency = /"((?:git\+)?(?:http|git):\/\/[^"\s]{1,1000})"/g;
const publishing = /"publishConfig"\s{0,9}:\s{0,9}\{[^{}]{0,2000}\}/g;
const published = /"registry"\s{0,9}:\s{0,9}"(http:\/\/[^"\s]{1,1000})"/g;
const registry =
  /^[ \t]{0,20}(?:@[\w.-]{1,100}:)?(?:registry|npmRegistryServer|npmPublishRegistry)["']?[ \t]{0,5}[=:\s][ \t]{0,5}["']?(http:\/\/[^\s"']{1,1000})/gm;

function ofPackage(text: string): Load[] {
  const within = (block: RegExp, pattern: RegExp, what: Load['what']): Load[] =>
    [...text.matchAll(block)].flatMap((it) => found(it[0], pattern, what, it.index));
  return [...within(section, dependency, 'package'), ...within(publishing, published, 'index')];
}

/** Loads for all matches of a pattern, whose first group is a URL. */
function found(text: string, pattern: RegExp, what: Load['what'], from = 0): Load[] {
  return [...text.matchAll(pattern)].flatMap((it): Load[] => {
    const [all, url = ''] = it;
    const at = from + it.index + all.lastIndexOf(url);
    return isOfNobody(url) ? [] : [{ what, at, end: at + url.length }];
  });
}
