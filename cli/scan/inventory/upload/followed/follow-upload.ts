import type { Linked } from '../../../callgraph/linked.ts';
import type { Place } from '../../../callgraph/query/made-by.ts';
import type { SiteState } from '../../site-search.ts';
import { ChecksOfUpload } from './checked-before.ts';
import type { Checked } from './facts.ts';
import { type Leave, partsOfUpload } from './parts-of-upload.ts';

/** Calls and members that write a file to the path in their argument. */
const writers =
  /^(writeFile|writeFileSync|createWriteStream|outputFile|rename|renameSync|copyFile|write_bytes|open|save|mv|putObject|put_object|upload_fileobj|upload_file)$/;
const open = (because: string): SiteState => ({ state: 'unresolved', because });

/** The audit state of an upload. Follows the upload from its source to where its parts leave the project's code. */
export function followUpload(linked: Linked, roots: readonly Place[], known: Checked): SiteState {
  const parts = partsOfUpload(linked, roots);
  if (!parts.isWhole) return open('how the upload is stored could not be followed');
  const checks = new ChecksOfUpload(linked, parts);
  const named = parts.leaves.filter(({ part }) => part === 'name' || part === 'mixed-name');
  if (named.some(({ part, to }) => part === 'name' && writers.test(to)))
    return open('it stores files under the name that the client chose');
  if (named.length > 0) return open('what the name that the client chose is used for could not be followed');
  let stored = 0;
  for (const leave of parts.leaves) {
    const found = stateOf(leave, checks, known);
    if (found) return found;
    if (leave.part === 'content') stored++;
  }
  return stored === 0
    ? open('how the upload is stored could not be followed')
    : {
        state: 'allow-listed',
        because: 'the size and the type are checked before it is used, and the name of the client is not',
      };
}

function stateOf(
  { func, at, part, root, to }: Leave,
  checks: ChecksOfUpload,
  known: Checked,
): SiteState | undefined {
  if (part === 'upload') return open('how the upload is stored could not be followed');
  const before = checks.before(func, at, root);
  const size = known.size || before.size;
  const type = known.type || before.type || (part === 'content' && (to === 'parse' || to === 'encode'));
  if (part !== 'content') {
    // A file extension proves nothing about the type that the client claims. Neither do the bytes.
    const isListed = part === 'ending' ? known.ending || before.ending : known.claim || before.claim;
    return isListed ? undefined : open('what the client says of the type is used unchecked');
  }
  if (!size) return open('whether the size is limited could not be followed');
  return type ? undefined : open('whether the type is checked could not be followed');
}
