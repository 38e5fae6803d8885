import type { Node } from 'oxc-parser';
import type { JavascriptFile } from '../../scan/fix/javascript/javascript-file.ts';
import type { Change, Snippet } from '../plan.ts';
import { frameworkVersion } from '../read/versions.ts';
import { edited, type Place, type Placed, shown } from './placed.ts';

/** A `proxy.ts` (`middleware.ts` before Next.js 16), and `withBulwarkConfig` around the configuration. */
export function placeInNext(place: Place): Placed {
  const { folder, manifest } = place;
  const code = proxyText.trimEnd().split('\n');
  const within = folder.has('src/app') || folder.has('src/pages') ? 'src/' : '';
  const there = [`${within}proxy`, `${within}middleware`]
    .flatMap((name) => ['ts', 'js', 'mjs'].map((extension) => `${name}.${extension}`))
    .find((path) => folder.has(path));
  if (there !== undefined) {
    return shown(
      `${there} exists. Pass its function to proxy() as the second argument, and remove its config.`,
      code,
    );
  }
  const asked = frameworkVersion(manifest, 'next')?.asked;
  const name = asked !== undefined && /^[~^]?15\b/.test(asked) ? 'middleware' : 'proxy';
  const path = `${within}${name}.${folder.has('tsconfig.json') ? 'ts' : 'js'}`;
  const configured = changedConfig(place);
  return {
    changes: [{ path, before: undefined, after: proxyText }, ...configured.changes],
    snippets: [...configured.snippets, checks],
    notes: [
      'The proxy only sets headers. Every check that refuses runs in withBulwark(), action() and page(): wrap your handlers, server actions and pages.',
      'Pages that the build renders have no nonce, so browsers report their scripts. nextPages() of bulwark/next/config tells you which policy each page can have.',
      'No test was added, because the headers exist only in a built application. Run `next build` and `next start`, and look at a response.',
    ],
    start: undefined,
  };
}

const proxyText = `import { proxy } from 'bulwark/next/proxy';

// Report mode: the policy blocks nothing yet. Export no config beside it, so that it runs on every path.
export default proxy({ csp: { reportOnly: true } });
`;

const checks: Snippet = {
  title: 'Check requests in route handlers',
  why: 'A proxy can be skipped (CVE-2025-29927), so checks belong in the handlers. Only you know which handlers need sessions.',
  code: `import { withBulwark } from 'bulwark/next';

export const POST = withBulwark(async (request) => Response.json(await request.json()));`,
};

function changedConfig({ folder, sources }: Place): {
  changes: readonly Change[];
  snippets: readonly Snippet[];
} {
  const path = ['next.config.ts', 'next.config.mjs', 'next.config.js', 'next.config.mts'].find((name) =>
    folder.has(name),
  );
  const byHand = {
    title: 'Headers for the files of the build',
    why: `Put it around the configuration${path === undefined ? '' : ` in ${path}`}.`,
    code: "import { withBulwarkConfig } from 'bulwark/next/config';\n\nexport default withBulwarkConfig(nextConfig);",
  };
  const file = path === undefined ? undefined : sources.open(path);
  const value = file && exportedValue(file);
  if (!file || !value) return { changes: [], snippets: [byHand] };
  const after = edited(
    file,
    'bulwark/next/config',
    ['withBulwarkConfig'],
    [
      { at: value.start, end: value.start, text: 'withBulwarkConfig(' },
      { at: value.end, end: value.end, text: ')' },
    ],
  );
  if (after === undefined) return { changes: [], snippets: [byHand] };
  return { changes: [{ path: file.path, before: file.text, after }], snippets: [] };
}

/** A configuration that is a value: one that is computed by a function is left to a person. */
function exportedValue(file: JavascriptFile): Node | undefined {
  const values = file.nodes.flatMap((node): Node[] => {
    if (node.type === 'ExportDefaultDeclaration') return [node.declaration];
    const isCommon =
      node.type === 'AssignmentExpression' &&
      file.text.slice(node.left.start, node.left.end) === 'module.exports';
    return isCommon ? [node.right] : [];
  });
  const [value] = values;
  if (values.length !== 1 || !value) return undefined;
  if (value.type === 'Identifier') {
    const isFunction = file.nodes.some(
      (node) =>
        (node.type === 'FunctionDeclaration' && node.id?.name === value.name) ||
        (node.type === 'VariableDeclarator' &&
          node.id.type === 'Identifier' &&
          node.id.name === value.name &&
          /Function/.test(node.init?.type ?? '')),
    );
    return isFunction ? undefined : value;
  }
  return value.type === 'ObjectExpression' || value.type === 'CallExpression' ? value : undefined;
}
