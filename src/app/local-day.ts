import { formatDay } from '../core/calendar.ts';
import { openZone } from '../core/timezone.ts';

/** The day on a meter's own calendar, ISO: a French day begins the evening before in UTC. */
export const localDay = (ms: number, timezone: string): string => {
  const zone = openZone(timezone);
  if (!zone.ok) throw new Error(`The store keeps a timezone that is none: ${timezone}`);
  return formatDay(zone.value.localDay(ms));
};
