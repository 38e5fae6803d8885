import { knownOptions } from '../internal/known-options.ts';
import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { type AnyRequest, headerOf } from '../request/any-request.ts';
import { formReader } from './form-reader.ts';
import { judgeForm } from './multipart/judge-form.ts';
import { loadDicer } from './multipart/load-dicer.ts';
import { splitParts } from './multipart/split-parts.ts';
import type { Received, ReceiveOptions } from './received.ts';
import { requestBody, type UploadRequest } from './request-body.ts';
import { maxHeaderBytes, maxHeaders, type UploadPolicy } from './uploads-options.ts';
import { wholeNumber } from './whole-number.ts';

/** Reads one request: all its files are published, or none is left. */
export async function receive(
  request: UploadRequest,
  policy: UploadPolicy,
  options: ReceiveOptions,
): Promise<Received> {
  const { signal, maxBytes: own } = knownOptions(options, ['signal', 'maxBytes']);
  const maxBytes =
    own === undefined ? policy.maxBytes : Math.min(policy.maxBytes, wholeNumber('maxBytes', own, 0, 1e15));
  const body = requestBody(request, { ...policy.limits, signal });
  const form = formReader(policy);
  try {
    const { boundary } = admit(request as AnyRequest, maxBytes);
    const parts = splitParts(await loadDicer(), boundary, { maxHeaderBytes, maxHeaders });
    for (;;) {
      const chunk = await body.next();
      if (chunk === undefined) break;
      if (body.bytes > maxBytes) tooLarge(maxBytes);
      const events = parts.push(chunk);
      if (events === undefined) malformed('A part has no complete headers.');
      for (const event of events) {
        const more = form.add(event);
        // Nothing more is read from the client until the store has taken the chunk.
        if (more !== undefined) await more;
      }
    }
    if (!parts.isComplete()) malformed('The body ended before its final boundary.');
    for (const file of form.end()) await file.publish();
    return { fields: form.fields, files: form.result() } as Received;
  } catch (error) {
    body.drop();
    await form.discard();
    throw error;
  } finally {
    body.close();
  }
}

function admit(request: AnyRequest, maxBytes: number): { readonly boundary: string } {
  const form = judgeForm(headerOf(request, 'content-type'), headerOf(request, 'content-encoding'));
  if ('allow' in form) refuse(form);
  const announced = Number(headerOf(request, 'content-length') ?? 0);
  if (announced > maxBytes) tooLarge(maxBytes);
  return form;
}

function tooLarge(maxBytes: number): never {
  refuse(deny('upload/too-large', { what: 'request', field: null, maxBytes }));
}

function malformed(reason: string): never {
  refuse(deny('upload/malformed', { reason }));
}
