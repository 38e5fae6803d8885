import type { Node } from 'oxc-parser';
import { type Edit, type Fixer, type Found, left, type Proposal } from '../fix.ts';
import { hasPackage } from './has-package.ts';
import {
  calledName,
  functionAround,
  hasPlainArguments,
  identifiersIn,
  type JavascriptFile,
  nodeAt,
  source,
} from './javascript-file.ts';

type Call = Extract<Node, { type: 'CallExpression' }>;
type Named = Extract<Node, { type: 'Identifier' }>;

const notWritten = left('This form of the setting has no automatic fix.');

/**
 * Removes `rejectUnauthorized: false` from an options object. If the object has no other option, sets it to `true` instead.
 */
export const fixUnauthorized: Fixer<JavascriptFile> = {
  rules: ['tls/unverified'],
  propose(found, file): Proposal {
    const value = nodeAt(file, 'Literal', found.at, found.end);
    const property = value && file.parents.get(value);
    const object = property && file.parents.get(property);
    if (value?.value !== false || property?.type !== 'Property' || object?.type !== 'ObjectExpression')
      return notWritten;
    if (source(file, property.key) !== 'rejectUnauthorized') return notWritten;
    const edit =
      object.properties.length === 1
        ? { at: value.start, end: value.end, text: 'true' }
        : withoutProperty(file, object, property);
    return {
      title: 'Check the certificate',
      edits: [edit],
      unsure: 'A server with a self-signed certificate would be refused. Trust its authority with `ca`.',
    };
  },
};

/** Adds the flags that a cookie's options lack or switch off. */
export const fixCookie: Fixer<JavascriptFile> = {
  rules: ['cookie/flags'],
  propose(found, file): Proposal {
    const call = nodeAt(file, 'CallExpression', found.at, found.end);
    const place = call && optionsPlace.get(calledName(call) ?? '');
    const isMethod = call?.callee.type === 'MemberExpression';
    if (!call || place === undefined || !hasPlainArguments(file, call)) return notWritten;
    const index = calledName(call) === 'setCookie' && isMethod ? place - 1 : place;
    const flags = wantedFlags(found, file, call);
    const edits = flagEdits(file, call, index, flags);
    if (!edits) return notWritten;
    const title = "Set the cookie's flags";
    const unsure = flags.flatMap((flag) => flag.unsure ?? []).join(' ');
    return unsure === '' ? { title, edits } : { title, edits, unsure };
  },
};

interface Flag {
  readonly name: string;
  readonly value: string;
  readonly unsure?: string;
}

function wantedFlags(found: Found, file: JavascriptFile, call: Call): Flag[] {
  const { message } = found.finding;
  const flags: Flag[] = [];
  if (message.includes('Secure')) {
    const request = requestOf(found, file, call);
    flags.push(
      request === undefined
        ? { name: 'secure', value: 'true', unsure: 'A browser drops a `Secure` cookie over plain HTTP.' }
        : { name: 'secure', value: `${request}.secure` },
    );
  }
  if (message.includes('HttpOnly')) {
    const name = /^The cookie `([^`]{1,39})` is set/.exec(message)?.[1];
    const isRead = name === undefined || found.isCookieRead(name);
    const unsure = 'Client code may use this cookie, and cannot if it is `HttpOnly`.';
    flags.push({ name: 'httpOnly', value: 'true', ...(isRead ? { unsure } : {}) });
  }
  return flags.reverse();
}

/** The Express request of a response. Its `secure` says whether it came over TLS, with regard to `trust proxy`. */
function requestOf(found: Found, file: JavascriptFile, call: Call): string | undefined {
  const { callee } = call;
  const name =
    callee.type === 'MemberExpression' && callee.object.type === 'Identifier' ? callee.object.name : '';
  const isExpress = /["']express["']/.test(file.text) || hasPackage(found, file.path, 'express');
  if (calledName(call) !== 'cookie' || !isExpress) return undefined;
  for (let at = functionAround(file, call); at.type !== 'Program'; at = functionAround(file, at)) {
    const params = /Function/.test(at.type) && 'params' in at ? (at.params as readonly Node[]) : [];
    const response = params.findIndex((param) => param.type === 'Identifier' && param.name === name);
    const request = params[response - 1];
    if (response < 0) continue;
    if (request?.type !== 'Identifier' || request.name === name) return undefined;
    if (!isOfHandler(file, at, request) || isRebound(file, at, request, call)) return undefined;
    const type = request.typeAnnotation ? source(file, request.typeAnnotation) : '';
    return /^(?::\s*(?:express\.)?Request(?:<.*>)?|)$/s.test(type) ? request.name : undefined;
  }
  return undefined;
}

/** Whether a parameter is a request: by its name or type, or because the function is registered as a route handler. */
function isOfHandler(file: JavascriptFile, handler: Node, request: Named): boolean {
  if (/^_?req(?:uest)?$/i.test(request.name) || request.typeAnnotation) return true;
  const call = file.parents.get(handler);
  return (
    call?.type === 'CallExpression' &&
    /^(?:all|delete|get|head|options|patch|post|put|use)$/.test(calledName(call) ?? '') &&
    !/^e(?:rr(?:or)?)?$/.test(request.name)
  );
}

/** Whether the name of a parameter may be bound to something else at a call: it is redeclared in between, or assigned. */
function isRebound(file: JavascriptFile, handler: Node, parameter: Named, call: Call): boolean {
  return identifiersIn(file, handler, parameter.name).some((node) => {
    if (node === parameter) return false;
    let child = node;
    let parent = file.parents.get(child);
    // Walks up through the pattern that may contain the name.
    while (parent && isPattern(file, parent, child)) {
      child = parent;
      parent = file.parents.get(child);
    }
    if (!parent || !binds(parent, child)) return false;
    let scope = parent;
    while (scope !== handler && !/Function|^BlockStatement$|^For|^Catch|^Switch/.test(scope.type))
      scope = file.parents.get(scope) ?? handler;
    const declaration = file.parents.get(parent);
    const isVar = declaration?.type === 'VariableDeclaration' && declaration.kind === 'var';
    const isScoped = !isVar && !/^(?:Assignment|Update|For|FunctionDeclaration)/.test(parent.type);
    return !isScoped || (scope.start <= call.start && call.end <= scope.end);
  });
}

function isPattern(file: JavascriptFile, parent: Node, child: Node): boolean {
  if (parent.type === 'Property')
    return parent.value === child && file.parents.get(parent)?.type === 'ObjectPattern';
  if (parent.type === 'AssignmentPattern') return parent.left === child;
  return /^(?:ObjectPattern|ArrayPattern|RestElement)$/.test(parent.type);
}

function binds(parent: Node, child: Node): boolean {
  if (parent.type === 'FunctionDeclaration' && parent.id === child) return true;
  if (/Function/.test(parent.type))
    return 'params' in parent && (parent.params as readonly Node[]).includes(child);
  switch (parent.type) {
    case 'VariableDeclarator':
    case 'ClassDeclaration':
      return parent.id === child;
    case 'CatchClause':
      return parent.param === child;
    case 'AssignmentExpression':
    case 'ForInStatement':
    case 'ForOfStatement':
      return parent.left === child;
    default:
      return parent.type === 'UpdateExpression';
  }
}

function flagEdits(
  file: JavascriptFile,
  call: Call,
  index: number,
  flags: readonly Flag[],
): Edit[] | undefined {
  const options = call.arguments[index];
  const last = call.arguments.at(-1);
  const isShort =
    call.arguments.length === index && call.arguments.every(({ type }) => type !== 'SpreadElement');
  if (!options && last && isShort) {
    const code = `, { ${flags.map(({ name, value }) => `${name}: ${value}`).join(', ')} }`;
    return [{ at: last.end, end: last.end, text: code }];
  }
  if (options?.type !== 'ObjectExpression') return undefined;
  if (options.properties.some(({ type }) => type === 'SpreadElement')) return undefined;
  const edits: Edit[] = [];
  const missing: string[] = [];
  for (const { name, value } of flags) {
    const there = options.properties.find((one) => one.type === 'Property' && source(file, one.key) === name);
    if (!there) missing.push(`${name}: ${value}`);
    else if (there.type === 'Property' && source(file, there.value) === 'false') {
      edits.push({ at: there.value.start, end: there.value.end, text: value });
    } else return undefined;
  }
  if (missing.length > 0) edits.push(withProperties(file, options, missing));
  return edits.length > 0 ? edits : undefined;
}

/** The position of the options: `res.cookie(name, value, options)`, `setCookie(c, name, value, options)`. */
const optionsPlace: ReadonlyMap<string, number> = new Map([
  ['cookie', 2],
  ['setCookie', 3],
]);

type ObjectNode = Extract<Node, { type: 'ObjectExpression' }>;

function withoutProperty(file: JavascriptFile, object: ObjectNode, property: Node): Edit {
  const before = /,\s*$/.exec(file.text.slice(object.start, property.start));
  if (before) return { at: object.start + before.index, end: property.end, text: '' };
  const after = /^\s*,\s*/.exec(file.text.slice(property.end));
  return { at: property.start, end: property.end + (after?.[0].length ?? 0), text: '' };
}

function withProperties(file: JavascriptFile, object: ObjectNode, codes: readonly string[]): Edit {
  const last = object.properties.at(-1);
  if (!last) return { at: object.start, end: object.end, text: `{ ${codes.join(', ')} }` };
  const lineStart = file.text.lastIndexOf('\n', last.start - 1) + 1;
  const indent = file.text.slice(lineStart, last.start);
  const newline = file.text.includes('\r\n') ? '\r\n' : '\n';
  const separator = indent.trim() === '' && lineStart > object.start ? `,${newline}${indent}` : ', ';
  return { at: last.end, end: last.end, text: codes.map((code) => separator + code).join('') };
}
