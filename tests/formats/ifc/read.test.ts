import { describe, expect, it } from 'vitest';
import type { BuildingModel, Face, SourceElement, Vec3 } from '../../../src/core/building-model.ts';
import { bytesSource } from '../../../src/core/byte-source.ts';
import { enclosedVolume } from '../../../src/core/geometry/index.ts';
import { readIfc, type ReadIfcOptions } from '../../../src/formats/ifc/index.ts';
import { smallHouse } from './small-house.ts';

const read = async (text: string, options?: ReadIfcOptions): Promise<BuildingModel> => {
  const result = await readIfc(bytesSource('house.ifc', Buffer.from(text, 'latin1')), options);
  if (!result.ok) throw new Error(result.error.message.en);
  return result.value;
};

const named = (model: BuildingModel, name: string): SourceElement => {
  const found = model.elements.find((element) => element.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

const codes = (model: BuildingModel): string[] => model.warnings.map(({ code }) => code);

/** Newell: half the length of the sum of edge cross products. */
const ringArea = (ring: readonly Vec3[]): number => {
  const sum = [0, 0, 0];
  for (const [i, a] of ring.entries()) {
    const b = ring[(i + 1) % ring.length];
    sum[0] += a[1] * b[2] - a[2] * b[1];
    sum[1] += a[2] * b[0] - a[0] * b[2];
    sum[2] += a[0] * b[1] - a[1] * b[0];
  }
  return Math.hypot(...sum) / 2;
};

const areaOf = (faces: readonly Face[] = []): number =>
  faces.reduce(
    (total, { outer, holes }) =>
      total + ringArea(outer) - holes.reduce((hole, ring) => hole + ringArea(ring), 0),
    0,
  );

/** Surface of a box. */
const box = (x: number, y: number, z: number): number => 2 * (x * y + y * z + z * x);

describe('reading a small house', () => {
  it('finds elements, layers, properties, openings, spaces and boundaries', async () => {
    const model = await read(smallHouse());
    expect(model.warnings.map(({ code }) => code)).toEqual(['north-assumed']);
    expect(model.elements.map(({ kind }) => kind).sort()).toEqual([
      'door',
      'floor',
      'roof',
      'wall',
      'wall',
      'wall',
      'wall',
      'window',
    ]);
    const south = named(model, 'south');
    expect(south).toMatchObject({
      ifcType: 'IFCWALLSTANDARDCASE',
      declaredUWm2K: 0.31,
      isExternal: true,
      predefinedType: 'SOLIDWALL',
      statedAreasM2: { NetSideArea: 27.6 },
      layers: [
        { name: 'Brique', thicknessM: 0.2 },
        { name: 'Laine de verre', thicknessM: 0.1, conductivityWmK: 0.035 },
      ],
    });
    expect(areaOf(south.shape?.faces)).toBeCloseTo(box(10, 0.3, 3), 9);
    expect(named(model, 'east').declaredUWm2K).toBeUndefined();
    const window = named(model, 'IFCWINDOW');
    expect(window).toMatchObject({ hostId: south.globalId, overallWidthM: 2, overallHeightM: 1.2 });
    expect(window.shape).toBeUndefined();
    expect(areaOf(window.openingShape?.faces)).toBeCloseTo(box(2, 0.5, 1.2), 9);
    expect(model.openings).toMatchObject([
      { hostId: south.globalId, filledBy: window.globalId },
      { filledBy: named(model, 'IFCDOOR').globalId },
    ]);
    expect(model.spaces).toMatchObject([{ longName: 'Salon', storeyId: model.storeys[0]?.globalId }]);
    expect(model.boundaries).toHaveLength(1);
    const [boundary] = model.boundaries;
    expect(boundary).toMatchObject({ side: 'external', level: 2, physical: true, elementId: south.globalId });
    expect(ringArea(boundary?.face?.outer ?? [])).toBeCloseTo(9.4 * 3, 9);
    expect(model).toMatchObject({ buildingName: 'Maison', siteElevationM: 35, lengthUnit: 'metre' });
    expect(model.latitudeDeg).toBeCloseTo(48 + 51 / 60 + 29.5 / 3600, 9);
    expect(model.storeys[0]?.name).toBe('Rez-de-chaussée');
  });

  it.each([
    ['millimetre', 0.001, '#11=IFCSIUNIT(*,.LENGTHUNIT.,.MILLI.,.METRE.);'],
    ['centimetre', 0.01, '#11=IFCSIUNIT(*,.LENGTHUNIT.,.CENTI.,.METRE.);'],
    [
      'foot',
      0.3048,
      `#13=IFCDIMENSIONALEXPONENTS(1,0,0,0,0,0,0);
#14=IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.);
#15=IFCMEASUREWITHUNIT(IFCRATIOMEASURE(0.3048),#14);
#11=IFCCONVERSIONBASEDUNIT(#13,.LENGTHUNIT.,'FOOT',#15);`,
    ],
    [
      'inch',
      0.0254,
      `#14=IFCSIUNIT(*,.LENGTHUNIT.,.MILLI.,.METRE.);
#15=IFCMEASUREWITHUNIT(IFCLENGTHMEASURE(25.4),#14);
#11=IFCCONVERSIONBASEDUNIT($,.LENGTHUNIT.,'INCH',#15);`,
    ],
  ])('gives the same metres from a file in %s', async (name, metresPerUnit, unit) => {
    const unitRecords = `${unit}\n#12=IFCUNITASSIGNMENT((#11));`;
    const model = await read(smallHouse({ metresPerUnit, unitRecords }));
    expect(model.lengthUnit).toBe(name);
    const south = named(model, 'south');
    expect(areaOf(south.shape?.faces)).toBeCloseTo(box(10, 0.3, 3), 5);
    expect(south.layers[1]?.thicknessM).toBeCloseTo(0.1, 9);
    expect(south.statedAreasM2['NetSideArea']).toBeCloseTo(27.6, 6);
    expect(named(model, 'IFCWINDOW').overallWidthM).toBeCloseTo(2, 9);
    expect(ringArea(model.boundaries[0]?.face?.outer ?? [])).toBeCloseTo(28.2, 5);
  });

  it('assumes metres when the file names no unit, and says so', async () => {
    const model = await read(smallHouse({ unitRecords: '' }));
    expect(codes(model)).toContain('length-unit-assumed');
    expect(areaOf(named(model, 'south').shape?.faces)).toBeCloseTo(box(10, 0.3, 3), 9);
  });

  it.each(['IFC2X_FINAL', 'IFC2X3', 'IFC4', 'IFC4X3_ADD2'])('reads schema %s alike', async (schema) => {
    const model = await read(smallHouse({ schema }));
    expect(named(model, 'north').layers[1]).toMatchObject({ conductivityWmK: 0.035 });
    expect(model.elements.filter(({ kind }) => kind === 'wall')).toHaveLength(4);
    expect(model.boundaries).toHaveLength(1);
  });

  it.each([
    ['(0.766044,0.642788)', -50, true],
    ['(0.,-1.)', 180, true],
    ['(0.,1.,0.)', 0, true],
    ['(2.,6.1E-17,1.)', 0, false],
    ['(5.,5.)', 0, false],
  ])('reads true north %s as %d degrees', async (ratios, northDeg, stated) => {
    const model = await read(smallHouse({ trueNorth: `#23=IFCDIRECTION(${ratios});` }));
    expect(Math.abs(model.northDeg)).toBeCloseTo(Math.abs(northDeg), 3);
    if (northDeg === -50) expect(model.northDeg).toBeLessThan(0);
    expect(model.northStated).toBe(stated);
    expect(codes(model).includes('north-malformed')).toBe(!stated);
  });

  it('shifts national-grid coordinates near the origin without touching heights', async () => {
    const far = smallHouse().replace('#50=IFCLOCALPLACEMENT($,#21);', (line) =>
      line
        .replace('#21', '#26')
        .concat('\n#25=IFCCARTESIANPOINT((2600000.,1200000.,400.));\n#26=IFCAXIS2PLACEMENT3D(#25,$,$);'),
    );
    const model = await read(far);
    const points = model.elements.flatMap(({ shape }) => shape?.faces ?? []).flatMap(({ outer }) => outer);
    expect(Math.max(...points.map(([x, y]) => Math.hypot(x, y)))).toBeLessThan(20);
    expect(model.storeys[0]?.elevationM).toBeCloseTo(400, 6);
    expect(Math.min(...points.map((point) => point[2]))).toBeCloseTo(399.8, 6);
    expect(areaOf(named(model, 'south').shape?.faces)).toBeCloseTo(box(10, 0.3, 3), 6);
  });

  it('takes U-values and layers from the type when the element has none', async () => {
    const text = smallHouse({
      extra: `#900=IFCPROPERTYSINGLEVALUE('ThermalTransmittance',$,IFCREAL(1.1),$);
#901=IFCPROPERTYSINGLEVALUE('IsExternal',$,IFCBOOLEAN(.F.),$);
#902=IFCPROPERTYSET('p',$,'Pset_SlabCommon',$,(#900,#901));
#903=IFCSLABTYPE('t',$,'Dalle 20',$,$,(#902),$,$,$,.FLOOR.);
#904=IFCRELDEFINESBYTYPE('r',$,$,$,(#905),#903);
#905=IFCSLAB('s',$,'landing',$,$,#50,$,$,$);
#906=IFCMATERIAL('Beton',$,$);
#907=IFCMATERIALLAYER(#906,0.2,$,$,$,$,$);
#908=IFCMATERIALLAYERSET((#907),$,$);
#909=IFCRELASSOCIATESMATERIAL('m',$,$,$,(#903),#908);`,
    });
    expect(named(await read(text), 'landing')).toMatchObject({
      declaredUWm2K: 1.1,
      isExternal: false,
      typeName: 'Dalle 20',
      predefinedType: 'FLOOR',
      layers: [{ name: 'Beton', thicknessM: 0.2 }],
    });
  });

  it('names materials of constituent sets and lists without inventing layers', async () => {
    const text = smallHouse({
      extra: `#900=IFCSLAB('s',$,'landing',$,$,#50,$,$,$);
#901=IFCMATERIAL('Bois',$,$);
#902=IFCMATERIALCONSTITUENT('core',$,#901,$,$);
#903=IFCMATERIALCONSTITUENTSET('set',$,(#902));
#904=IFCRELASSOCIATESMATERIAL('m',$,$,$,(#900),#903);
#905=IFCSLAB('s2',$,'balcony',$,$,#50,$,$,$);
#906=IFCMATERIALLIST((#901,#901));
#907=IFCRELASSOCIATESMATERIAL('m2',$,$,$,(#905),#906);`,
    });
    const model = await read(text);
    expect(named(model, 'landing')).toMatchObject({ layers: [], materialNames: ['Bois'] });
    expect(named(model, 'balcony')).toMatchObject({ layers: [], materialNames: ['Bois', 'Bois'] });
  });

  it('makes slabs under a roof a roof, and keeps the plates of a curtain wall as its parts', async () => {
    const text = smallHouse({
      extra: `#900=IFCROOF('r',$,'roof',$,$,#50,$,$,$);
#901=IFCSLAB('s',$,'pane',$,$,#50,$,$,$);
#902=IFCRELAGGREGATES('a',$,$,$,#900,(#901));
#903=IFCCURTAINWALL('c',$,'glass',$,$,#50,$,$,$);
#904=IFCPLATE('p',$,'sheet',$,$,#50,$,$,$);
#905=IFCRELAGGREGATES('b',$,$,$,#903,(#904));
#906=IFCPLATE('q',$,'loose plate',$,$,#50,$,$,$);`,
    });
    const model = await read(text);
    expect(named(model, 'pane')).toMatchObject({ kind: 'roof', partOf: 'r' });
    expect(named(model, 'sheet')).toMatchObject({ kind: 'other', partOf: 'c' });
    expect(model.elements.some(({ name }) => name === 'loose plate')).toBe(false);
  });

  it('tells objects with the same GlobalId apart and warns', async () => {
    const text = smallHouse({
      extra: "#900=IFCSLAB('s',$,'a',$,$,#50,$,$,$);\n#901=IFCSLAB('s',$,'b',$,$,#50,$,$,$);",
    });
    const model = await read(text);
    expect(new Set(model.elements.map(({ globalId }) => globalId)).size).toBe(model.elements.length);
    expect(codes(model)).toContain('repeated-global-ids');
  });

  it('refuses a model without envelope and counts what it parsed of one that has', async () => {
    const bare = `${smallHouse().split('#1001=')[0]}ENDSEC;\nEND-ISO-10303-21;\n`;
    const refused = await readIfc(bytesSource('bare.ifc', Buffer.from(bare)));
    expect(refused).toMatchObject({ ok: false, error: { code: 'no-envelope' } });
    if (!refused.ok) expect(refused.error.message.en).not.toMatch(/unreadable/);
    const { read: counts } = await read(smallHouse());
    expect(counts.recordsParsed).toBeGreaterThan(50);
    expect(counts.recordsParsed).toBeLessThanOrEqual(counts.recordsInFile);
  });
});

describe('a model whose records cannot be read', () => {
  it('is refused with how many there are and where the first is, not only for want of walls', async () => {
    const text = smallHouse().replaceAll(/^#(\d+)=/gm, '#9007199254740993$1=');
    const refused = await readIfc(bytesSource('far.ifc', Buffer.from(text)));
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'no-envelope', where: { file: 'far.ifc', line: expect.any(Number) } },
    });
    if (refused.ok) return;
    expect(refused.error.message.en).toMatch(/\d+ unreadable records left aside, the first at line \d+\./);
    expect(refused.error.message.fr).toMatch(/\d+ enregistrements illisibles laissés de côté/);
  });
});

describe('a model of which a part was lost', () => {
  const without = async (type: string): Promise<BuildingModel> =>
    read(smallHouse().replace(new RegExp(`^#\\d+=${type}\\(.*\\n`, 'm'), ''));

  it('says that elements its storeys hold are missing, and which is the first', async () => {
    const [lost = ''] = /^#\d+(?==IFCWALL)/m.exec(smallHouse()) ?? [];
    const whole = await read(smallHouse());
    const model = await without('IFCWALL\\w*');
    expect(model.elements).toHaveLength(whole.elements.length - 1);
    expect(model.warnings).toContainEqual(expect.objectContaining({ code: 'missing-records', ref: lost }));
  });

  it('says so of what an element is made of, and of nothing when nothing was lost', async () => {
    expect(codes(await without('IFCMATERIALLAYERSET'))).toContain('missing-records');
    expect(codes(await without('IFCEXTRUDEDAREASOLID'))).toContain('missing-records');
    expect(codes(await read(smallHouse()))).not.toContain('missing-records');
  });
});

describe('hostile relations and shapes', () => {
  it('cuts wholes that contain themselves', async () => {
    const text = smallHouse({
      extra: `#900=IFCROOF('r',$,'roof',$,$,#50,$,$,$);
#901=IFCROOF('s',$,'other roof',$,$,#50,$,$,$);
#902=IFCRELAGGREGATES('a',$,$,$,#900,(#901));
#903=IFCRELAGGREGATES('b',$,$,$,#901,(#900));
#904=IFCRELCONTAINEDINSPATIALSTRUCTURE('c',$,$,$,(#905),#905);
#905=IFCROOF('t',$,'third',$,$,#50,$,$,$);`,
    });
    expect(codes(await read(text))).toContain('cyclic-aggregation');
  });

  it('survives placements that refer to each other', async () => {
    const model = await read(
      smallHouse({
        extra: `#900=IFCLOCALPLACEMENT(#901,#21);
#901=IFCLOCALPLACEMENT(#900,#21);
#902=IFCWALL('w',$,'lost',$,$,#900,$,$,$);`,
      }),
    );
    expect(named(model, 'lost').shape).toBeUndefined();
  });

  it('leaves aside a boolean that refers to itself, with a warning, and reads the rest', async () => {
    const model = await read(
      smallHouse({
        extra: `#900=IFCBOOLEANRESULT(.DIFFERENCE.,#900,#900);
#901=IFCSHAPEREPRESENTATION(#30,'Body','CSG',(#900));
#902=IFCPRODUCTDEFINITIONSHAPE($,$,(#901));
#903=IFCWALL('w',$,'ouroboros',$,$,#50,#902,$,$);`,
      }),
    );
    expect(named(model, 'ouroboros').shape?.exact ?? false).toBe(false);
    expect(codes(model).some((code) => code.startsWith('shapes-'))).toBe(true);
    expect(areaOf(named(model, 'south').shape?.faces)).toBeCloseTo(box(10, 0.3, 3), 9);
  });

  it('stops a nest of mapped items that doubles forty times, and reads the rest', async () => {
    const nest: string[] = [
      '#2000=IFCRECTANGLEPROFILEDEF(.AREA.,$,$,1.,1.);',
      '#2001=IFCEXTRUDEDAREASOLID(#2000,#21,#22,1.);',
      "#2002=IFCSHAPEREPRESENTATION(#30,'Body','SweptSolid',(#2001));",
      '#2003=IFCCARTESIANTRANSFORMATIONOPERATOR3D($,$,#20,$,$);',
    ];
    let last = 2002;
    for (let level = 0; level < 40; level++) {
      const id = 2010 + level * 10;
      nest.push(
        `#${id}=IFCREPRESENTATIONMAP(#21,#${last});`,
        `#${id + 1}=IFCMAPPEDITEM(#${id},#2003);`,
        `#${id + 2}=IFCMAPPEDITEM(#${id},#2003);`,
        `#${id + 3}=IFCSHAPEREPRESENTATION(#30,'Body','MappedRepresentation',(#${id + 1},#${id + 2}));`,
      );
      last = id + 3;
    }
    nest.push(
      `#900=IFCPRODUCTDEFINITIONSHAPE($,$,(#${last}));`,
      "#901=IFCWALL('w',$,'bomb',$,$,#50,#900,$,$);",
    );
    const model = await read(smallHouse({ extra: nest.join('\n') }), { deadlineMs: 20_000 });
    expect(named(model, 'bomb').shape).toBeUndefined();
    expect(codes(model)).toContain('shapes-beyond-bounds');
    expect(areaOf(named(model, 'south').shape?.faces)).toBeCloseTo(box(10, 0.3, 3), 9);
  }, 30_000);

  it('stops at the deadline with a sentence in both languages', async () => {
    const result = await readIfc(bytesSource('house.ifc', Buffer.from(smallHouse())), { deadlineMs: 0 });
    expect(result).toMatchObject({ ok: false, error: { code: 'deadline-passed' } });
  });
});

describe('what a file says of a whole or not at all', () => {
  it('a roof slab takes material and U of the roof it is a part of', async () => {
    const text = smallHouse();
    const slab = /#(\d+)=IFCSLAB\('[^']*',\$,'ROOF'/.exec(text)?.[1];
    const extra = `#900=IFCROOF('0StacoptimRoof0000900',$,'whole',$,$,#50,$,$,.FLAT_ROOF.);
#901=IFCRELAGGREGATES('0StacoptimRoof0000901',$,$,$,#900,(#${slab}));
#902=IFCMATERIAL('Laine de roche',$,$);
#903=IFCMATERIALLAYER(#902,0.3,$,$,$,$,$);
#904=IFCMATERIALLAYERSET((#903),'Toit',$);
#905=IFCRELASSOCIATESMATERIAL('0StacoptimRoof0000905',$,$,$,(#900),#904);
#906=IFCPROPERTYSINGLEVALUE('ThermalTransmittance',$,IFCTHERMALTRANSMITTANCEMEASURE(0.12),$);
#907=IFCPROPERTYSET('0StacoptimRoof0000907',$,'Pset_RoofCommon',$,(#906));
#908=IFCRELDEFINESBYPROPERTIES('0StacoptimRoof0000908',$,$,$,(#900),#907);`;
    const model = await read(smallHouse({ extra }));
    expect(named(model, 'ROOF')).toMatchObject({
      kind: 'roof',
      partOf: named(model, 'whole').globalId,
      declaredUWm2K: 0.12,
      layers: [{ name: 'Laine de roche', thicknessM: 0.3 }],
    });
  });

  it('a window tied to no opening says where it is placed; one that fills an opening need not', async () => {
    const extra = `#900=IFCCARTESIANPOINT((4.,0.,0.9));
#901=IFCAXIS2PLACEMENT3D(#900,$,$);
#902=IFCLOCALPLACEMENT(#50,#901);
#903=IFCWINDOW('0StacoptimRoof0000903',$,'loose',$,$,#902,$,$,1.2,2.,$,$,$);`;
    const model = await read(smallHouse({ extra }));
    expect(named(model, 'loose').position).toEqual([4, 0, 0.9]);
    expect(named(model, 'IFCWINDOW').position).toBeUndefined();
  });

  it('a mapped body mirrored by its operator keeps its size and faces outwards', async () => {
    const extra = `#900=IFCCARTESIANPOINT((1.,0.5));
#901=IFCAXIS2PLACEMENT2D(#900,$);
#902=IFCRECTANGLEPROFILEDEF(.AREA.,$,#901,2.,1.);
#903=IFCEXTRUDEDAREASOLID(#902,#21,#22,3.);
#904=IFCSHAPEREPRESENTATION(#30,'Body','SweptSolid',(#903));
#905=IFCREPRESENTATIONMAP(#21,#904);
#906=IFCDIRECTION((-1.,0.,0.));
#907=IFCDIRECTION((0.,1.,0.));
#908=IFCDIRECTION((0.,0.,1.));
#909=IFCCARTESIANTRANSFORMATIONOPERATOR3D(#906,#907,#20,1.,#908);
#910=IFCMAPPEDITEM(#905,#909);
#911=IFCSHAPEREPRESENTATION(#30,'Body','MappedRepresentation',(#910));
#912=IFCPRODUCTDEFINITIONSHAPE($,$,(#911));
#913=IFCWALL('0StacoptimRoof0000913',$,'mirrored',$,$,#50,#912,$,$);`;
    const model = await read(smallHouse({ extra }));
    const faces = named(model, 'mirrored').shape?.faces ?? [];
    const xs = faces.flatMap(({ outer }) => outer.map(([x]) => x));
    expect([Math.min(...xs), Math.max(...xs)]).toEqual([-2, 0]);
    expect(enclosedVolume(faces)).toBeCloseTo(6, 9);
  });

  it('arcs trimmed in degrees in a file that declares none still close a circle', async () => {
    const arc = (k: number, axis: number, from: string, to: string): string =>
      `#${k}=IFCAXIS2PLACEMENT2D(#900,#${axis});
#${k + 1}=IFCCIRCLE(#${k},0.5);
#${k + 2}=IFCTRIMMEDCURVE(#${k + 1},(IFCPARAMETERVALUE(0.)${from}),(IFCPARAMETERVALUE(180.)${to}),.T.,.PARAMETER.);
#${k + 3}=IFCCOMPOSITECURVESEGMENT(.CONTINUOUS.,.T.,#${k + 2});`;
    const body = (
      points: readonly [string, string, string, string],
    ): string => `#900=IFCCARTESIANPOINT((5.,5.));
#901=IFCDIRECTION((1.,0.));
#902=IFCDIRECTION((-1.,0.));
#903=IFCCARTESIANPOINT((5.5,5.));
#904=IFCCARTESIANPOINT((4.5,5.));
${arc(910, 901, points[0], points[1])}
${arc(920, 902, points[2], points[3])}
#930=IFCCOMPOSITECURVE((#913,#923),.F.);
#931=IFCARBITRARYCLOSEDPROFILEDEF(.AREA.,$,#930);
#932=IFCEXTRUDEDAREASOLID(#931,#21,#22,2.);
#933=IFCSHAPEREPRESENTATION(#30,'Body','SweptSolid',(#932));
#934=IFCPRODUCTDEFINITIONSHAPE($,$,(#933));
#935=IFCWALL('0StacoptimRoof0000935',$,'round',$,$,#50,#934,$,$);`;
    for (const points of [['', '', '', ''] as const, [',#903', ',#904', ',#904', ',#903'] as const]) {
      const model = await read(smallHouse({ extra: body(points) }));
      const volume = enclosedVolume(named(model, 'round').shape?.faces ?? []);
      expect(Math.abs(volume / (Math.PI * 0.25 * 2) - 1)).toBeLessThan(0.01);
    }
  });
});
