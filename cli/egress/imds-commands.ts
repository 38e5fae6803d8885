import { parseAwsName, parseAwsNames } from './aws-names.ts';
import type { ImdsOptions, MetadataSettings } from './imds.ts';
import { atMostOne } from './rules-options.ts';

/** A script for `sh` that calls the AWS CLI. Instances and templates go by their ids. */
export function imdsCommands(options: ImdsOptions, settings: MetadataSettings): string {
  const instances = parseAwsNames('instance', '--instance', options.instance);
  const templates = parseAwsNames('template', '--launch-template', options['launch-template']);
  const region = atMostOne(options, 'region');
  const where = region ? ` --region ${parseAwsName('region', region)}` : '';
  const flags = `--http-endpoint ${settings.endpoint} --http-tokens ${settings.tokens} --http-put-response-hop-limit ${settings.hopLimit}`;
  const data = JSON.stringify({
    MetadataOptions: {
      HttpEndpoint: settings.endpoint,
      HttpTokens: settings.tokens,
      HttpPutResponseHopLimit: settings.hopLimit,
    },
  });
  const lines = [
    '#!/bin/sh',
    ...imdsComment(settings),
    'set -eu',
    ...(options.account
      ? [
          '# What new instances of this account get in this region, unless they say otherwise',
          `aws ec2 modify-instance-metadata-defaults${where} ${flags}`,
        ]
      : []),
    ...templates.flatMap((id) => [
      '# A new version of the launch template, made the default one. What names a version by number keeps that.',
      `source=$(aws ec2 describe-launch-templates${where} --launch-template-ids ${id} --query 'LaunchTemplates[0].DefaultVersionNumber' --output text)`,
      `version=$(aws ec2 create-launch-template-version${where} --launch-template-id ${id} --source-version "$source" --launch-template-data '${data}' --query LaunchTemplateVersion.VersionNumber --output text)`,
      `aws ec2 modify-launch-template${where} --launch-template-id ${id} --default-version "$version"`,
    ]),
    ...instances.flatMap((id) => [
      '# An instance that exists, without a restart',
      `aws ec2 modify-instance-metadata-options${where} --instance-id ${id} ${flags}`,
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

/** What every format says at its top. */
export function imdsComment({ endpoint }: MetadataSettings): string[] {
  return [
    '# Made by `bulwark egress imds`. IMDSv2 alone: the metadata service wants a token, which is made with a PUT and a',
    '# header, and which a forged GET, a redirect or an open proxy cannot get (CWE-918).',
    '# The hop limit of 1 is meant: the token dies before a container on a bridge gets it. Give containers credentials',
    '# of their own (roles for tasks or pods). A container with the network of the host still gets it.',
    ...(endpoint === 'disabled'
      ? ['# The metadata service is off: no roles of instances, and no agent that reads them, work any more.']
      : []),
  ];
}
