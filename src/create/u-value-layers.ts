import type { MaterialLayer } from '#core/building-model.ts';
import {
  airLayerResistance,
  type FarSide,
  type HeatFlow,
  surfaceResistances,
  type UValueLayer,
  uOfLayers,
} from '#core/physics/u-values/index.ts';
import { type MaterialMatcher, materialTableVersion } from './materials.ts';

/** Conductivities outside these bounds, W/(m K), are placeholders or unit errors: vacuum panels to copper. */
const CONDUCTIVITY_BOUNDS = [0.005, 500] as const;
const MAX_THICKNESS_M = 2;
/** A layer nobody recognises is neglected up to this thickness (a finish, a membrane); thicker, the wall is not known. */
const NEGLIGIBLE_THICKNESS_M = 0.025;
/** Metal in layers thicker than sheet is a frame with a void in it, not a solid plate. */
const SHEET_THICKNESS_M = 0.02;

export type LayersU =
  | {
      readonly ok: true;
      readonly uWm2K: number;
      readonly provenance: 'computed' | 'library';
      readonly basis: string;
      /** Names of layers left out, for a warning. */
      readonly neglected: readonly string[];
    }
  | {
      readonly ok: false;
      readonly reason: 'no-layer' | 'unknown-material' | 'absurd';
      readonly name: string;
    };

type Read = { readonly layer: UValueLayer; readonly said: string; readonly fromLibrary: boolean };

const stated = (layer: MaterialLayer): number | undefined => {
  const value = layer.conductivityWmK;
  return value !== undefined && value >= CONDUCTIVITY_BOUNDS[0] && value <= CONDUCTIVITY_BOUNDS[1]
    ? value
    : undefined;
};

const round = (value: number): string => String(Number(value.toPrecision(3)));

const readLayer = (layer: MaterialLayer, flow: HeatFlow, match: MaterialMatcher): Read | undefined => {
  const { thicknessM, name } = layer;
  const air = (why: string): Read => {
    const resistanceM2KW = airLayerResistance(thicknessM, flow);
    return {
      layer: { resistanceM2KW },
      said: `${round(thicknessM)} m ${name} R ${round(resistanceM2KW)} (${why})`,
      fromLibrary: true,
    };
  };
  const conductivity = stated(layer);
  const material = match(name);
  if (material?.kind === 'air') return air('air layer, ISO 6946 table 2');
  if (conductivity !== undefined)
    return {
      layer: { thicknessM, conductivityWmK: conductivity },
      said: `${round(thicknessM)} m ${name} λ ${round(conductivity)} (file)`,
      fromLibrary: false,
    };
  if (material === undefined) return undefined;
  if (material.kind === 'metal' && thicknessM > SHEET_THICKNESS_M) return air('metal frame taken as a void');
  return {
    layer: { thicknessM, conductivityWmK: material.conductivityWmK },
    said: `${round(thicknessM)} m ${name} λ ${round(material.conductivityWmK)} (library ${material.id})`,
    fromLibrary: true,
  };
};

/**
 * What a well-ventilated air layer leaves: the side with the greater resistance, since the side cut off is the cladding
 * (ISO 6946:2017, 6.9.4). The file does not say which side is outside.
 */
const withinVentilated = (
  layers: readonly MaterialLayer[],
  resistance: (part: readonly MaterialLayer[]) => number,
): { readonly kept: readonly MaterialLayer[]; readonly cut: boolean } => {
  const at = layers.findIndex((layer) => layer.ventilatedAir === true);
  if (at < 0) return { kept: layers, cut: false };
  const before = layers.slice(0, at);
  const after = layers.slice(at + 1).filter((layer) => layer.ventilatedAir !== true);
  return { kept: resistance(before) >= resistance(after) ? before : after, cut: true };
};

/**
 * U of an element from the file's layers (ISO 6946:2017, 6.7), W/(m2 K): the file's conductivities where plausible, else the
 * library's by name. Layers without thickness are nothing; unrecognised thin ones are neglected and named.
 */
export const uFromLayers = (
  layers: readonly MaterialLayer[],
  flow: HeatFlow,
  farSide: FarSide,
  match: MaterialMatcher,
): LayersU => {
  const solid = layers.filter((layer) => Number.isFinite(layer.thicknessM) && layer.thicknessM > 0);
  if (solid.length === 0) return { ok: false, reason: 'no-layer', name: layers[0]?.name ?? '' };
  const thick = solid.find((layer) => layer.thicknessM > MAX_THICKNESS_M);
  if (thick !== undefined) return { ok: false, reason: 'absurd', name: thick.name };
  const resistanceOf = (part: readonly MaterialLayer[]): number =>
    part.reduce((sum, layer) => {
      const read = readLayer(layer, flow, match)?.layer;
      if (read === undefined || 'parts' in read) return sum;
      return sum + ('resistanceM2KW' in read ? read.resistanceM2KW : read.thicknessM / read.conductivityWmK);
    }, 0);
  const { kept, cut } = withinVentilated(solid, resistanceOf);
  const reads: Read[] = [];
  const neglected: string[] = [];
  for (const layer of kept) {
    const read = readLayer(layer, flow, match);
    if (read !== undefined) reads.push(read);
    else if (layer.thicknessM <= NEGLIGIBLE_THICKNESS_M) neglected.push(layer.name);
    else return { ok: false, reason: 'unknown-material', name: layer.name };
  }
  if (reads.length === 0) return { ok: false, reason: 'unknown-material', name: neglected[0] ?? '' };
  const films = surfaceResistances(flow, cut ? 'unheated' : farSide);
  const u = uOfLayers(
    reads.map((read) => read.layer),
    films,
  );
  if (!u.ok) return { ok: false, reason: 'absurd', name: kept[0]?.name ?? '' };
  const fromLibrary = reads.some((read) => read.fromLibrary) || neglected.length > 0;
  const version = fromLibrary ? `; materials table version ${materialTableVersion}` : '';
  const left = neglected.length > 0 ? `; neglected: ${neglected.join(', ')}` : '';
  const behind = cut ? '; cladding beyond the ventilated layer left out (6.9.4)' : '';
  return {
    ok: true,
    uWm2K: u.value.uWm2K,
    provenance: fromLibrary ? 'library' : 'computed',
    basis: `ISO 6946:2017 6.7: Rsi ${films.rsiM2KW} + ${reads.map((read) => read.said).join(' + ')} + Rse ${films.rseM2KW} = R ${round(u.value.resistanceM2KW)} m2K/W${left}${behind}${version}`,
    neglected,
  };
};
