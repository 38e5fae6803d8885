/**
 * Looks at instances and launch templates of EC2 in files of Terraform and templates of CloudFormation.
 *
 * ## Why
 * Without a token one forged GET gets the credentials of the instance from the metadata service.
 *
 * ## Passes
 * Each requires tokens with a hop limit of 1, has the service switched off, or says nothing beside a default of the account that requires
 * them (`aws_ec2_instance_metadata_defaults`).
 *
 * ## Fails
 * Tokens are optional, or nothing requires them.
 *
 * ## Unknown
 * The value is a variable without a default or one that another file may set, the hop limit is larger (containers get a token too), the
 * image may require tokens by itself, or a file could not be parsed.
 *
 * ## How to fix
 * `bulwark egress imds --format terraform --instance web` writes the block:
 * ```text
 * metadata_options {
 *   http_tokens                 = "required"
 *   http_put_response_hop_limit = 1
 * }
 * ```
 */
import { egressImds } from '../../../../egress/imds.ts';
import type { Check } from '../../../check/check.ts';
import { type Fix, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { type MetadataOptions, metadataOptions } from '../../../files/cloud/metadata-options.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = {
  id: 'server/imds',
  aspect: 'metadata/blocked',
  title: 'Instances require tokens for the metadata service.',
  why: 'Without a token one forged GET gets the credentials of the instance.',
  severity: 'high',
  cwe: [918],
  asvs: ['13.2.4'],
  run: (subject) => look(subject),
};

function look(subject: Subject): readonly Outcome[] {
  const { options, gaps } = metadataOptions(subject);
  const standard = options.find(
    ({ isDefault, tokens, hopLimit }) =>
      isDefault && tokens === 'required' && (hopLimit === undefined || hopLimit === '1'),
  );
  const outcomes = options.map((one) => judge(one, standard));
  if (gaps.length > 0)
    outcomes.push(unknown('A file of infrastructure could not be read.', 'Correct the file.', gaps));
  return outcomes.slice(0, 300);
}

function judge(options: MetadataOptions, standard: MetadataOptions | undefined): Outcome {
  const { name, tokens, endpoint, hopLimit, evidence, isNewImage } = options;
  const fix = fixOf(options);
  if (endpoint === 'disabled') return pass(`${name} has no metadata service.`, [evidence]);
  if (tokens === undefined) {
    if (standard !== undefined)
      return pass(`${name} says nothing, and the default of the account requires tokens.`, [
        evidence,
        standard.evidence,
      ]);
    if (isNewImage)
      return unknown(`${name} says nothing, and its image may require tokens by itself.`, fix, [evidence]);
    return fail(`${name} does not require tokens for the metadata service.`, [evidence], fix);
  }
  if (tokens === 'optional' || tokens === 'no-preference')
    return fail(`${name} does not require tokens for the metadata service.`, [evidence], fix);
  if (tokens !== 'required')
    return unknown(`Whether ${name} requires tokens for the metadata service is computed.`, fix, [evidence]);
  if (hopLimit !== undefined && hopLimit !== '1')
    return unknown(
      `${name} requires tokens, and its hop limit is ${hopLimit}: containers may get one too.`,
      fix,
      [evidence],
    );
  return pass(`${name} requires tokens for the metadata service.`, [evidence]);
}

/** What `bulwark egress imds` writes for it. */
function fixOf({ kind, name, isTemplate, isDefault }: MetadataOptions): readonly Fix[] {
  const plain = name.replace(/^.*\./, '');
  const none = { instance: [], 'launch-template': [], region: [], account: false, disable: false };
  const target = isDefault
    ? { account: true }
    : isTemplate
      ? { 'launch-template': [plain] }
      : { instance: [plain] };
  try {
    return [{ kind: 'text', text: egressImds({ ...none, ...target, format: [kind] }) }];
  } catch {
    // A name that the command would not write into a file.
    return [
      {
        kind: 'text',
        text: 'Require tokens, with a hop limit of 1: http_tokens = "required" and http_put_response_hop_limit = 1 in Terraform.',
      },
    ];
  }
}
