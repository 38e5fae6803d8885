import { parseAwsNames } from './aws-names.ts';
import type { ImdsOptions, MetadataSettings } from './imds.ts';
import { imdsComment } from './imds-commands.ts';
import { Mistake } from './mistake.ts';
import { forbid } from './rules-options.ts';

/** CloudFormation in YAML: the properties to add to the resources of these logical ids. */
export function imdsCloudFormation(options: ImdsOptions, settings: MetadataSettings): string {
  forbid(options, ['region'], 'The stack sets the region.', 'Remove it, or use --format cli.');
  if (options.account) {
    throw new Mistake(
      'egress/option',
      '--account cannot be expressed in CloudFormation.',
      'CloudFormation has no resource for the account default, which would stay open.',
      'Use --format cli or --format terraform for the account.',
    );
  }
  const templates = parseAwsNames('logical', '--launch-template', options['launch-template']);
  const instances = parseAwsNames('logical', '--instance', options.instance);
  const twice = templates.find((name) => instances.includes(name));
  if (twice !== undefined) {
    throw new Mistake(
      'egress/aws-name',
      `${twice} is both an instance and a launch template.`,
      'Resource names are unique in a template, so the second would replace the first.',
      'Name each resource once.',
    );
  }
  const block = (indent: string): string[] => [
    `${indent}MetadataOptions:`,
    `${indent}  HttpEndpoint: ${settings.endpoint}`,
    `${indent}  HttpTokens: ${settings.tokens}`,
    `${indent}  HttpPutResponseHopLimit: ${settings.hopLimit}`,
  ];
  const lines = [
    ...imdsComment(settings),
    '# Add these properties to the resources of your template.',
    'Resources:',
    // Quoted: a logical id may be all digits.
    ...templates.flatMap((name) => [
      `  "${name}":`,
      '    Type: AWS::EC2::LaunchTemplate',
      '    Properties:',
      '      LaunchTemplateData:',
      ...block('        '),
    ]),
    ...instances.flatMap((name) => [
      `  "${name}":`,
      '    Type: AWS::EC2::Instance',
      '    Properties:',
      ...block('      '),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}
