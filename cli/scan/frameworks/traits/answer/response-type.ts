import { instAt, origin } from '../../../callgraph/query/called-on.ts';
import { decoratorsOf } from '../../../callgraph/query/decorators.ts';
import type { Abstract } from '../../../dataflow/domain/abstract.ts';
import { constantsOf } from '../../../dataflow/query/constants-of.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Sink } from '../../../dataflow/view/summary.ts';
import type { Call, Func, Inst, ValueId } from '../../../ir/ir.ts';
import { memoized } from '../../../ir/memoized.ts';
import { hasTrait } from '../../../models/state-traits.ts';
import { answersMarkup, isMadeObject } from './answer-objects.ts';
import { isAttached, isAttachmentEntry } from './attachments.ts';
import { isChosen, isUntrusted } from './chosen-types.ts';
import { isOnlyRead } from './read-responses.ts';

const setters: ReadonlySet<string> = new Set([
  'set',
  'setHeader',
  'header',
  'type',
  'contentType',
  'writeHead',
  'append',
  'add_header',
  'set_header',
  'send_header',
  'setdefault',
  'attachment',
]);
const markup = /html|xml|svg/i;
const typeNames: ReadonlySet<string> = new Set(['content_type', 'mimetype', 'media_type', 'contentType']);
/** Frameworks whose responses are not HTML unless declared. */
const plainByDefault =
  /^(?:fastapi|falcon)\.|^(?:fastify\.Reply\.send|hono\.Context\.body|web\.ResponseClass)$/;

/**
 * Whether a response is declared not to be HTML, such as by `res.type('text/plain')`, by `self.set_header('Content-Type',
 * 'application/json')`, or by `content_type='text/plain'` in the call itself.
 */
export function answersNoMarkup(frame: FunctionView, sink: Sink, it: Abstract): boolean {
  if (sink.func !== frame.id) return false;
  const place = origin(frame.linked, { func: frame.id, value: sink.value });
  const call = place.func === frame.id ? frame.inst(place.value) : frame.inst(sink.value);
  if (call.op === 'call' && isOwnMethod(frame, sink, call)) return true;
  if (sink.what.startsWith('web.ResponseClass') && call.op === 'call' && isOnlyRead(frame, sink.value))
    return true;
  const isPage = answersMarkup(frame, sink, call);
  if (isPage !== undefined) return !isPage;
  const own = call.op === 'call' ? typeInCall(frame, call) : undefined;
  if (own) return own === 'other';
  // Only in a tuple is the first item the body.
  if (/\.0$/.test(sink.what) && !(call.op === 'list' && call.kind === 'tuple')) return true;
  if (
    (isData(call) && !sink.what.startsWith('wsgi.')) ||
    [sink.value, ...(call.op === 'call' ? call.args.slice(0, 1) : [])].some((one) =>
      isMadeObject(frame, one),
    ) ||
    (call.op === 'list' && typeInTuple(frame, call) === 'other')
  )
    return true;
  const declared = typeInDecorator(frame);
  if (declared) return declared === 'other';
  const said = typeSaid(frame);
  if (said) return said === 'other';
  if (isAttached(frame, sink.value)) return true;
  return (
    plainByDefault.test(sink.what) || (readByItsBeginning.test(sink.what) && !beginsWithTag(frame, sink, it))
  );
}

/** `self.finish(text)` where the class overrides `finish`. The override's own sinks are found separately. */
function isOwnMethod(frame: FunctionView, { what }: Sink, call: Call): boolean {
  const callee = frame.inst(call.callee);
  if (callee.op !== 'member' || !what.endsWith(`.${callee.name}`)) return false;
  if (frame.inst(callee.object).op === 'super') return false;
  return frame.linked.functions(frame.id, call.callee).length > 0;
}

/** Responses without a type: Koa and browsers treat them as markup if they begin with a tag. */
const readByItsBeginning = /^(?:http\.ServerResponse\.end|koa\.Response\.body)$/;

function beginsWithTag(frame: FunctionView, sink: Sink, it: Abstract): boolean {
  const start = it.textTemplate?.trimStart() ?? '';
  if (start === '' || start.startsWith('<') || start.startsWith('\0')) return true;
  // Earlier writes may precede this text.
  return (
    sink.what.startsWith('http.') &&
    frame.func.code.some((inst) => inst.op === 'member' && (inst.name === 'write' || inst.name === 'pipe'))
  );
}

/** Whether a handler returns a list or an object, which is sent as JSON. */
function isData(inst: Inst): boolean {
  return inst.op === 'object' || (inst.op === 'list' && inst.kind === 'list');
}

/** `return text, 200, {'Content-Type': 'text/plain'}` */
function typeInTuple(frame: FunctionView, inst: Inst & { op: 'list' }): 'html' | 'other' | undefined {
  const [body, ...more] = inst.items;
  const made = body === undefined ? undefined : origin(frame.linked, { func: frame.id, value: body });
  const whole = made && instAt(frame.linked, made);
  if (whole && isData(whole)) return 'other';
  return more.map((item) => typeOfHeaders(frame, item)).find((type) => type !== undefined);
}

/** The type in `@app.get('/', response_class=HTMLResponse)`, or the application's default. */
function typeInDecorator(frame: FunctionView): 'html' | 'other' | undefined {
  for (const { func, call } of decoratorsOf(frame.linked, frame.id)) {
    const own = named(call, 'response_class');
    if (own !== undefined) return classType(frame, func, own);
    const header = headerType(frame, func, call);
    if (header) return header;
    const callee = instAt(frame.linked, { func, value: call.callee });
    if (callee?.op !== 'member') continue;
    const app = origin(frame.linked, { func, value: callee.object });
    const made = instAt(frame.linked, app);
    const all = made?.op === 'call' ? named(made, 'default_response_class') : undefined;
    if (all !== undefined) return classType(frame, app.func, all);
  }
  return undefined;
}

/** Nest's `@Header('Content-Type', 'text/plain')`. */
function headerType(frame: FunctionView, func: number, call: Call): 'html' | 'other' | undefined {
  const callee = instAt(frame.linked, { func, value: call.callee });
  if (callee?.op !== 'import' || callee.name !== 'Header') return undefined;
  const [name, value] = call.args.map((arg) => instAt(frame.linked, { func, value: arg }));
  if (name?.op !== 'const' || !/^content-type$/i.test(String(name.value)) || value?.op !== 'const')
    return undefined;
  return markup.test(String(value.value)) ? 'html' : 'other';
}

function named(call: Call, name: string): number | undefined {
  const at = call.names?.indexOf(name) ?? -1;
  return at < 0 ? undefined : call.args[at];
}

function classType(frame: FunctionView, func: number, value: number): 'html' | 'other' {
  return hasTrait(frame.linked.states(func, value), 'answers-html') ? 'html' : 'other';
}

/**
 * Returns the content type that a function sets for its response: `html` if any of its statements sets HTML. Undefined if
 * it sets no type.
 */
export function typeSaid(frame: FunctionView): 'html' | 'other' | undefined {
  const known = types(frame.func);
  if (known.type !== undefined) return known.type ?? undefined;
  let html = false;
  let other = false;
  for (const inst of frame.func.code) {
    const stored = storedType(frame, inst);
    if (stored === 'html') html = true;
    else if (stored === 'other') other = true;
    if (inst.op !== 'call') continue;
    const callee = frame.inst(inst.callee);
    const headers = headersOf(frame, inst);
    if (headers !== undefined) {
      const kind = typeOfHeaders(frame, headers);
      if (kind === 'html') html = true;
      else if (kind === 'other') other = true;
      continue;
    }
    if (callee.op !== 'member' || !setters.has(callee.name)) continue;
    const texts = inst.args.map((arg) => textOf(frame, arg) ?? defaultOf(frame, arg) ?? '');
    const isType =
      callee.name === 'type' ||
      callee.name === 'contentType' ||
      texts.some((text) => text.toLowerCase() === 'content-type');
    const value = texts.find((text) => /^[a-z]+\/[-+.a-z]+|^(?:json|txt|text|csv|html|xml)$/i.test(text));
    if (isType && value) {
      if (markup.test(value)) html = true;
      else other = true;
    } else if (isType && inst.args.some((arg) => isUntrusted(frame, arg))) html = true;
    if (callee.name === 'attachment') other = true;
    if (callee.name === 'writeHead') {
      for (const arg of inst.args) {
        const kind = typeOfHeaders(frame, arg);
        if (kind === 'html') html = true;
        else if (kind === 'other') other = true;
      }
    }
  }
  const result = html ? 'html' : other ? 'other' : undefined;
  known.type = result ?? null;
  return result;
}

/** `options.pop('content_type', 'application/json')`: the default, if the caller passes none. */
function defaultOf(frame: FunctionView, value: number): string | undefined {
  const place = origin(frame.linked, { func: frame.id, value });
  const call = instAt(frame.linked, place);
  const callee =
    call?.op === 'call' ? instAt(frame.linked, { func: place.func, value: call.callee }) : undefined;
  if (call?.op !== 'call' || callee?.op !== 'member' || !/^(?:get|pop)$/.test(callee.name)) return undefined;
  const fallback = call.args[1];
  return fallback === undefined ? undefined : textOf(frame, fallback, place.func);
}

/** The first analysis of a function decides. */
const types = memoized((_: Func): { type?: 'html' | 'other' | null } => ({}));

/** WSGI's `start_response(status, headers)`, and `HttpResponse(headers=...)`, which is written to afterwards. */
function headersOf({ linked, id }: FunctionView, call: Call): ValueId | undefined {
  const states = linked.states(id, call.callee);
  if (hasTrait(states, 'starts-answer')) return call.args[1];
  return hasTrait(states, 'takes-headers-by-name') ? named(call, 'headers') : undefined;
}

/** `response.mimetype = 'text/plain'`, `response['Content-Type'] = ...`, `resp.content_type = falcon.MEDIA_HTML` */
function storedType(frame: FunctionView, inst: Inst): 'html' | 'other' | undefined {
  if (inst.op !== 'store' && inst.op !== 'store-index') return undefined;
  const name = inst.op === 'store' ? inst.name : (textOf(frame, inst.key) ?? '');
  const isShort =
    name === 'type' && /^(?:[a-z]+\/|(?:html|json|text|txt|xml|csv)$)/i.test(textOf(frame, inst.value) ?? '');
  if (!isShort && !typeNames.has(name) && name.toLowerCase() !== 'content-type') return undefined;
  const value = frame.inst(inst.value);
  if (value.op === 'member' && /^MEDIA_/.test(value.name)) return markup.test(value.name) ? 'html' : 'other';
  return typeOf(textOf(frame, inst.value));
}

function typeInCall(
  frame: FunctionView,
  call: { readonly args: readonly number[]; readonly names?: readonly (string | null)[] },
): 'html' | 'other' | undefined {
  for (let i = 0; i < call.args.length; i++) {
    const name = call.names?.[i];
    const arg = call.args[i] as number;
    if (name != null && typeNames.has(name)) {
      const type = typeOf(textOf(frame, arg)) ?? (isChosen(frame, arg) ? 'other' : undefined);
      if (type) return type;
    }
    const kind = typeOfHeaders(frame, arg);
    if (kind) return kind;
  }
  return undefined;
}

/** `{ 'Content-Type': 'application/json' }`, also as `{ headers: ... }`. */
function typeOfHeaders(
  frame: FunctionView,
  value: number,
  func = frame.id,
  depth = 0,
): 'html' | 'other' | undefined {
  const place = origin(frame.linked, { func, value });
  const inst = instAt(frame.linked, place);
  if (depth > maxDepth) return undefined;
  if (inst?.op === 'call' && inst.isNew && inst.args[0] !== undefined)
    return typeOfHeaders(frame, inst.args[0], place.func, depth + 1);
  if (inst?.op === 'list') return typeOfPairs(frame, inst.items, place.func);
  if (inst?.op !== 'object') return undefined;
  for (let i = 0; i < inst.keys.length; i++) {
    const key = inst.keys[i];
    const name = typeof key === 'number' ? textOf(frame, key, place.func) : key;
    const field = inst.values[i] as number;
    if (isAttachmentEntry(frame, name, { func: place.func, value: field })) return 'other';
    if (name?.toLowerCase() === 'content-type')
      return (
        typeOf(textOf(frame, field, place.func)) ??
        (place.func === frame.id && isUntrusted(frame, field) ? 'html' : undefined)
      );
    if (name === 'headers') return typeOfHeaders(frame, field, place.func, depth + 1);
  }
  return undefined;
}

const maxDepth = 4;

/** WSGI's `[('Content-Type', 'text/plain')]` */
function typeOfPairs(
  frame: FunctionView,
  items: readonly number[],
  func: number,
): 'html' | 'other' | undefined {
  for (const item of items) {
    const pair = instAt(frame.linked, { func, value: item });
    const [name, value] = pair?.op === 'list' ? pair.items : [];
    if (name === undefined || value === undefined) continue;
    if (textOf(frame, name, func)?.toLowerCase() === 'content-type')
      return typeOf(textOf(frame, value, func));
  }
  return undefined;
}

function typeOf(text: string | undefined): 'html' | 'other' | undefined {
  return text === undefined ? undefined : markup.test(text) ? 'html' : 'other';
}

function textOf(frame: FunctionView, value: number, func = frame.id): string | undefined {
  const [only, other] = constantsOf(frame.linked, { func, value }) ?? [];
  return typeof only === 'string' && other === undefined ? only : undefined;
}
