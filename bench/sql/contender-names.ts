/** Prints the names of all contenders as JSON. */
import { connectAll } from './contenders.ts';

const { contenders } = await connectAll(JSON.parse(process.argv[2] ?? '') as string);
process.stdout.write(JSON.stringify(contenders.map(({ name }) => name)), () => process.exit());
