import { Command } from 'commander';
import { egressImds, type ImdsOptions } from '../egress/imds.ts';
import { Mistake, mistakeText } from '../egress/mistake.ts';
import { egressRules } from '../egress/rules.ts';
import type { RulesOptions } from '../egress/rules-options.ts';

/** `bulwark egress rules` and `bulwark egress imds`: what closes the network around an application. */
export function egressCommand(): Command {
  return new Command('egress')
    .description('print rules that close the network around an application, for root or a cluster to load')
    .addCommand(rulesCommand())
    .addCommand(imdsCommand());
}

function rulesCommand(): Command {
  const command = new Command('rules').description(
    'print rules that leave an application its gateway and its resolver, and nothing else',
  );
  every(command, '--format <name>', 'nftables, iptables or kubernetes');
  every(
    command,
    '--gateway <addr:port>',
    'the egress proxy; kubernetes also RANGE:PORT or KEY=VALUE[@NAMESPACE]:PORT',
  );
  every(
    command,
    '--resolver <addr>',
    'a name server, port 53; kubernetes also kube-dns or KEY=VALUE[@NAMESPACE]',
  );
  every(command, '--allow <addr:port>', 'another service over TCP, such as a database; also one on loopback');
  every(command, '--user <name>', 'the user that the application runs as, by name or number');
  every(command, '--group <name>', 'its primary group, in place of the user');
  every(command, '--gateway-user <name>', 'the user that the gateway runs as, where it is on this machine');
  every(command, '--gateway-group <name>', 'the same with --group');
  every(command, '--pods <labels>', 'the pods of the application: KEY=VALUE[,KEY=VALUE]');
  every(command, '--namespace <name>', 'their namespace');
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
  const command = new Command('imds').description('print the AWS settings that require the tokens of IMDSv2');
  every(command, '--format <name>', 'cli, terraform or cloudformation');
  every(command, '--instance <id>', 'an instance: its id, or for the other formats the name of its resource');
  every(command, '--launch-template <id>', 'a launch template, in the same way');
  every(command, '--region <name>', 'with cli: the region, if not the configured one');
  command
    .option('--account', 'the default for new instances of the account', false)
    .option('--disable', 'switch the metadata service off altogether', false);
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

/** Kept each time: commander's own way is that the last value wins, in silence. */
function every(command: Command, flags: string, description: string): void {
  command.option(flags, description, (value: string, before: readonly string[] = []) => [...before, value]);
}

/** All of it or nothing: half of the rules would be loaded like the whole. */
function print(make: () => string): void {
  try {
    process.stdout.write(make());
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    process.stderr.write(mistakeText(error));
    process.exitCode = 2;
  }
}
