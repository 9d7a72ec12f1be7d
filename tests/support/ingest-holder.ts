import { openStore } from '#store/index.ts';
import { hours } from './samples.ts';

/** A process that writes one day of hours after the other to a meter and says each one that was acknowledged. */
const [, , dataDir = '', meterId = '', firstDay = '0'] = process.argv;
const dayMs = 86_400_000;
const store = await openStore({ dataDir });
for (let day = Number(firstDay); ; day += 60) {
  // Even batches by arrays, odd ones by COPY (more than 1,000 rows).
  const days = (day / 60) % 2 === 0 ? 20 : 60;
  await store.readings.upsert(
    meterId,
    hours(day * dayMs, days * 24, (hour) => day * 24 + hour),
  );
  process.stdout.write(`${day} ${days}\n`);
}
