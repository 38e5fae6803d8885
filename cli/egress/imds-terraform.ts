import { parseAwsNames } from './aws-names.ts';
import type { ImdsOptions, MetadataSettings } from './imds.ts';
import { imdsComment } from './imds-commands.ts';
import { Mistake } from './mistake.ts';
import { forbid } from './rules-options.ts';

/**
 * Terraform, for the provider hashicorp/aws. Resources go by their names in the configuration: an override file merges
 * the block into them, so that nothing is written twice.
 */
export function imdsTerraform(options: ImdsOptions, settings: MetadataSettings): string {
  const region = 'The provider configuration sets the region.';
  forbid(options, ['region'], region, 'Remove it, or use --format cli.');
  const templates = parseAwsNames('terraform', '--launch-template', options['launch-template']);
  const instances = parseAwsNames('terraform', '--instance', options.instance);
  const existing = [
    ...templates.map((name) => ['aws_launch_template', name] as const),
    ...instances.map((name) => ['aws_instance', name] as const),
  ];
  if (options.account && existing.length > 0) {
    throw new Mistake(
      'egress/option',
      '--account cannot be combined with --instance or --launch-template.',
      'The account default is a new resource. The others go into an override file, which cannot hold new ones.',
      'Run the command once for each, and keep the output in two files.',
    );
  }
  const values = [
    `http_endpoint               = "${settings.endpoint}"`,
    `http_tokens                 = "${settings.tokens}"`,
    `http_put_response_hop_limit = ${settings.hopLimit}`,
  ];
  const lines = [
    ...imdsComment(settings),
    ...(options.account
      ? [
          "# The default for new instances of this account in the provider's region",
          'resource "aws_ec2_instance_metadata_defaults" "bulwark" {',
          ...values.map((line) => `  ${line}`),
          '}',
        ]
      : [
          '# Save this as imds_override.tf beside the resources: Terraform merges files whose names end in _override.tf.',
        ]),
    ...existing.flatMap(([type, name]) => [
      `resource "${type}" "${name}" {`,
      '  metadata_options {',
      ...values.map((line) => `    ${line}`),
      '  }',
      '}',
    ]),
  ];
  return `${lines.join('\n')}\n`;
}
