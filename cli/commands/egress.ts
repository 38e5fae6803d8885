import { Command } from 'commander';
import { egressImds, type ImdsOptions } from '../egress/imds.ts';
import { Mistake, mistakeText } from '../egress/mistake.ts';
import { egressRules } from '../egress/rules.ts';
import type { RulesOptions } from '../egress/rules-options.ts';

/** `bulwark egress rules` and `bulwark egress imds`: restrict the network around an application. */
export function egressCommand(): Command {
  return new Command('egress')
    .description('print network rules that restrict where an application can connect')
    .addCommand(rulesCommand())
    .addCommand(imdsCommand());
}

function rulesCommand(): Command {
  const command = new Command('rules').description(
    'print rules that allow an application only its gateway and its resolver',
  );
  every(command, '--format <name>', 'nftables, iptables or kubernetes');
  every(
    command,
    '--gateway <addr:port>',
    'the egress proxy; for kubernetes also RANGE:PORT or KEY=VALUE[@NAMESPACE]:PORT',
  );
  every(
    command,
    '--resolver <addr>',
    'a DNS resolver, port 53; for kubernetes also kube-dns or KEY=VALUE[@NAMESPACE]',
  );
  every(command, '--allow <addr:port>', 'another TCP service, such as a database, also on loopback');
  every(command, '--user <name>', 'the user that the application runs as, by name or number');
  every(command, '--group <name>', 'its primary group, instead of the user');
  every(command, '--gateway-user <name>', 'the user that the gateway runs as, if it is on this machine');
  every(command, '--gateway-group <name>', 'the group that the gateway runs as, with --group');
  every(command, '--pods <labels>', "the labels of the application's pods: KEY=VALUE[,KEY=VALUE]");
  every(command, '--namespace <name>', 'the namespace of the pods');
  return command.action((options: Record<string, string[]>) => {
    const values = (name: string): readonly string[] => options[name] ?? [];
    const typed: RulesOptions = {
      format: values('format'),
      gateway: values('gateway'),
      resolver: values('resolver'),
      allow: values('allow'),
      user: values('user'),
      group: values('group'),
      'gateway-user': values('gatewayUser'),
      'gateway-group': values('gatewayGroup'),
      pods: values('pods'),
      namespace: values('namespace'),
    };
    print(() => egressRules(typed));
  });
}

function imdsCommand(): Command {
  const command = new Command('imds').description('print AWS settings that require IMDSv2 tokens');
  every(command, '--format <name>', 'cli, terraform or cloudformation');
  every(command, '--instance <id>', 'an instance: its id (cli), or the name of its resource (other formats)');
  every(command, '--launch-template <id>', 'a launch template: its id or the name of its resource');
  every(command, '--region <name>', 'the region, with cli (default: the configured one)');
  command
    .option('--account', 'the default for new instances in the account')
    .option('--disable', 'turn the metadata service off');
  return command.action((options: Record<string, string[] | boolean>) => {
    const values = (name: string): readonly string[] => (options[name] as string[] | undefined) ?? [];
    const typed: ImdsOptions = {
      format: values('format'),
      instance: values('instance'),
      'launch-template': values('launchTemplate'),
      region: values('region'),
      account: options['account'] === true,
      disable: options['disable'] === true,
    };
    print(() => egressImds(typed));
  });
}

/** Collects every value of a repeatable option. By default, commander silently keeps only the last one. */
function every(command: Command, flags: string, description: string): void {
  command.option(flags, description, (value: string, before: readonly string[] = []) => [...before, value]);
}

/** Prints everything or nothing: incomplete rules would be loaded as if they were complete. */
function print(make: () => string): void {
  try {
    process.stdout.write(make());
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    process.stderr.write(mistakeText(error));
    process.exitCode = 2;
  }
}
