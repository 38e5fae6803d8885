/**
 * Finds size limits for requests that were removed or are huge, and places without any: body parsers, uploads, request
 * bodies collected by hand, and client data that is decompressed at once.
 *
 * ## Why
 * One client can then fill the memory or the disk of the server with a few requests.
 *
 * ## Bad
 * ```python
 * import gzip
 *
 * from django.http import JsonResponse
 *
 * DATA_UPLOAD_MAX_MEMORY_SIZE = None
 *
 * def restore(request):
 *     return JsonResponse({"length": len(gzip.decompress(request.body))})
 * ```
 * ```typescript
 * import express from 'express';
 * import multer from 'multer';
 *
 * const app = express();
 * app.use(express.json({ limit: '1gb' }));
 * const upload = multer({ dest: '/var/uploads' });
 * app.post('/notes', (req, res) => {
 *   let text = '';
 *   req.on('data', (chunk) => { text += chunk; });
 *   req.on('end', () => res.json({ length: text.length }));
 * });
 * ```
 *
 * ## Good
 * ```python
 * import zlib
 *
 * from django.http import JsonResponse
 *
 * DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
 *
 * def restore(request):
 *     notes = zlib.decompressobj(wbits=31).decompress(request.body, 2_000_000)
 *     return JsonResponse({"length": len(notes)})
 * ```
 * ```typescript
 * app.use(express.json({ limit: '200kb' }));
 * const upload = multer({ dest: '/var/uploads', limits: { fileSize: 2_000_000 } });
 * app.post('/notes', (req, res) => {
 *   let text = '';
 *   req.on('data', (chunk) => {
 *     text += chunk;
 *     if (text.length > 100_000) req.destroy();
 *   });
 *   req.on('end', () => res.json({ length: text.length }));
 * });
 * ```
 *
 * ## When not to use it
 * If a proxy in front of the server has its own limit. A body that is forwarded chunk by chunk, and the responses that
 * a client receives, are not reported.
 */

import { type Abstract, onlyConst } from '../../dataflow/domain/abstract.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { settingInstructions, settingsOf } from '../kit/settings.ts';
import { argument, argumentId, isA, isConst, known, option, type Use } from '../kit/use.ts';
import { ofCollectedBody } from './collected-body.ts';
import { decompressors, ofDecompressed } from './decompressed.ts';
import { none, ofUploads } from './uploads.ts';

export const rule: UseRule = Object.freeze({
  id: 'limits/unbounded-body',
  title: 'Unrestricted request size',
  severity: 'medium',
  cwe: [770, 409],
  owasp: 'A06:2025 Insecure Design',
  isHardening: true,
  advice:
    'Set a limit that fits the application: `express.json({ limit: "100kb" })`, `multer({ limits: { fileSize } })`.',
  pythonAdvice: {
    django: 'Set `DATA_UPLOAD_MAX_MEMORY_SIZE` to what the application needs.',
    flask: 'Set `MAX_CONTENT_LENGTH` to what the application needs.',
    any: 'Set the limit to what the application needs.',
  },
  on: [...settingInstructions, 'element'],
  names: new RegExp(
    `^(on|addListener|maxPayload|maxHttpBufferSize|maxPayloadLength|(DATA_UPLOAD|MAX)_\\w+)$|${decompressors.source}`,
  ),
  look,
} satisfies UseRule);

/** Bodies are read into memory, where 100 MB is no limit. */
const huge = 100 * 1000 ** 2;
/** Uploads are written to disk. */
const hugeUpload = 1024 ** 3;

function look(use: Use): UseReport | undefined {
  const found =
    (use.inst.op === 'call'
      ? (byHost(use.language, calls)?.(use, use.inst) ?? ofDecompressed(use, use.inst))
      : undefined) ?? byHost(use.language, others)?.(use);
  return found && inTests(use) ? { ...found, confidence: 'low' } : found;
}

const tooHigh: UseReport = {
  message: 'The size limit for requests is too high to protect the server.',
  confidence: 'high',
};

const calls: ByHost<(use: Use, call: Call) => UseReport | undefined> = {
  javascript: ofNodeCall,
  python: ofPythonCall,
};

const others: ByHost<(use: Use) => UseReport | undefined> = {
  javascript: (use) => ofCollectedBody(use) ?? ofMessages(use),
  python: ofSettings,
};

function ofPythonCall(use: Use, call: Call): UseReport | undefined {
  if (isA(use, call.callee, 'use.AiohttpApp'))
    return ofSize(use, argumentId(use, call, -1, 'client_max_size'), true);
  if (!isA(use, call.callee, 'use.TornadoServer', 'use.TornadoApp')) return undefined;
  return (
    ofSize(use, argumentId(use, call, -1, 'max_body_size'), false) ??
    ofSize(use, argumentId(use, call, -1, 'max_buffer_size'), false)
  );
}

function ofNodeCall(use: Use, call: Call): UseReport | undefined {
  const { callee } = call;
  if (use.frame.linked.states(use.frame.id, callee).length === 0) return undefined;
  const options = call.args[0];
  if (isA(use, callee, 'use.BodyParser')) return ofOption(use, options, 'limit', false);
  if (isA(use, callee, 'use.KoaBody')) {
    for (const name of ['jsonLimit', 'formLimit', 'textLimit']) {
      const found = ofOption(use, options, name, false);
      if (found) return found;
    }
    return undefined;
  }
  if (isA(use, callee, 'use.Fastify')) return ofOption(use, options, 'bodyLimit', false);
  if (isA(use, callee, 'use.Formidable')) return ofOption(use, options, 'maxFileSize', false);
  return ofUploads(use, call);
}

function ofOption(
  use: Use,
  options: ValueId | undefined,
  name: string,
  isZeroNone: boolean,
): UseReport | undefined {
  if (options === undefined) return undefined;
  const inst = use.frame.inst(options);
  const value = inst.op === 'object' ? inst.values[inst.keys.indexOf(name)] : undefined;
  if (value !== undefined) return ofSize(use, value, isZeroNone);
  return sizeReport(option(argument(use, use.inst as Call, 0), name), isZeroNone);
}

function ofSize(use: Use, value: ValueId | undefined, isZeroNone: boolean): UseReport | undefined {
  if (value === undefined) return undefined;
  return isA(use, value, 'use.Infinity') ? none : sizeReport(known(use, value), isZeroNone);
}

function sizeReport(it: Abstract | undefined, isZeroNone: boolean): UseReport | undefined {
  const only = onlyConst(it);
  if (!only || only.value === undefined) return undefined;
  if (only.value === null || only.value === false) return isZeroNone ? none : undefined;
  const size = typeof only.value === 'number' ? only.value : sizeOf(String(only.value));
  if (size === 0 && isZeroNone) return none;
  return size >= huge ? (size === Number.POSITIVE_INFINITY ? none : tooHigh) : undefined;
}

/** The number of bytes in `1gb`, as the package `bytes` parses it. */
function sizeOf(text: string): number {
  const found = /^\s*(\d+(?:\.\d+)?)\s*(b|kb|mb|gb|tb|pb)?\s*$/i.exec(text);
  if (!found) return text === 'Infinity' ? Number.POSITIVE_INFINITY : 0;
  return (
    Number(found[1]) * 1024 ** ['b', 'kb', 'mb', 'gb', 'tb', 'pb'].indexOf((found[2] ?? 'b').toLowerCase())
  );
}

/** `new WebSocket(address, protocols, { maxPayload })`: a client's limit is for messages of a server that it chose. */
function isOfClient(use: Use): boolean {
  const users = usersOf(use.frame.func).of[use.value] ?? [];
  return users.some((user) => {
    const call = use.frame.inst(user);
    // A WebSocket server takes its options as the first argument.
    return (
      call.op === 'call' && call.args.indexOf(use.value) > 0 && use.frame.inst(call.callee).op !== 'member'
    );
  });
}

/** Limits for WebSocket messages and for bodies in hapi. */
function ofMessages(use: Use): UseReport | undefined {
  if (use.inst.op !== 'object') return undefined;
  const { keys } = use.inst;
  for (const { name, value } of settingsOf(use)) {
    if (!/^(maxPayload|maxHttpBufferSize|maxPayloadLength)$/.test(name)) continue;
    if (name === 'maxPayload' && isOfClient(use)) continue;
    const found = ofSize(use, value, name === 'maxPayload');
    // A spread after the entry can override it, so it is a default.
    const isDefault = keys.indexOf(null) > keys.indexOf(name);
    if (found) return { ...found, confidence: isDefault ? 'low' : 'medium', value };
  }
  return undefined;
}

const djangoSettings =
  /^(DATA_UPLOAD_MAX_MEMORY_SIZE|DATA_UPLOAD_MAX_NUMBER_FIELDS|DATA_UPLOAD_MAX_NUMBER_FILES)$/;

function ofSettings(use: Use): UseReport | undefined {
  for (const { name, value, how } of settingsOf(use)) {
    const it = known(use, value);
    const at = how === 'variable' ? {} : { value };
    if (djangoSettings.test(name) && isConst(it, null)) return { ...none, ...at };
    if (!/^(DATA_UPLOAD_MAX_MEMORY_SIZE|MAX_CONTENT_LENGTH|MAX_FORM_MEMORY_SIZE)$/.test(name)) continue;
    const size = onlyConst(it)?.value;
    if (typeof size === 'number' && size >= (name === 'MAX_CONTENT_LENGTH' ? hugeUpload : huge))
      return { ...tooHigh, ...at };
    if (size === null && use.inst.op === 'store-index') return { ...none, confidence: 'medium', ...at };
  }
  return undefined;
}
