import type { ElementKind } from '#core/building-model.ts';

/** Entities that may bound a heated volume, in every schema from IFC2x to IFC4x3, and what they are to us. */
export const ELEMENT_KINDS: Readonly<Record<string, ElementKind>> = {
  IFCWALL: 'wall',
  IFCWALLSTANDARDCASE: 'wall',
  IFCWALLELEMENTEDCASE: 'wall',
  IFCSLAB: 'floor',
  IFCSLABSTANDARDCASE: 'floor',
  IFCSLABELEMENTEDCASE: 'floor',
  IFCROOF: 'roof',
  IFCWINDOW: 'window',
  IFCWINDOWSTANDARDCASE: 'window',
  IFCDOOR: 'door',
  IFCDOORSTANDARDCASE: 'door',
  IFCCURTAINWALL: 'curtain-wall',
};

/** Entities read only as parts of a curtain wall, wall, slab or roof that has no body of its own. */
export const PART_TYPES: ReadonlySet<string> = new Set([
  'IFCPLATE',
  'IFCPLATESTANDARDCASE',
  'IFCMEMBER',
  'IFCMEMBERSTANDARDCASE',
  'IFCBUILDINGELEMENTPART',
  'IFCBUILDINGELEMENTPROXY',
]);

/** Coverings that insulate or clad; ceilings, floorings and skirtings say little about heat. */
export const THERMAL_COVERINGS: ReadonlySet<string> = new Set(['INSULATION', 'CLADDING', 'ROOFING']);

/** Slabs whose predefined type makes them a roof. */
export const isRoofSlab = (kind: ElementKind, predefinedType: string | undefined): boolean =>
  kind === 'floor' && predefinedType === 'ROOF';
