import { urlAttributes } from '../template/attribute-table.ts';
import {
  checkAnimated,
  checkComponentUrl,
  checkRefresh,
  checkScheme,
  checkSrcset,
  checkUrl,
  urlText,
} from './check-url.ts';
import { checkInnerHtml, isObject, madeOf, notSafe, textFor } from './inner-html.ts';
import { JsxMisuse } from './jsx-misuse.ts';

type Props = Record<string, unknown>;
type Check = (value: unknown, element: string, name: string, props: Props) => unknown;

/**
 * The properties of an element as they may be rendered: the same object, or a copy in which unsafe URLs are replaced and safe values are
 * text. Properties that are spread may be untrusted input.
 *
 * @param type a name of an element, or a component
 * @throws Misuse `html/not-safe-html`, `html/hole-in-script`, `html/hole-in-event-handler`, `html/hole-in-style`,
 * `html/unsupported-attribute`
 */
export function checkProps<P>(type: unknown, props: P): P {
  if (!isObject(props)) return props;
  const given = props as unknown as Props;
  const element = localName(type);
  let changed: Props | undefined;
  // Inherited ones too: Preact reads them, and so would a polluted prototype be found.
  for (const name in given) {
    if (name === '__proto__') {
      // JSON can have it. Preact copies it by an assignment, and reads what is inherited then (CWE-1321).
      changed ??= { ...given };
      delete changed[name];
      continue;
    }
    const check = element === undefined ? componentCheck(name) : checkOf(name);
    if (check === undefined) continue;
    const value = given[name];
    if (value === undefined || value === null) continue;
    const safe = check(value, element ?? '', name.toLowerCase(), given);
    if (safe === value) continue;
    changed ??= { ...given };
    changed[name] = safe;
  }
  if (isCode(element)) {
    return checkCode(element.toLowerCase() as 'script' | 'style', changed ?? given) as unknown as P;
  }
  return (changed ?? given) as unknown as P;
}

/** The name without its prefix: within `<svg>`, browsers take `svg:script` for a script. Undefined for a component. */
export function localName(type: unknown): string | undefined {
  return typeof type === 'string' ? type.slice(type.lastIndexOf(':') + 1) : undefined;
}

export function isCode(element: string | undefined): element is string {
  return element !== undefined && /^(?:script|style)$/i.test(element);
}

/** The content of a `<script>` is code whatever is escaped in it; that of a `<style>` may be a SafeStyle. */
function checkCode(element: 'script' | 'style', props: Props): Props {
  const { children, ...rest } = props;
  const only = Array.isArray(children) && children.length === 1 ? children[0] : children;
  if (only === undefined || only === null || only === false || only === '') return props;
  const text = isObject(only) ? textFor(only, element) : undefined;
  // A script's text is not decoded, so an escaped child would be another script.
  if (text !== undefined) return { ...rest, dangerouslySetInnerHTML: madeOf(text, element) };
  if (element === 'style') return props;
  throw new JsxMisuse('html/hole-in-script', 'A <script> has text as its content.', scriptFix);
}

const fixed: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['dangerouslysetinnerhtml', (value, element) => checkInnerHtml(value, element.toLowerCase())],
  // As properties of the DOM, which Preact and custom elements set.
  ['innerhtml', refuseMarkup],
  ['outerhtml', refuseMarkup],
  ['srcdoc', checkSrcdoc],
  ['style', refuseStyleText],
  ['text', refuseScriptText],
  ['textcontent', refuseScriptText],
  ['innertext', refuseScriptText],
  ['srcset', checkSrcset],
  ['imagesrcset', checkSrcset],
  // Preact writes `valuesName` as `values`, as it does `className` as `class`.
  ...['to', 'from', 'by', 'values', 'valuesname'].map((name): [string, Check] => [
    name,
    onElements(checkAnimated, /^(?:animate|set)/i),
  ]),
  ['content', onElements(checkRefresh, /^meta$/i)],
  ['protocol', onElements(checkScheme, /^(?:a|area)$/i)],
  ...['data', 'xlinkhref', 'xlink:href', 'codebase', 'classid', 'archive', 'manifest', 'ping', 'profile'].map(
    (name): [string, Check] => [name, checkUrl],
  ),
]);

const onComponents: ReadonlySet<string> = new Set([
  'href',
  'src',
  'action',
  'formaction',
  'xlinkhref',
  'to',
  'as',
]);

/** By name as it is written. Bounded, since a client may choose names. */
const checks = new Map<string, Check | null>();
const mostNames = 2000;

function checkOf(name: string): Check | undefined {
  const known = checks.get(name);
  if (known !== undefined) return known ?? undefined;
  const lower = name.toLowerCase();
  const found =
    fixed.get(lower) ?? (urlAttributes.has(lower) ? checkUrl : lower.startsWith('on') ? refuseHandler : null);
  if (checks.size < mostNames) checks.set(name, found);
  return found ?? undefined;
}

function componentCheck(name: string): Check | undefined {
  return name === 'dangerouslySetInnerHTML'
    ? checkHandedOn
    : onComponents.has(name.toLowerCase())
      ? checkLink
      : undefined;
}

const checkHandedOn: Check = (value) => checkInnerHtml(value, undefined);
const checkLink: Check = (value, _, name) => checkComponentUrl(value, name);

function onElements(check: Check, pattern: RegExp): Check {
  return (value, element, name, props) =>
    pattern.test(element) ? check(value, element, name, props) : value;
}

function refuseMarkup(): never {
  throw notSafe('innerHTML and outerHTML are not set through JSX.');
}

function checkSrcdoc(value: unknown): unknown {
  const text = isObject(value) ? textFor(value, 'body') : undefined;
  if (text !== undefined || value === '' || value === false) return text ?? value;
  throw new JsxMisuse(
    'html/unsupported-attribute',
    'srcDoc takes SafeHtml only.',
    'Write srcDoc={html`...`}.',
  );
}

function refuseStyleText(value: unknown): unknown {
  if (!isWrittenAsText(value)) return value;
  throw new JsxMisuse(
    'html/hole-in-style',
    'style takes an object here.',
    "Write style={{ color: 'red' }}: a text can hold any number of declarations.",
  );
}

function refuseScriptText(value: unknown, element: string): unknown {
  if (element.toLowerCase() !== 'script') return value;
  throw new JsxMisuse(
    'html/hole-in-script',
    'The text of a <script> must not be set through a property.',
    scriptFix,
  );
}

function refuseHandler(value: unknown): unknown {
  if (!isWrittenAsText(value)) return value;
  throw new JsxMisuse(
    'html/hole-in-event-handler',
    'An event handler is a function.',
    'Write onClick={() => ...}: a text would be run as code.',
  );
}

/** Frameworks write an array into an attribute as text too. A plain object becomes `[object Object]`, which runs nothing. */
function isWrittenAsText(value: unknown): boolean {
  const text = urlText(value);
  return text !== undefined && text !== '' && !(typeof text === 'string' && /^\[object \w+\]$/.test(text));
}

const scriptFix =
  'Write <script {...jsonScript(data, "id")} /> for data, and <script nonce={pageNonce()}>{safeScript`...`}</script> for your own code.';
