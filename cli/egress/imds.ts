import { imdsCloudFormation } from './imds-cloudformation.ts';
import { imdsCommands } from './imds-commands.ts';
import { imdsTerraform } from './imds-terraform.ts';
import { Mistake, wrong } from './mistake.ts';
import { atMostOne } from './rules-options.ts';

/** The options of `bulwark egress imds` as they were typed. */
export interface ImdsOptions {
  readonly format: readonly string[];
  readonly instance: readonly string[];
  readonly 'launch-template': readonly string[];
  readonly region: readonly string[];
  readonly account: boolean;
  readonly disable: boolean;
}

/** What EC2 is told. The hop limit of 1 keeps the token from whatever is behind another hop, such as a container. */
export interface MetadataSettings {
  readonly endpoint: 'enabled' | 'disabled';
  readonly tokens: 'required';
  readonly hopLimit: 1;
}

const formats: Readonly<Record<string, (options: ImdsOptions, settings: MetadataSettings) => string>> = {
  cli: imdsCommands,
  terraform: imdsTerraform,
  cloudformation: imdsCloudFormation,
};

/**
 * The text of `bulwark egress imds`: AWS settings that require the tokens of IMDSv2, which a forged GET cannot get.
 *
 * @throws {Mistake} for a value that is wrong, and for one that the format cannot express.
 */
export function egressImds(options: ImdsOptions): string {
  const fix = 'Give --format cli, terraform or cloudformation.';
  const given = atMostOne(options, 'format');
  if (!given)
    throw new Mistake('egress/format', '--format is missing.', 'Each format is applied differently.', fix);
  const make = Object.hasOwn(formats, given.value) ? formats[given.value] : undefined;
  if (!make) throw wrong('egress/format', given, 'is not a format', 'No other format is supported.', fix);
  if (!options.account && options.instance.length + options['launch-template'].length === 0) {
    throw new Mistake(
      'egress/option',
      'There is no target for the settings.',
      'Existing instances, launch templates and the account default are set separately.',
      'Add --instance, --launch-template or --account, as often as needed.',
    );
  }
  const settings: MetadataSettings = {
    endpoint: options.disable ? 'disabled' : 'enabled',
    tokens: 'required',
    hopLimit: 1,
  };
  return make(options, settings);
}
