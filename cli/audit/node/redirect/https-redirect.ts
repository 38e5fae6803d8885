import type { Node } from 'oxc-parser';
import { keyName, unwrap } from '../../../scan/languages/javascript/parse/syntax.ts';
import type { Evaluator } from '../read/evaluate.ts';
import { type FunctionNode, functionAround, type ModuleFile, nodesWithin } from '../read/module-file.ts';
import { leavingStatements } from '../read/returns.ts';
import { textOf, truth } from '../read/value.ts';

/** A redirect to https in a middleware. */
export interface HttpsRedirect {
  readonly node: Node;
  /** Undefined if every request over http is redirected; otherwise what it depends on. */
  readonly dependsOn: string | undefined;
}

/** The redirect to https that a middleware of the application makes. */
export function httpsRedirect(
  file: ModuleFile,
  middleware: FunctionNode,
  evaluator: Evaluator,
): HttpsRedirect | undefined {
  const calls = nodesWithin(file, middleware).filter((node) => isRedirect(file, node, evaluator));
  const [node] = calls;
  if (node === undefined) return undefined;
  return {
    node,
    dependsOn:
      functionAround(file, node) === middleware
        ? conditionOf(file, node, middleware, evaluator)
        : 'a callback',
  };
}

function isRedirect(file: ModuleFile, node: Node, evaluator: Evaluator): boolean {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const { property, computed } = node.callee;
  const method = property.type === 'PrivateIdentifier' ? undefined : keyName(property, computed);
  if (method === 'redirect') return node.arguments.some((one) => isHttps(file, one, evaluator));
  // `res.writeHead(301, { Location: ... })`
  return (
    (method === 'writeHead' || method === 'header' || method === 'setHeader') &&
    node.arguments.some((one) => isLocation(file, one, evaluator))
  );
}

function isHttps(file: ModuleFile, node: Node, evaluator: Evaluator): boolean {
  const value = evaluator.evaluate(file, node);
  const text = value.kind === 'text' ? value.text : textOf(value);
  return text?.startsWith('https://') === true;
}

function isLocation(file: ModuleFile, node: Node, evaluator: Evaluator): boolean {
  if (node.type !== 'ObjectExpression') return false;
  return node.properties.some(
    (one) =>
      one.type === 'Property' &&
      keyName(one.key, one.computed)?.toLowerCase() === 'location' &&
      isHttps(file, one.value, evaluator),
  );
}

/** What a redirect depends on besides the scheme of the request. */
function conditionOf(
  file: ModuleFile,
  node: Node,
  middleware: FunctionNode,
  evaluator: Evaluator,
): string | undefined {
  let below = node;
  for (let at = file.parents.get(node); at && below !== middleware; at = file.parents.get(at)) {
    const wrong = wrongAt(file, at, below, evaluator);
    if (wrong !== undefined) return `\`${file.shown(wrong)}\``;
    below = at;
  }
  return undefined;
}

/** The part of a condition that is not about the scheme. */
function wrongAt(file: ModuleFile, at: Node, below: Node, evaluator: Evaluator): Node | undefined {
  const about = (test: Node, isHttp: boolean): boolean => isAboutScheme(file, test, isHttp, evaluator);
  switch (at.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      return below === at.test || about(at.test, below === at.consequent) ? undefined : at.test;
    case 'LogicalExpression':
      return below === at.left || about(at.left, at.operator === '&&') ? undefined : at.left;
    case 'SwitchCase':
    case 'CatchClause':
    case 'ForStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
      return at;
    case 'BlockStatement':
      return leavingStatements(file, at)
        .filter((one) => one.start < below.start)
        .map((one) => (one.type === 'IfStatement' ? one : { test: one, alternate: one }))
        .find((one) => one.alternate || !about(one.test, false))?.test;
    default:
      return undefined;
  }
}

const scheme = /x-forwarded-proto|\.protocol\b|\.secure\b|\.encrypted\b/i;

/** Whether a condition holds for every request over http (or for none, without `isHttp`). */
function isAboutScheme(file: ModuleFile, from: Node, isHttp: boolean, evaluator: Evaluator): boolean {
  const test = unwrap(from);
  const known = truth(evaluator.evaluate(file, test));
  if (known !== undefined) return known === isHttp;
  if (test.type === 'UnaryExpression' && test.operator === '!')
    return isAboutScheme(file, test.argument, !isHttp, evaluator);
  if (test.type === 'LogicalExpression') {
    const sides = [test.left, test.right].map((one) => isAboutScheme(file, one, isHttp, evaluator));
    const needsBoth = (test.operator === '&&') === isHttp;
    // `req.headers['x-forwarded-proto'] && ...` only asks whether a proxy says it.
    if (
      needsBoth &&
      test.operator === '&&' &&
      scheme.test(file.shown(test.left)) &&
      !/[!=]==?/.test(file.shown(test.left))
    )
      return sides[1] === true;
    return needsBoth ? sides.every(Boolean) : sides.some(Boolean);
  }
  if (test.type === 'BinaryExpression' && /^[!=]==?$/.test(test.operator)) {
    const sides = [test.left, test.right];
    const text = sides.map((one) => textOf(evaluator.evaluate(file, one))).find((one) => one !== undefined);
    if ((text !== 'https' && text !== 'http') || !sides.some((one) => scheme.test(file.shown(one))))
      return false;
    const isEqual = test.operator.startsWith('=');
    return (isEqual === (text === 'http')) === isHttp;
  }
  return !isHttp && /\.(?:secure|encrypted)$/.test(file.shown(test));
}
