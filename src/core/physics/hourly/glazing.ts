/** Refractive index and short-wave transmittance at normal incidence of one clear float pane of 3 to 4 mm. */
const CLEAR_PANE = { refractiveIndex: 1.526, transmittance: 0.834 };

/** Shares of the sun on a glazing, by the cosine of incidence. */
type GlazingAtAngle = {
  /** Short-wave transmitted. */
  readonly transmitted: number;
  /** Solar factor g: transmitted, and what the panes absorb and give inwards. */
  readonly solarFactor: number;
};

export type Glazing = {
  readonly at: (cosIncidence: number) => GlazingAtAngle;
  readonly normal: GlazingAtAngle;
  /** Mean over the hemisphere, for diffuse light. */
  readonly diffuse: GlazingAtAngle;
};

type Layer = { readonly t: number; readonly r: number };

/** Transmittance and reflectance of one pane for one polarisation (Fresnel, Bouguer; Duffie and Beckman, 5.1 to 5.3). */
const pane = (interfaceReflectance: number, internalTransmittance: number): Layer => {
  const [r, a] = [interfaceReflectance, internalTransmittance];
  const t = ((1 - r) ** 2 * a) / (1 - (r * a) ** 2);
  return { t, r: r * (1 + a * t) };
};

/** Internal transmittance at normal incidence that gives a pane its transmittance. */
const internalAtNormal = (interfaceReflectance: number, transmittance: number): number => {
  const r = interfaceReflectance;
  const squared = (1 - r) ** 2;
  return (Math.sqrt(squared ** 2 + 4 * r ** 2 * transmittance ** 2) - squared) / (2 * r ** 2 * transmittance);
};

/** `count` identical panes one behind the other, and the share each absorbs, outermost first. */
const stack = (count: number, one: Layer): { readonly t: number; readonly absorbed: readonly number[] } => {
  const stacks: Layer[] = [{ t: 1, r: 0 }];
  for (let k = 0; k < count; k++) {
    const above = stacks[k];
    const between = 1 / (1 - above.r * one.r);
    stacks.push({ t: above.t * one.t * between, r: one.r + one.t ** 2 * above.r * between });
  }
  const layer = (k: number): Layer => stacks[k];
  const down = Array.from(
    { length: count + 1 },
    (_, i) => layer(i).t / (1 - layer(i).r * (i === count ? 0 : layer(count - i).r)),
  );
  const absorbed = Array.from({ length: count }, (_, i) => {
    const up = down[i + 1] * layer(count - i - 1).r;
    return (1 - one.t - one.r) * (down[i] + up);
  });
  return { t: layer(count).t, absorbed };
};

/** Film and gap resistances, m2 K/W: EN 673 (air gap of 12 mm and more, uncoated) and ISO 6946. */
const OUTSIDE = 0.04;
const INSIDE = 0.13;
const GAP = 0.173;

const GRID = 180;

/**
 * Clear glazing of 1 to 3 identical panes by angle: Fresnel reflection of both polarisations, absorption along the
 * path, reflections between panes, and the heat of absorbing panes shared by the resistances on both sides (ISO 9050).
 */
export const clearGlazing = (panes: number, paneTransmittance = CLEAR_PANE.transmittance): Glazing => {
  const n = CLEAR_PANE.refractiveIndex;
  const atNormal = ((n - 1) / (n + 1)) ** 2;
  const internal = internalAtNormal(atNormal, paneTransmittance);
  const whole = OUTSIDE + INSIDE + (panes - 1) * GAP;
  const exact = (cosine: number): GlazingAtAngle => {
    if (cosine <= 0) return { transmitted: 0, solarFactor: 0 };
    const refracted = Math.sqrt(1 - (1 - cosine ** 2) / n ** 2);
    const path = internal ** (1 / refracted);
    const perpendicular = ((cosine - n * refracted) / (cosine + n * refracted)) ** 2;
    const parallel = ((n * cosine - refracted) / (n * cosine + refracted)) ** 2;
    let [transmitted, inwards] = [0, 0];
    for (const reflectance of [perpendicular, parallel]) {
      const { t, absorbed } = stack(panes, pane(reflectance, path));
      transmitted += t / 2;
      for (const [i, share] of absorbed.entries()) inwards += (share / 2) * ((OUTSIDE + i * GAP) / whole);
    }
    return { transmitted, solarFactor: transmitted + inwards };
  };
  const grid = Array.from({ length: GRID + 1 }, (_, k) => exact(k / GRID));
  const between = (cosine: number): GlazingAtAngle => {
    const at = Math.min(1, Math.max(0, cosine)) * GRID;
    const low = Math.min(GRID - 1, Math.floor(at));
    const [a, b] = [grid[low], grid[low + 1]];
    const part = at - low;
    return {
      transmitted: a.transmitted + part * (b.transmitted - a.transmitted),
      solarFactor: a.solarFactor + part * (b.solarFactor - a.solarFactor),
    };
  };
  let [transmitted, solarFactor] = [0, 0];
  for (let k = 0; k < GRID; k++) {
    const cosine = (k + 0.5) / GRID;
    const value = exact(cosine);
    transmitted += (2 * cosine * value.transmitted) / GRID;
    solarFactor += (2 * cosine * value.solarFactor) / GRID;
  }
  return { at: between, normal: exact(1), diffuse: { transmitted, solarFactor } };
};
