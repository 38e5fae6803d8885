import { type Given, wrong } from './mistake.ts';

/** What AWS, Terraform and CloudFormation call things, and nothing that a shell or HCL would read as more. */
type Grammar = 'instance' | 'template' | 'region' | 'terraform' | 'logical';

const grammars: Readonly<Record<Grammar, readonly [pattern: RegExp, what: string, fix: string]>> = {
  instance: [/^i-[0-9a-f]{8,17}$/, 'the id of an instance', 'Write it as AWS shows it: i-0abcd290751193123.'],
  template: [
    /^lt-[0-9a-f]{8,17}$/,
    'the id of a launch template',
    'Write it as AWS shows it: lt-0abcd290751193123.',
  ],
  region: [/^[a-z]{2}(?:-[a-z]{2,12}){1,3}-[0-9]{1,2}$/, 'a region', 'Write eu-central-1.'],
  terraform: [
    /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/,
    'the name of a resource',
    'Write the name that the resource has in your configuration: letters, digits, _ and -.',
  ],
  logical: [
    /^[A-Za-z0-9]{1,255}$/,
    'the logical id of a resource',
    'Write the name that the resource has in your template: letters and digits.',
  ],
};

/** @throws {Mistake} `egress/aws-name` */
export function parseAwsName(grammar: Grammar, given: Given): string {
  const [pattern, what, fix] = grammars[grammar];
  if (pattern.test(given.value)) return given.value;
  throw wrong(
    'egress/aws-name',
    given,
    `is not ${what}`,
    'The value becomes part of a command or file that an administrator uses.',
    fix,
  );
}

/** Each value once, checked. @throws {Mistake} */
export function parseAwsNames(grammar: Grammar, option: string, values: readonly string[]): string[] {
  return [...new Set(values.map((value) => parseAwsName(grammar, { option, value })))];
}
