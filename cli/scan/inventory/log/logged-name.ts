import type { Linked } from '../../callgraph/linked.ts';
import { instOf, type Place } from '../../callgraph/query/made-by.ts';
import { noKinds } from '../../dataflow/domain/kinds.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { localNames } from '../../ir/local-names.ts';
import { wordsOf } from '../../ir/query/words.ts';
import { objectName } from '../../rules/kit/sensitive/sensitive-context.ts';
import { resolveText } from '../resolve/resolve-text.ts';
import { leavesOf } from '../resolve/text-tree.ts';
import type { SiteFrames } from '../site-frames.ts';
import type { SiteState } from '../site-search.ts';

export const writtenText: SiteState = { state: 'constant', because: 'the text is written in the program' };

export function whole(name: string): SiteState {
  return { state: 'unresolved', because: `\`${name}\` is logged as a whole` };
}

/** Names of containers that may include a secret. */
const many =
  /^(body|headers?|cookies?|user|account|session|sessions|query|params|form|config|settings|env|environ|data|payload|request|req|response|res|resp|options|opts|args|argv|kwargs|credentials?|event|context|ctx|state|props|result|results|rows?|record|records|doc|document|json|item|items|entry|obj|object|value|values|info|meta|metadata|message_data|self|this|input|output|content|profile|customer|member|client|profile|token|secret|key)$/i;
/** `decoded_claims`, `cleaned_data` */
const manyWords =
  /^(data|claims|body|headers?|cookies|payload|details|fields|attributes|attrs|credentials|params|config|settings|options|response|extra|json|dict|form|row|rows|record|doc|object|obj|session)$/;

function isMany(name: string): boolean {
  return many.test(name) || manyWords.test(wordsOf(name).at(-1) ?? '');
}

const failures =
  /^_*(e|er|err|error|ex|exc|exception|reason|cause|failure|rejection|warning)\d*$|(Error|Exception|_error|_exception|Err)$/;
const single = new Set(
  `id ids name names count total status code url uri path port host hostname message msg time date method
   ms duration elapsed version email address ip reason type kind level size length stack title number
   index attempt statuscode route locale env mode label text file filename folder dir directory action
   signal pk pks pid ok enabled retries limit page score percent slug uuid branch commit line role
   phrase isbn sku addr currency country language lang category plan tier amount price quantity seconds
   severity priority region year month day width height username scope topic queue attempts qualname
   pathname nickname surname firstname lastname fullname basename timestamp ipaddress userid useragent
   agent`.split(/\s+/),
);

/**
 * Whether the last word of a name denotes a single value: `user_id`, `filePath`, but not `claims`, though that ends with `ms`.
 */
function isSingle(name: string): boolean {
  return single.has(wordsOf(name).at(-1) ?? '');
}

/**
 * Whether a logged value is constant, is known to be harmless (`allow-listed`), or may be a secret (`unresolved`). It is
 * judged by its name and its instruction alone.
 * @param name the field that the value is logged under: `user` in `log.info('in', user=x)`. It overrides the name `x`
 * @param isInText whether the value is formatted into a text. In JavaScript, an object only shows its class there
 */
export function leafState(
  frames: SiteFrames,
  place: Place,
  inst: Inst,
  name: string | undefined,
  isInText: boolean,
): SiteState {
  const { linked } = frames;
  const frame = frames.of(place.func);
  const it = frame.values[place.value];
  if (inst.op === 'const') return writtenText;
  if (it?.shape === 'number' || it?.shape === 'boolean') return named('a number');
  if (inst.op === 'caught') return named('an error');
  const inner = nameOf(linked, place, inst) ?? '';
  const own = name ?? inner;
  if (failures.test(own)) return named('an error');
  const sent = sentBySomebody(linked, place, inst);
  if (sent !== undefined) return named(sent);
  // `log.info('in', user=user.id)`
  if (inst.op === 'member' && isSingle(inner)) return named(inner);
  if (inst.op === 'call') {
    const callee = instOf(linked, { func: place.func, value: inst.callee });
    const called =
      callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
    if (
      /^(String|str|Number|int|float|len|round|repr|toString|toISOString|isoformat|strftime|now|format_exc|uptime|cwd|join|basename|get_remote_address|gethostname|getpid)$/.test(
        called,
      )
    )
      return inst.args.length === 1 && /^(String|str|repr)$/.test(called)
        ? leafState(
            frames,
            { func: place.func, value: inst.args[0] as ValueId },
            instOf(linked, { func: place.func, value: inst.args[0] as ValueId }) as Inst,
            undefined,
            true,
          )
        : named(called);
    if (
      isInText &&
      !frame.language.textsShowMembers &&
      !/^(stringify|inspect|dump|dumps|toJSON|serialize|format)$/.test(called)
    )
      return named(`${called}()`);
    const key =
      called === 'get' ? instOf(linked, { func: place.func, value: inst.args[0] ?? -1 }) : undefined;
    if (key?.op === 'const' && typeof key.value === 'string' && isSingle(key.value)) return named(key.value);
    return isSingle(called) || isSingle(own)
      ? named(own || `${called}()`)
      : whole(called ? `${called}()` : 'a value');
  }
  if (isWritten(frames, place)) return writtenText;
  if (own === '') return isInText && !frame.language.textsShowMembers ? named('a value') : whole('a value');
  if (isSingle(own)) return named(own);
  if (isMany(own)) return isInText && !frame.language.textsShowMembers ? named(own) : whole(own);
  return isInText || it?.shape === 'text' || inst.op === 'element' ? named(own) : whole(own);
}

/** Members of requests and forms that contain single texts by name. An entry of the body or the headers may contain anything. */
const fields = /^(params|query|form|args|POST|GET|META|searchParams|path_params|query_params)$/;

/** `request.META.get('REMOTE_ADDR')`, `req.params.slug`, `form.email.data` */
function sentBySomebody(linked: Linked, { func }: Place, inst: Inst): string | undefined {
  const at = (value: ValueId): Inst | undefined => instOf(linked, { func, value });
  const textOf = (value: ValueId | undefined): string | undefined => {
    const key = at(value ?? -1);
    return key?.op === 'const' && typeof key.value === 'string' ? key.value : undefined;
  };
  const callee = inst.op === 'call' ? at(inst.callee) : undefined;
  if (inst.op === 'call' && callee?.op === 'member' && callee.name === 'get')
    return fields.test(objectName(linked, func, callee.object)) ? textOf(inst.args[0]) : undefined;
  if (inst.op === 'index')
    return fields.test(objectName(linked, func, inst.object)) ? textOf(inst.key) : undefined;
  if (inst.op !== 'member') return undefined;
  const object = at(inst.object);
  // A parameter named `args` or `params` may contain anything.
  if (
    object?.op === 'member' &&
    fields.test(object.name) &&
    /^(req|request|ctx|context|c)$/.test(objectName(linked, func, object.object))
  )
    return inst.name;
  return inst.name === 'data' &&
    object?.op === 'member' &&
    /form$/i.test(objectName(linked, func, object.object))
    ? object.name
    : undefined;
}

/** A parameter for which all callers pass a literal text, or a choice of them. */
function isWritten(frames: SiteFrames, place: Place): boolean {
  return leavesOf(resolveText(frames, place, place.value, noKinds)).every(({ kind }) => kind === 'constant');
}

export function named(name: string): SiteState {
  return { state: 'bound', because: `it writes single values by name, \`${name}\` among them` };
}

function nameOf(linked: Linked, { func, value }: Place, inst: Inst): string | undefined {
  const info = linked.program.functions[func];
  if (inst.op === 'member') return inst.name;
  if (inst.op === 'effect' || inst.op === 'typed' || inst.op === 'await') {
    const before = instOf(linked, { func, value: inst.value });
    return (
      before && (nameOf(linked, { func, value: inst.value }, before) ?? localOf(linked, { func, value }))
    );
  }
  if (inst.op === 'param') return info?.func.params[inst.index]?.name;
  if (inst.op === 'cell-load') return linked.program.modules[info?.module ?? 0]?.cells[inst.cell]?.name;
  if (inst.op === 'index') {
    const key = instOf(linked, { func, value: inst.key });
    if (key?.op === 'const' && typeof key.value === 'string') return key.value;
  }
  return localOf(linked, { func, value });
}

function localOf(linked: Linked, { func, value }: Place): string | undefined {
  const info = linked.program.functions[func];
  return info && [...localNames(info.func, value)][0];
}
