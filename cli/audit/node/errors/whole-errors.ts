import type { Node } from 'oxc-parser';
import { keyName } from '../../../scan/languages/javascript/parse/syntax.ts';
import { isProductionPath } from '../../subject/production-path.ts';
import type { NodeApplication } from '../app/node-application.ts';
import { isFunction, type ModuleFile } from '../read/module-file.ts';

const mostPages = 2_000;

/** Whether a page of the application names a stack: `<pre><%= error.stack %></pre>`. */
export function showsStack({ folder, subject }: NodeApplication): boolean {
  const prefix = folder === '' ? '' : `${folder}/`;
  return subject.paths
    .filter(
      (path) =>
        path.startsWith(prefix) &&
        /\.(?:ejs|pug|jade|hbs|handlebars|njk|nunjucks|html|mustache|eta|liquid|dust|twig)$/.test(path) &&
        isProductionPath(path),
    )
    .slice(0, mostPages)
    .some((path) =>
      /\.stack\b|\b(?:with|#with)\s+error[\s\S]{0,500}\bstack\b/.test(subject.read(path) ?? ''),
    );
}

/** Errors that are passed to a template unchanged: `res.locals.error = error`, `res.render('error', { error })`. */
export function wholeErrors(file: ModuleFile): readonly Node[] {
  if (!/\brender\b|\blocals\b/.test(file.text)) return [];
  return file.nodes.filter((node) => {
    if (node.type !== 'Identifier') return false;
    return isError(file, node, node.name) && isHandedToPage(file, node);
  });
}

/** The first of the four parameters of an error handler, or what a `catch` has caught. */
function isError({ parents }: ModuleFile, node: Node, name: string): boolean {
  for (let at = parents.get(node); at; at = parents.get(at)) {
    if (at.type === 'CatchClause' && at.param?.type === 'Identifier' && at.param.name === name) return true;
    if (!isFunction(at) || at.params.length !== 4) continue;
    const [first] = at.params;
    if (first?.type === 'Identifier' && first.name === name) return true;
  }
  return false;
}

function isHandedToPage({ parents, shown }: ModuleFile, node: Node): boolean {
  let below: Node = node;
  for (let at = parents.get(node); at; at = parents.get(at)) {
    if (isFunction(at) || at.type === 'MemberExpression') return false;
    if (at.type === 'Property' && at.value !== below) return false;
    if (at.type === 'ConditionalExpression' && at.test === below) return false;
    if (at.type === 'AssignmentExpression')
      return at.right === below && /\.(?:locals|state)(?:\.\w+)?$/.test(shown(at.left));
    if (at.type === 'CallExpression') {
      if (at.callee.type !== 'MemberExpression') return false;
      return keyName(at.callee.property, at.callee.computed) === 'render';
    }
    below = at;
  }
  return false;
}
