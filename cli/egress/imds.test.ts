import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import parser from 'hcl2-parser';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { egressImds, type ImdsOptions } from './imds.ts';
import { Mistake } from './mistake.ts';

type Typed = Partial<Omit<ImdsOptions, 'format'>> & { readonly format: string };

function imds({ format, ...typed }: Typed): string {
  const none = { instance: [], 'launch-template': [], region: [], account: false, disable: false };
  return egressImds({ ...none, ...typed, format: [format] });
}

function codeOf(typed: Typed): string {
  try {
    imds(typed);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    for (const text of [error.message, error.why, error.fix]) expect(text).toMatch(/^[\x20-\x7e]+$/);
    return error.code;
  }
}

/** Runs the script with an `aws` that writes down how it was called, an argument a line. */
function calls(script: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-imds-'));
  try {
    const aws = join(folder, 'aws');
    writeFileSync(aws, '#!/bin/sh\nprintf "%s\\n" "$*" >>"$LOG"\necho 7\n');
    chmodSync(aws, 0o755);
    const log = join(folder, 'log');
    execFileSync('sh', [], { input: script, env: { PATH: `${folder}:/usr/bin:/bin`, LOG: log } });
    return readFileSync(log, 'utf8').trim().split('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const flags = '--http-endpoint enabled --http-tokens required --http-put-response-hop-limit 1';

describe('the commands of the AWS CLI', () => {
  it('set the account, a template and an instance', () => {
    const script = imds({
      format: 'cli',
      account: true,
      'launch-template': ['lt-0abcd290751193123'],
      instance: ['i-0123abcd', 'i-0abcd290751193123'],
      region: ['eu-central-1'],
    });
    const options =
      '{"MetadataOptions":{"HttpEndpoint":"enabled","HttpTokens":"required","HttpPutResponseHopLimit":1}}';
    const [ec2, template] = ['--region eu-central-1', 'lt-0abcd290751193123'];
    expect(calls(script)).toEqual([
      `ec2 modify-instance-metadata-defaults ${ec2} ${flags}`,
      `ec2 describe-launch-templates ${ec2} --launch-template-ids ${template} --query LaunchTemplates[0].DefaultVersionNumber --output text`,
      `ec2 create-launch-template-version ${ec2} --launch-template-id ${template} --source-version 7 --launch-template-data ${options} --query LaunchTemplateVersion.VersionNumber --output text`,
      `ec2 modify-launch-template ${ec2} --launch-template-id ${template} --default-version 7`,
      `ec2 modify-instance-metadata-options ${ec2} --instance-id i-0123abcd ${flags}`,
      `ec2 modify-instance-metadata-options ${ec2} --instance-id i-0abcd290751193123 ${flags}`,
    ]);
  });

  it('can switch the service off, and still require tokens', () => {
    const off = flags.replace('enabled', 'disabled');
    expect(calls(imds({ format: 'cli', instance: ['i-0123abcd'], disable: true }))).toEqual([
      `ec2 modify-instance-metadata-options --instance-id i-0123abcd ${off}`,
    ]);
  });

  it('tell that containers are kept away on purpose', () => {
    expect(imds({ format: 'cli', account: true })).toMatch(/hop limit of 1 is intended.*container/s);
  });
});

/** Of hashicorp/aws: the arguments of `metadata_options` and of `aws_ec2_instance_metadata_defaults`. */
const settings = { http_endpoint: 'enabled', http_tokens: 'required', http_put_response_hop_limit: 1 };

/** HashiCorp's own parser, compiled to JavaScript. */
const hcl = parser as { parseToObject(text: string): [value: unknown, error: unknown] };

describe('Terraform', () => {
  it('merges the block into the resources of these names', () => {
    const text = imds({ format: 'terraform', 'launch-template': ['web'], instance: ['web', 'job-2'] });
    expect(text).toContain('imds_override.tf');
    expect(hcl.parseToObject(text)).toEqual([
      {
        resource: {
          aws_launch_template: { web: [{ metadata_options: [settings] }] },
          aws_instance: {
            web: [{ metadata_options: [settings] }],
            'job-2': [{ metadata_options: [settings] }],
          },
        },
      },
      null,
    ]);
  });

  it('has a resource for the account', () => {
    const text = imds({ format: 'terraform', account: true, disable: true });
    expect(text).not.toContain('override');
    const off = { ...settings, http_endpoint: 'disabled' };
    expect(hcl.parseToObject(text)).toEqual([
      { resource: { aws_ec2_instance_metadata_defaults: { bulwark: [off] } } },
      null,
    ]);
  });

  it('is told from text that does not parse', () => {
    expect(hcl.parseToObject('resource "x" {{')[0]).toBeNull();
  });
});

describe('CloudFormation', () => {
  it('adds the documented properties to the resources of these names', () => {
    // AWS::EC2::LaunchTemplate MetadataOptions and AWS::EC2::Instance MetadataOptions of the Template Reference Guide
    // have the same three names and values.
    const options = { HttpEndpoint: 'enabled', HttpTokens: 'required', HttpPutResponseHopLimit: 1 };
    const text = imds({ format: 'cloudformation', 'launch-template': ['Web'], instance: ['Job', '123'] });
    expect(parse(text, { version: '1.1' })).toEqual({
      Resources: {
        Web: {
          Type: 'AWS::EC2::LaunchTemplate',
          Properties: { LaunchTemplateData: { MetadataOptions: options } },
        },
        Job: { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: options } },
        '123': { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: options } },
      },
    });
  });
});

describe('what is wrong with the options', () => {
  it.each<[Typed, string]>([
    [{ format: 'cli', account: true }, 'accepted'],
    [{ format: 'cli' }, 'egress/option'],
    [{ format: 'pulumi', account: true }, 'egress/format'],
    [{ format: 'toString', account: true }, 'egress/format'],
    [{ format: 'cli', instance: ['i-0123abcd'] }, 'accepted'],
    [{ format: 'cli', instance: ['i-0123abc'] }, 'egress/aws-name'],
    [{ format: 'cli', instance: ['i-0abcd2907511931234'] }, 'egress/aws-name'],
    [{ format: 'cli', instance: ['i-0123ABCD'] }, 'egress/aws-name'],
    [{ format: 'cli', instance: ['i-0123abcd\n'] }, 'egress/aws-name'],
    [{ format: 'cli', instance: ['i-0123abcd; id'] }, 'egress/aws-name'],
    [{ format: 'cli', instance: ['0123abcd'] }, 'egress/aws-name'],
    [{ format: 'cli', instance: [''] }, 'egress/aws-name'],
    [{ format: 'cli', 'launch-template': ['lt-0123abcd'] }, 'accepted'],
    [{ format: 'cli', 'launch-template': ['web'] }, 'egress/aws-name'],
    [{ format: 'cli', 'launch-template': ['lt-0123abcd$(id)'] }, 'egress/aws-name'],
    [{ format: 'cli', account: true, region: ['us-gov-west-1'] }, 'accepted'],
    [{ format: 'cli', account: true, region: ['eu central 1'] }, 'egress/aws-name'],
    [{ format: 'cli', account: true, region: ['eu-central-1', 'us-east-1'] }, 'egress/option'],
    [{ format: 'terraform', account: true, region: ['eu-central-1'] }, 'egress/option'],
    [{ format: 'terraform', account: true, instance: ['web'] }, 'egress/option'],
    [{ format: 'terraform', instance: ['web'] }, 'accepted'],
    [{ format: 'terraform', instance: ['2web'] }, 'egress/aws-name'],
    [{ format: 'terraform', instance: ['web" {}'] }, 'egress/aws-name'],
    [{ format: 'terraform', 'launch-template': ['module.web'] }, 'egress/aws-name'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an interpolation of Terraform
    [{ format: 'terraform', 'launch-template': ['${web}'] }, 'egress/aws-name'],
    [{ format: 'cloudformation', account: true }, 'egress/option'],
    [{ format: 'cloudformation', instance: ['Web'] }, 'accepted'],
    [{ format: 'cloudformation', instance: ['Web'], region: ['eu-central-1'] }, 'egress/option'],
    [{ format: 'cloudformation', instance: ['my-web'] }, 'egress/aws-name'],
    [{ format: 'cloudformation', instance: ['Web'], 'launch-template': ['Web'] }, 'egress/aws-name'],
    [{ format: 'cloudformation', 'launch-template': ['Web:\n'] }, 'egress/aws-name'],
  ])('given %j: %s', (typed, code) => {
    expect(codeOf(typed)).toBe(code);
  });
});
