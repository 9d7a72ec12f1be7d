import { describe, expect, it } from 'vitest';
import type { MaterialLayer, SourceElement } from '#core/building-model.ts';
import { matchMaterial } from '../../src/create/materials.ts';
import { parsePeriod, unknownPeriod } from '../../src/create/period.ts';
import { logSigma } from '../../src/create/spreads.ts';
import { resolveU, uContext } from '../../src/create/u-value.ts';
import { source, thermal } from './sample.ts';

const period = (text: string) => {
  const parsed = parsePeriod(text);
  if (!parsed.ok) throw new Error(parsed.error.message.en);
  return parsed.value;
};
const seventies = uContext(period('1975-1977'));

const wall = (over: Partial<SourceElement>) =>
  resolveU(
    source({ globalId: 'w', kind: 'wall', ...over }),
    thermal({ globalId: 'w', kind: 'wall' }),
    seventies,
  );
const window = (over: Partial<SourceElement>, kind: 'window' | 'door' = 'window') =>
  resolveU(source({ globalId: 'o', kind, ...over }), thermal({ globalId: 'o', kind }), seventies);

const layers = (...list: readonly (readonly [string, number, number?])[]): readonly MaterialLayer[] =>
  list.map(([name, thicknessM, conductivityWmK]) => ({
    name,
    thicknessM,
    ...(conductivityWmK === undefined ? {} : { conductivityWmK }),
  }));

describe('which U-value is believed', () => {
  it('a declared one between 0.05 and 7', () => {
    expect(wall({ declaredUWm2K: 0.36 }).u).toMatchObject({ value: 0.36, provenance: 'declared' });
  });

  it.each([0.01, 8.03, 20.47, -1])('not a declared %s, which is said', (declaredUWm2K) => {
    const resolved = wall({ declaredUWm2K });
    expect(resolved.u.provenance).toBe('period-default');
    expect(resolved.warnings.map((one) => one.code)).toContain('u-declared-implausible');
  });

  it('a declared zero is a value left unset: no alarm, no use', () => {
    const resolved = wall({ declaredUWm2K: 0 });
    expect(resolved.u.provenance).toBe('period-default');
    expect(resolved.warnings.map((one) => one.code)).not.toContain('u-declared-implausible');
  });

  it.each([3.6886, 5.5617, 6.7069])('not a window of %s, Revit’s own construction', (declaredUWm2K) => {
    const resolved = window({ declaredUWm2K });
    expect(resolved.u.provenance).toBe('period-default');
    expect(resolved.warnings.map((one) => one.code)).toContain('u-revit-default');
    expect(wall({ declaredUWm2K }).u.provenance).toBe('declared');
  });

  it('nor a door of 3.7021; a door of 3.7 is believed', () => {
    expect(window({ declaredUWm2K: 3.7021 }, 'door').u.provenance).toBe('period-default');
    expect(window({ declaredUWm2K: 3.7 }, 'door').u.provenance).toBe('declared');
  });

  it('the surer the source, the narrower the interval', () => {
    const widths = [
      wall({ declaredUWm2K: 0.4 }),
      wall({ layers: layers(['x', 0.2, 0.5]) }),
      wall({ layers: layers(['Brique creuse', 0.2]) }),
      wall({}),
    ].map((resolved) => logSigma(resolved.u));
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
    expect(new Set(widths).size).toBe(4);
    expect(widths[0]).toBeCloseTo(Math.log(1.1), 10);
  });

  it('U falls as the insulation thickens', () => {
    const values = [0.02, 0.05, 0.1, 0.2, 0.4].map(
      (d) => wall({ layers: layers(['Béton', 0.2], ['Polystyrène expansé', d]) }).u.value,
    );
    expect(values).toEqual([...values].sort((a, b) => b - a));
  });
});

describe('hostile layers', () => {
  it('a layer of no thickness is nothing', () => {
    expect(wall({ layers: layers(['Béton', 0.2], ['Laine de verre', 0]) }).u.value).toBeCloseTo(
      1 / (0.17 + 0.2 / 1.75),
      6,
    );
  });

  it('a conductivity of 0 or 10000 in the file gives way to the library', () => {
    for (const absurd of [0, 10_000, -4, Number.NaN])
      expect(wall({ layers: layers(['Béton', 0.2, absurd]) }).u).toMatchObject({ provenance: 'library' });
  });

  it('layers of 200 m, metres taken for millimetres, are refused and said', () => {
    const resolved = wall({ layers: layers(['Béton', 200]) });
    expect(resolved.u.provenance).toBe('period-default');
    expect(resolved.warnings.map((one) => one.code)).toContain('u-layers-absurd');
  });

  it('a thick layer of unknown stuff leaves the wall unknown, a thin one is neglected and named', () => {
    const thick = wall({ layers: layers(['Béton', 0.2], ['Zorglub', 0.1]) });
    expect(thick.u.provenance).toBe('period-default');
    expect(thick.warnings.map((one) => one.code)).toContain('u-material-unknown');
    const thin = wall({ layers: layers(['Béton', 0.2], ['Zorglub', 0.01]) });
    expect(thin.u.provenance).toBe('library');
    expect(thin.warnings.map((one) => one.code)).toContain('u-layer-neglected');
  });

  it('a placeholder layer is read by its type’s name, unless that tells of insulation', () => {
    const placeholder = { layers: layers(['Mur par défaut', 0.45]) };
    const concrete = wall({ ...placeholder, typeName: 'Ext - Béton - 45 cm' });
    expect(concrete.u.value).toBeCloseTo(1 / (0.17 + 0.45 / 1.75), 6);
    expect(concrete.u.basis).toContain('Ext - Béton');
    const insulated = wall({ ...placeholder, typeName: 'Ext - Béton isolé - 45 cm' });
    expect(insulated.u.provenance).toBe('period-default');
  });

  it('a bare sheet of copper is not a wall of U 5.9 computed with pride: it still passes through the films', () => {
    expect(wall({ layers: layers(['Cuivre', 0.001]) }).u.value).toBeCloseTo(1 / 0.17, 1);
  });

  it('a ten-centimetre metal frame is a void, not a plate', () => {
    expect(
      wall({ layers: layers(['Plasterboard', 0.0125], ['Metal - Stud Layer', 0.1]) }).u.value,
    ).toBeCloseTo(1 / (0.17 + 0.05 + 0.18), 6);
  });

  it('beyond a ventilated layer the cladding counts for nothing', () => {
    const build = (cladding: number): number =>
      wall({
        layers: [
          { name: 'Brique', thicknessM: cladding },
          { name: 'Air', thicknessM: 0.04, ventilatedAir: true },
          { name: 'Laine de roche', thicknessM: 0.12 },
          { name: 'Béton', thicknessM: 0.2 },
        ],
      }).u.value;
    expect(build(0.1)).toBe(build(0.2));
    expect(build(0.1)).toBeCloseTo(1 / (0.26 + 0.12 / 0.037 + 0.2 / 1.75), 6);
  });
});

describe('windows', () => {
  it('named triple glazing in a wooden frame is computed by its parts', () => {
    const resolved = window({
      typeName: 'Fenêtre bois triple vitrage',
      overallWidthM: 1.23,
      overallHeightM: 1.48,
    });
    expect(resolved.u.provenance).toBe('library');
    expect(resolved.u.value).toBeCloseTo((1.3184 * 0.7 + 0.502 * 1.8 + 4.62 * 0.08) / 1.8204, 6);
    expect(resolved.solarFactor).toBe(0.5);
  });

  it('4/16/4 is double glazing; a declared solar factor is kept', () => {
    expect(window({ materialNames: ['Verre 4/16/4'] }).u.basis).toContain('double');
    expect(window({ declaredSolarFactor: 0.42 }).solarFactor).toBe(0.42);
    expect(window({ declaredSolarFactor: 0 }).solarFactor).toBeGreaterThan(0);
  });

  it('walls let no sun through', () => {
    expect(wall({}).solarFactor).toBe(0);
  });
});

describe('construction period', () => {
  it('reads a year, a range, before and after, in French and English', () => {
    const names = (text: string) => period(text).classes.map((one) => one.id);
    expect(names('1976')).toEqual(['1975-1977']);
    expect(names('1975-1977')).toEqual(['1975-1977']);
    expect(names('avant 1975')).toEqual(['before-1975']);
    expect(names('before 1975')).toEqual(['before-1975']);
    expect(names('>=2013')).toEqual(['from-2013']);
    expect(names('après 2012')).toEqual(['2006-2012', 'from-2013']);
    expect(names('1975 à 1985')).toEqual(['1975-1977', '1978-1982', '1983-1988']);
  });

  it.each(['', 'ancien', '1977-1975', '99999', '12'])('refuses “%s”', (text) => {
    expect(parsePeriod(text).ok).toBe(false);
  });

  it('the more classes, the wider; none known is the widest and says so', () => {
    const of = (context: ReturnType<typeof uContext>) =>
      resolveU(source({ globalId: 'w', kind: 'wall' }), thermal({ globalId: 'w', kind: 'wall' }), context);
    const one = of(seventies);
    const two = of(uContext(period('1975-1990')));
    const none = of(uContext(unknownPeriod));
    expect(logSigma(one.u)).toBeLessThan(logSigma(two.u));
    expect(logSigma(two.u)).toBeLessThan(logSigma(none.u));
    expect(none.u.low).toBeLessThan(0.23);
    expect(none.u.high).toBeGreaterThan(2.5);
    expect(none.warnings.map((warning) => warning.code)).toEqual(['u-period-unknown']);
    expect(none.u.basis).toContain('Widest default');
  });
});

describe('material names', () => {
  it.each([
    ['Béton armé (C25/30)', 'reinforced-concrete'],
    ['STAHLBETON 65690', 'reinforced-concrete'],
    ['Leichtbeton 102890359', 'lightweight-concrete'],
    ['Polystyrène, expansé', 'eps'],
    ['Polystyrène extrudé', 'xps'],
    ['Laine de verre 32', 'glass-wool'],
    ['Misc. Air Layers - Air Space', 'air'],
    ["Lame d'air", 'air'],
    ['parpaings creux', 'concrete-block'],
    ['Masonry - Concrete Block', 'concrete-block'],
    ['Kalksandstein', 'sand-lime-brick'],
    ['Gipskartonplatte', 'plasterboard'],
  ])('%s is %s', (name, id) => {
    expect(matchMaterial(name)?.id).toBe(id);
  });

  it.each(['Merged material', 'OW_EnEV2002_M_in', '', 'Sandwich', 'x'.repeat(1_000_000)])(
    '%.20s is nothing known',
    (name) => {
      expect(matchMaterial(name)).toBeUndefined();
    },
  );
});
