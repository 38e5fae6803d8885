import { type Denied, deny } from '../../refusal/decision.ts';
import { readParameters } from './read-parameters.ts';

/** RFC 2046, section 5.1.1: at most 70 characters of this set, and the last is not a space. */
const boundaryPattern = /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/;

/** The boundary of the form, if the request is one. */
export function judgeForm(
  contentType: string | undefined,
  contentEncoding: string | undefined,
): { readonly boundary: string } | Denied<'upload/not-multipart' | 'upload/malformed'> {
  const read = contentType === undefined ? undefined : readParameters(contentType);
  const isEncoded = contentEncoding !== undefined && contentEncoding.toLowerCase() !== 'identity';
  if (isEncoded || !/^\s*multipart\/form-data\s*(?:;|$)/i.test(contentType ?? '')) {
    return deny('upload/not-multipart', { contentType: contentType ?? '' });
  }
  if (read === undefined) return deny('upload/malformed', { reason: 'The Content-Type is malformed.' });
  const boundary = read.parameters.get('boundary');
  if (boundary === undefined || !boundaryPattern.test(boundary)) {
    return deny('upload/malformed', { reason: 'The Content-Type has no valid boundary.' });
  }
  return { boundary };
}
