import type { Evidence } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import { isElsewhere } from '../production-file.ts';
import { at, entriesOf, lineOf, readYaml, type Tree, textOf } from '../yaml-tree.ts';
import { type HclBlock, readHcl } from './read-hcl.ts';
import { variableDefault } from './variable-defaults.ts';

/** What infrastructure code says of the metadata service of one instance, template, or account. */
export interface MetadataOptions {
  readonly kind: 'terraform' | 'cloudformation';
  /** `aws_instance.web`, `Web` */
  readonly name: string;
  readonly isTemplate: boolean;
  /** A default of the account and region, for all that say nothing themselves. */
  readonly isDefault: boolean;
  readonly evidence: Evidence;
  /** As they are written, without quotes; undefined if nothing sets them. */
  readonly endpoint: string | undefined;
  readonly tokens: string | undefined;
  readonly hopLimit: string | undefined;
  /** The image requires tokens by itself: Amazon Linux 2023. */
  readonly isNewImage: boolean;
}

export interface CloudView {
  readonly options: readonly MetadataOptions[];
  readonly gaps: readonly Evidence[];
}

const resources = /^aws_(instance|launch_template|launch_configuration|spot_instance_request)$/;

/** The instances of EC2 in files of Terraform and templates of CloudFormation. */
export function metadataOptions(subject: Subject): CloudView {
  const options: MetadataOptions[] = [];
  const gaps: Evidence[] = [];
  for (const path of subject.paths
    .filter((one) => !isElsewhere(one) && /\.(tf|ya?ml|json|template)$/.test(one))
    .slice(0, 3000)) {
    const text = subject.read(path);
    if (text === undefined) continue;
    if (path.endsWith('.tf')) {
      if (!/\baws_/.test(text)) continue;
      const blocks = readHcl(text);
      if (blocks === undefined) gaps.push({ text: `${path} could not be parsed`, path, line: 1 });
      else options.push(...blocks.flatMap((block) => ofTerraform(block, path, subject)));
    } else if (/AWS::EC2::(Instance|LaunchTemplate)\b|AWS::AutoScaling::LaunchConfiguration/.test(text)) {
      const { documents, problem } = readYaml(text);
      if (problem !== undefined) gaps.push({ text: `${path} ${problem}`, path, line: 1 });
      else
        options.push(
          ...entriesOf(at(documents[0], 'Resources')).flatMap(({ key, line, value }) =>
            ofCloudFormation(key, line, value, path),
          ),
        );
    }
  }
  return { options, gaps };
}

function ofTerraform(
  { type, labels: [resource = '', label = ''], line, attributes, blocks }: HclBlock,
  path: string,
  subject: Subject,
): readonly MetadataOptions[] {
  const isDefault = resource === 'aws_ec2_instance_metadata_defaults';
  if (type !== 'resource' || !(resources.test(resource) || isDefault)) return [];
  const block = isDefault ? { attributes, line } : blocks.find((one) => one.type === 'metadata_options');
  const dynamic = blocks.some((one) => one.type === 'dynamic' && one.labels[0] === 'metadata_options');
  const written = (key: string): string | undefined => block?.attributes.get(key)?.text.replace(/^"|"$/g, '');
  const get = (key: string): string | undefined => {
    const text = written(key);
    const name = /^(?:\$\{)?var\.(\w+)\}?$/.exec(text ?? '')?.[1];
    return name === undefined ? text : (variableDefault(subject, path, name) ?? text);
  };
  const tokens = written('http_tokens');
  const initial = get('http_tokens') === tokens ? '' : `, by default "${get('http_tokens')}"`;
  const place = block?.attributes.get('http_tokens')?.line ?? block?.line ?? line;
  return [
    {
      kind: 'terraform',
      name: `${resource}.${label}`,
      isTemplate: resource === 'aws_launch_template',
      isDefault,
      evidence: {
        text: `resource "${resource}" "${label}"${tokens === undefined ? '' : `: http_tokens = "${tokens}"${initial}`}`,
        path,
        line: place,
      },
      endpoint: get('http_endpoint'),
      tokens: dynamic ? 'dynamic' : get('http_tokens'),
      hopLimit: get('http_put_response_hop_limit'),
      isNewImage: /al2023/i.test(attributes.get('ami')?.text ?? attributes.get('image_id')?.text ?? ''),
    },
  ];
}

function ofCloudFormation(name: string, line: number, tree: Tree, path: string): readonly MetadataOptions[] {
  const type = textOf(at(tree, 'Type')) ?? '';
  const isTemplate = type === 'AWS::EC2::LaunchTemplate';
  if (!isTemplate && type !== 'AWS::EC2::Instance' && type !== 'AWS::AutoScaling::LaunchConfiguration')
    return [];
  const data = isTemplate ? at(tree, 'Properties', 'LaunchTemplateData') : at(tree, 'Properties');
  const settings = at(data, 'MetadataOptions');
  const get = (key: string): string | undefined => {
    const value = at(settings, key);
    return value?.kind === 'scalar' && value.tag === undefined
      ? textOf(value)
      : value === undefined
        ? undefined
        : 'computed';
  };
  const tokens = get('HttpTokens');
  return [
    {
      kind: 'cloudformation',
      name,
      isTemplate,
      isDefault: false,
      evidence: {
        text: `${name}: ${type}${tokens === undefined ? '' : `, HttpTokens: ${tokens}`}`,
        path,
        line: tokens === undefined ? line : lineOf(settings, 'HttpTokens'),
      },
      endpoint: get('HttpEndpoint'),
      tokens,
      hopLimit: get('HttpPutResponseHopLimit'),
      isNewImage: /al2023/i.test(textOf(at(data, 'ImageId')) ?? ''),
    },
  ];
}
