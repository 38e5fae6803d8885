import { type FirewallPlan, runFirewall } from './firewall-rounds.ts';

const plan = JSON.parse(process.argv[2] ?? '{}') as FirewallPlan;
process.stdout.write(JSON.stringify(await runFirewall(plan)));
