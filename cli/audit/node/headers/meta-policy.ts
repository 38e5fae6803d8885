import type { Evidence } from '../../check/outcome.ts';
import { isProductionPath } from '../../subject/production-path.ts';
import type { NodeApplication } from '../app/node-application.ts';

const mostFiles = 300;

/** A template or a component that sets the policy by `<meta http-equiv>`. */
export function metaPolicy({ subject, folder, modules }: NodeApplication): Evidence | undefined {
  const prefix = folder === '' ? '' : `${folder}/`;
  const templates = subject.paths.filter(
    (path) =>
      path.startsWith(prefix) &&
      /\.(?:html?|ejs|hbs|handlebars|pug|njk|eta|liquid|mustache|vue|svelte)$/.test(path) &&
      isProductionPath(path),
  );
  const paths = [...modules.map(({ path }) => path), ...templates.slice(0, mostFiles)];
  for (const path of paths) {
    const lines = (subject.read(path) ?? '').split('\n');
    const index = lines.findIndex((line) =>
      /http-?equiv\s*=\s*\{?["']?content-security-policy["']/i.test(line),
    );
    if (index >= 0) return { text: (lines[index] ?? '').trim().slice(0, 160), path, line: index + 1 };
  }
  return undefined;
}
