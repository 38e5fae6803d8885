import { isTestPath } from '../../../scan/project/path-purpose.ts';
import { isTemplateOfSettings } from '../../../scan/project/settings-format.ts';

/** What a file is for, as far as it says how much a secret in it counts. */
export type FileRole = 'usual' | 'test' | 'documentation' | 'template' | 'lock' | 'minified';

const locks =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.ya?ml|yarn\.lock|bun\.lockb?|deno\.lock|poetry\.lock|uv\.lock|pdm\.lock|Pipfile\.lock|Cargo\.lock|composer\.lock|Gemfile\.lock|go\.sum|mix\.lock|flake\.lock|pubspec\.lock|Podfile\.lock|gradle\.lockfile|verification-metadata\.xml|packages\.lock\.json|\.terraform\.lock\.hcl)$/i;
const documents =
  /\.(?:md|mdx|markdown|rst|adoc|asciidoc|textile|org|tex|pod)$|(?:^|\/)(?:docs?|documentation|CHANGELOG|README|man)(?:\/|\.|$)/i;

export function fileRole(path: string, text: string): FileRole {
  if (locks.test(path)) return 'lock';
  if (isMinified(path, text)) return 'minified';
  if (isTemplateOfSettings(path)) return 'template';
  if (documents.test(path)) return 'documentation';
  return isTestPath(path) ? 'test' : 'usual';
}

/** A style sheet or a script of few and long lines. */
function isMinified(path: string, text: string): boolean {
  if (/[.-]min\.(?:[cm]?js|css)$|\.bundle\.js$|\.map$/i.test(path)) return true;
  if (!/\.(?:[cm]?js|css|svg)$/i.test(path) || text.length < 5000) return false;
  const head = text.slice(0, 20_000);
  return head.length > 1000 * head.split('\n').length;
}
