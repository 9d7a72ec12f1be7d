/** A window by its parts: areas in m2, glazing edge in m, U in W/(m2 K), edge psi in W/(m K). */
type WindowParts = {
  readonly glassAreaM2: number;
  readonly frameAreaM2: number;
  readonly edgeLengthM: number;
  readonly glassUWm2K: number;
  readonly frameUWm2K: number;
  readonly edgePsiWmK: number;
};

/** U of a window from glass, frame and edge, W/(m2 K) (ISO 10077-1:2017, 6.2.1, formula 1). */
export const windowU = (parts: WindowParts): number =>
  (parts.glassAreaM2 * parts.glassUWm2K +
    parts.frameAreaM2 * parts.frameUWm2K +
    parts.edgeLengthM * parts.edgePsiWmK) /
  (parts.glassAreaM2 + parts.frameAreaM2);

/**
 * Glass, frame and edge of a rectangular single-pane window of outer size `widthM` × `heightM` with a frame of one
 * visible width all round. A frame wider than half the window leaves no glass.
 */
export const rectangularWindow = (
  widthM: number,
  heightM: number,
  frameWidthM: number,
): { readonly glassAreaM2: number; readonly frameAreaM2: number; readonly edgeLengthM: number } => {
  const glassWidth = Math.max(0, widthM - 2 * frameWidthM);
  const glassHeight = Math.max(0, heightM - 2 * frameWidthM);
  const glassAreaM2 = glassWidth * glassHeight;
  return {
    glassAreaM2,
    frameAreaM2: widthM * heightM - glassAreaM2,
    edgeLengthM: glassAreaM2 === 0 ? 0 : 2 * (glassWidth + glassHeight),
  };
};
