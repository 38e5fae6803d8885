/** The part of stream.ts that is measured: it prints its figures as JSON. */
import { type StreamPlan, streamEach } from './stream-rows.ts';

const streamed = await streamEach(JSON.parse(process.argv[2] ?? '') as StreamPlan);
process.stdout.write(JSON.stringify(streamed), () => process.exit());
