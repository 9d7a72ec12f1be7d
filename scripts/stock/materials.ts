import type { Construction, Telling } from './specification.ts';

export const concrete = { name: 'Béton armé', thicknessM: 0.2, conductivityWmK: 2.5 };
export const plaster = { name: 'Enduit plâtre', thicknessM: 0.013, conductivityWmK: 0.5 };
export const render = { name: 'Enduit ciment', thicknessM: 0.02, conductivityWmK: 1.15 };
export const polystyrene = (thicknessM: number) => ({
  name: 'Polystyrène expansé',
  thicknessM,
  conductivityWmK: 0.038,
});
export const wool = (thicknessM: number) => ({ name: 'Laine de verre', thicknessM, conductivityWmK: 0.04 });

export const construction = (
  name: string,
  telling: Telling,
  ...layers: Construction['layers']
): Construction => ({
  name,
  telling,
  layers,
});

export const rectangle = (width: number, depth: number) =>
  [
    [0, 0],
    [width, 0],
    [width, depth],
    [0, depth],
  ] as const;
