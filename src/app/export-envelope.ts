import type { Envelope, EnvelopeElement } from '#create/index.ts';
import { type GbxmlBuilding, type GbxmlOpening, writeGbxml } from '#formats/gbxml/index.ts';
import { type ResolvedTransmittance } from '#formats/ifc/enrich.ts';
import type { Twin } from '../core/twin.ts';

/** gbXML's names for the uses of a building; what it has no name for is "Unknown". */
const buildingTypes: Readonly<Record<Twin['use'], string>> = {
  housing: 'MultiFamily',
  school: 'SchoolOrUniversity',
  sports: 'Gymnasium',
  museum: 'Museum',
  office: 'Office',
  community: 'Unknown',
  pool: 'Gymnasium',
  other: 'Unknown',
};

const isOpening = (element: EnvelopeElement): boolean =>
  element.kind === 'window' || element.kind === 'door' || element.kind === 'curtain-wall';

const apartDeg = (a: number, b: number): number => {
  const apart = Math.abs(a - b) % 360;
  return Math.min(apart, 360 - apart);
};

type Host = { readonly element: EnvelopeElement; readonly openings: EnvelopeElement[] };

/** The wall or roof an opening stands in: its own host, else the one that faces its way, the largest first. */
const hostOf = (opening: EnvelopeElement, hosts: readonly Host[]): Host | undefined => {
  const own = hosts.find(({ element }) => element.globalId === opening.hostId);
  if (own !== undefined) return own;
  return hosts
    .filter(({ element }) => element.exposure === opening.exposure && element.kind !== 'floor')
    .toSorted(
      (a, b) =>
        apartDeg(a.element.azimuthDeg, opening.azimuthDeg) +
        Math.abs(a.element.tiltDeg - opening.tiltDeg) -
        apartDeg(b.element.azimuthDeg, opening.azimuthDeg) -
        Math.abs(b.element.tiltDeg - opening.tiltDeg),
    )[0];
};

/** What gbXML needs of an envelope: opaque surfaces with the openings that stand in them. Internal elements are left out. */
const gbxmlBuilding = (
  envelope: Envelope,
  building: Pick<Twin, 'buildingId' | 'name' | 'use'>,
): GbxmlBuilding => {
  const outer = envelope.elements.filter((one) => one.exposure !== 'internal' && one.areaNetM2 > 0);
  const hosts = outer.filter((one) => !isOpening(one)).map((element): Host => ({ element, openings: [] }));
  const alone: Host[] = [];
  for (const opening of outer.filter(isOpening)) {
    const host = hostOf(opening, hosts);
    if (host !== undefined) host.openings.push(opening);
    // A façade all of glass has no wall to stand in: it is one.
    else alone.push({ element: { ...opening, kind: 'wall', areaNetM2: 0 }, openings: [opening] });
  }
  const toOpening = (one: EnvelopeElement): GbxmlOpening => ({
    id: one.globalId,
    name: one.name,
    kind: one.kind === 'door' ? 'door' : 'window',
    areaM2: one.areaNetM2,
    uWm2K: one.u.value,
    solarFactor: one.solarFactor,
  });
  const cold = envelope.cells.filter((cell) => !cell.heated);
  return {
    id: building.buildingId,
    name: building.name,
    buildingType: buildingTypes[building.use],
    floorAreaM2: envelope.floorAreaM2,
    volumeM3: envelope.volumeM3,
    unheatedAreaM2: cold.reduce((sum, cell) => sum + cell.floorAreaM2, 0),
    unheatedVolumeM3: cold.reduce((sum, cell) => sum + cell.volumeM3, 0),
    surfaces: [...hosts, ...alone].flatMap(({ element, openings }) =>
      element.exposure === 'internal'
        ? []
        : [
            {
              id: element.globalId,
              name: element.name,
              kind: element.kind === 'roof' || element.kind === 'floor' ? element.kind : 'wall',
              exposure: element.exposure,
              areaGrossM2: element.areaNetM2 + openings.reduce((sum, one) => sum + one.areaNetM2, 0),
              azimuthDeg: element.azimuthDeg,
              tiltDeg: element.tiltDeg,
              uWm2K: element.u.value,
              openings: openings.map(toOpening),
            },
          ],
    ),
  };
};

/** The envelope as a gbXML document. */
export const envelopeGbxml = (
  envelope: Envelope,
  building: Pick<Twin, 'buildingId' | 'name' | 'use'>,
): string => writeGbxml(gbxmlBuilding(envelope, building));

/** The U-values to write back into a model: those of the envelope's own elements, the largest part of each. */
export const resolvedTransmittances = (envelope: Envelope): ResolvedTransmittance[] => {
  const parts = Map.groupBy(
    envelope.elements.filter((one) => one.exposure !== 'internal' && one.ifcType !== 'none'),
    (one) => one.globalId,
  );
  return [...parts.values()].flatMap((list) => {
    const [largest] = list.toSorted((a, b) => b.areaNetM2 - a.areaNetM2);
    if (largest === undefined) return [];
    const { value, low, high, provenance } = largest.u;
    return [{ globalId: largest.globalId, uWm2K: value, lowWm2K: low, highWm2K: high, provenance }];
  });
};
