import { openEmbedded } from '#store/embedded/index.ts';

/** A process that opens the embedded server of a folder, twice, says its address, and stops when told to. */
const server = await openEmbedded(process.argv[2] ?? '');
const another = await openEmbedded(process.argv[2] ?? '');
process.stdout.write(`${server.url}\n`);
process.stdin.once('data', async () => {
  await Promise.all([server.stop(), another.stop()]);
  process.exit(0);
});
