import table from '../../models/climate-zones.json' with { type: 'json' };
import { type DpeZone, dpeZones } from '#core/conventional.ts';

/** Zones of the CEE sheets. */
export type CeeZone = 'H1' | 'H2' | 'H3';

/**
 * Climate zone of a department of metropolitan France (`33`, `2A`; a leading zero may be missing), by models/climate-zones.json.
 * Undefined for anything else: overseas the methods are others.
 */
export const zoneOfDepartment = (department: string): DpeZone | undefined => {
  const code = department.trim().toUpperCase().padStart(2, '0');
  return dpeZones.find((zone) => table.zones[zone].includes(code));
};

/** The CEE zone that a zone of the DPE lies in. */
export const ceeZoneOf = (zone: DpeZone): CeeZone => {
  if (zone.startsWith('H1')) return 'H1';
  return zone.startsWith('H2') ? 'H2' : 'H3';
};
