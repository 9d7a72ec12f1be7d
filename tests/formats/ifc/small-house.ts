/**
 * A one-room house written by hand for these tests: 10 m by 8 m outside, walls 3 m high and 0.3 m thick, a window of
 * 2 m by 1.2 m in the south wall and a door of 1 m by 2.1 m in the east wall, a ground slab and a flat roof.
 */
export type HouseOptions = {
  readonly schema?: string;
  /** Metres in the file's unit of length, with the records that say so. */
  readonly metresPerUnit?: number;
  readonly unitRecords?: string;
  readonly trueNorth?: string;
  readonly extra?: string;
  readonly header?: string;
  readonly end?: string;
};

const METRE = `#11=IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.);
#12=IFCUNITASSIGNMENT((#11));`;

const guid = (n: number): string => `0StacoptimHouse${String(n).padStart(7, '0')}`;

export const smallHouse = ({
  schema = 'IFC4',
  metresPerUnit = 1,
  unitRecords = METRE,
  trueNorth = '',
  extra = '',
  header = '',
  end = 'ENDSEC;\nEND-ISO-10303-21;\n',
}: HouseOptions = {}): string => {
  const old = schema.startsWith('IFC2X');
  const n = (metres: number): string => {
    const text = String(Math.round((metres / metresPerUnit) * 1e9) / 1e9);
    return text.includes('.') ? text : `${text}.`;
  };
  let id = 1000;
  const lines: string[] = [];
  const put = (text: string): number => {
    lines.push(`#${++id}=${text};`);
    return id;
  };
  const box = (
    x: number,
    y: number,
    z: number,
    dx: number,
    dy: number,
    dz: number,
  ): { place: number; body: number } => {
    const origin = put(`IFCCARTESIANPOINT((${n(x)},${n(y)},${n(z)}))`);
    const axes = put(`IFCAXIS2PLACEMENT3D(#${origin},$,$)`);
    const place = put(`IFCLOCALPLACEMENT(#50,#${axes})`);
    const centre = put(`IFCCARTESIANPOINT((${n(dx / 2)},${n(dy / 2)}))`);
    const flat = put(`IFCAXIS2PLACEMENT2D(#${centre},$)`);
    const profile = put(`IFCRECTANGLEPROFILEDEF(.AREA.,$,#${flat},${n(dx)},${n(dy)})`);
    const solid = put(`IFCEXTRUDEDAREASOLID(#${profile},#21,#22,${n(dz)})`);
    const shape = put(`IFCSHAPEREPRESENTATION(#30,'Body','SweptSolid',(#${solid}))`);
    return { place, body: put(`IFCPRODUCTDEFINITIONSHAPE($,$,(#${shape}))`) };
  };
  const wall = (k: number, name: string, ...size: Parameters<typeof box>): number => {
    const { place, body } = box(...size);
    return put(
      `IFCWALLSTANDARDCASE('${guid(k)}',$,'${name}',$,$,#${place},#${body},$${old ? '' : ',.SOLIDWALL.'})`,
    );
  };
  const slab = (k: number, kind: string, ...size: Parameters<typeof box>): number => {
    const { place, body } = box(...size);
    return put(`IFCSLAB('${guid(k)}',$,'${kind}',$,$,#${place},#${body},$,.${kind}.)`);
  };
  const opening = (k: number, host: number, ...size: Parameters<typeof box>): number => {
    const { place, body } = box(...size);
    const hole = put(
      `IFCOPENINGELEMENT('${guid(k)}',$,'hole',$,$,#${place},#${body},$${old ? '' : ',.OPENING.'})`,
    );
    put(`IFCRELVOIDSELEMENT('${guid(k + 50)}',$,$,$,#${host},#${hole})`);
    return hole;
  };
  const filling = (k: number, type: string, hole: number, height: number, width: number): number => {
    const tail = old ? '' : ',$,$,$';
    const product = put(`${type}('${guid(k)}',$,'${type}',$,$,#50,$,$,${n(height)},${n(width)}${tail})`);
    put(`IFCRELFILLSELEMENT('${guid(k + 50)}',$,$,$,#${hole},#${product})`);
    return product;
  };
  const south = wall(1, 'south', 0, 0, 0, 10, 0.3, 3);
  const north = wall(2, 'north', 0, 7.7, 0, 10, 0.3, 3);
  const west = wall(3, 'west', 0, 0.3, 0, 0.3, 7.4, 3);
  const east = wall(4, 'east', 9.7, 0.3, 0, 0.3, 7.4, 3);
  const ground = slab(5, 'BASESLAB', 0, 0, -0.2, 10, 8, 0.2);
  const roof = slab(6, 'ROOF', 0, 0, 3, 10, 8, 0.25);
  const window = filling(7, 'IFCWINDOW', opening(8, south, 4, -0.1, 0.9, 2, 0.5, 1.2), 1.2, 2);
  const door = filling(9, 'IFCDOOR', opening(10, east, 9.6, 3, 0, 0.5, 1, 2.1), 2.1, 1);
  const room = box(0.3, 0.3, 0, 9.4, 7.4, 3);
  const space = put(
    `IFCSPACE('${guid(11)}',$,'1',$,$,#${room.place},#${room.body},'Salon',.ELEMENT.,${old ? '.INTERNAL.' : '.SPACE.'},$)`,
  );
  const brick = put(`IFCMATERIAL('Brique${old ? "'" : "',$,$"})`);
  const wool = put(`IFCMATERIAL('Laine de verre${old ? "'" : "',$,$"})`);
  const layers = [
    put(`IFCMATERIALLAYER(#${brick},${n(0.2)},$${old ? '' : ',$,$,$,$'})`),
    put(`IFCMATERIALLAYER(#${wool},${n(0.1)},$${old ? '' : ',$,$,$,$'})`),
  ];
  const set = put(`IFCMATERIALLAYERSET((#${layers[0]},#${layers[1]}),'Mur'${old ? '' : ',$'})`);
  const usage = put(`IFCMATERIALLAYERSETUSAGE(#${set},.AXIS2.,.POSITIVE.,0.${old ? '' : ',$'})`);
  put(`IFCRELASSOCIATESMATERIAL('${guid(12)}',$,$,$,(#${south},#${north},#${west},#${east}),#${usage})`);
  if (old) put(`IFCTHERMALMATERIALPROPERTIES(#${wool},1030.,$,$,0.035)`);
  else {
    const lambda = put(
      "IFCPROPERTYSINGLEVALUE('ThermalConductivity',$,IFCTHERMALCONDUCTIVITYMEASURE(0.035),$)",
    );
    put(`IFCMATERIALPROPERTIES('Pset_MaterialThermal',$,(#${lambda}),#${wool})`);
  }
  const u = put("IFCPROPERTYSINGLEVALUE('ThermalTransmittance',$,IFCTHERMALTRANSMITTANCEMEASURE(0.31),$)");
  const ext = put("IFCPROPERTYSINGLEVALUE('IsExternal',$,IFCBOOLEAN(.T.),$)");
  const pset = put(`IFCPROPERTYSET('${guid(13)}',$,'Pset_WallCommon',$,(#${u},#${ext}))`);
  put(`IFCRELDEFINESBYPROPERTIES('${guid(14)}',$,$,$,(#${south},#${north}),#${pset})`);
  const area = put(`IFCQUANTITYAREA('NetSideArea',$,$,${n(27.6 / metresPerUnit)}${old ? '' : ',$'})`);
  const quantities = put(`IFCELEMENTQUANTITY('${guid(15)}',$,'BaseQuantities',$,$,(#${area}))`);
  put(`IFCRELDEFINESBYPROPERTIES('${guid(16)}',$,$,$,(#${south}),#${quantities})`);
  const all = [south, north, west, east, ground, roof, window, door].map((one) => `#${one}`).join();
  put(`IFCRELCONTAINEDINSPATIALSTRUCTURE('${guid(17)}',$,$,$,(${all}),#43)`);
  put(`IFCRELAGGREGATES('${guid(18)}',$,$,$,#43,(#${space}))`);
  const corners = [
    [0, 0],
    [9.4, 0],
    [9.4, 3],
    [0, 3],
    [0, 0],
  ].map(([x, y]) => `#${put(`IFCCARTESIANPOINT((${n(x)},${n(y)}))`)}`);
  const outline = put(`IFCPOLYLINE((${corners.join()}))`);
  const upright = put('IFCDIRECTION((0.,-1.,0.))');
  const along = put('IFCDIRECTION((1.,0.,0.))');
  const face = put(`IFCAXIS2PLACEMENT3D(#20,#${upright},#${along})`);
  const plane = put(`IFCPLANE(#${face})`);
  const bounded = put(`IFCCURVEBOUNDEDPLANE(#${plane},#${outline},())`);
  const connection = put(`IFCCONNECTIONSURFACEGEOMETRY(#${bounded},$)`);
  put(
    `IFCRELSPACEBOUNDARY('${guid(19)}',$,'2ndLevel','2a',#${space},#${south},#${connection},.PHYSICAL.,.EXTERNAL.)`,
  );
  return `ISO-10303-21;
HEADER;
FILE_DESCRIPTION((''),'2;1');
FILE_NAME('house.ifc','2026-01-01T00:00:00',(''),(''),'by hand','Stacoptim tests','');
FILE_SCHEMA(('${schema}'));
ENDSEC;
${header}DATA;
#1=IFCPROJECT('${guid(100)}',$,'House',$,$,$,$,(#30),${unitRecords === '' ? '$' : '#12'});
${unitRecords}
#20=IFCCARTESIANPOINT((0.,0.,0.));
#21=IFCAXIS2PLACEMENT3D(#20,$,$);
#22=IFCDIRECTION((0.,0.,1.));
${trueNorth}
#30=IFCGEOMETRICREPRESENTATIONCONTEXT($,'Model',3,1.E-5,#21,${trueNorth === '' ? '$' : '#23'});
#40=IFCSITE('${guid(101)}',$,$,$,$,#50,$,$,.ELEMENT.,(48,51,29,500000),(2,17,40,0),${n(35)},$,$);
#41=IFCBUILDING('${guid(102)}',$,'Maison',$,$,#50,$,$,.ELEMENT.,$,$,$);
#43=IFCBUILDINGSTOREY('${guid(103)}',$,'Rez-de-chauss\\X2\\00E9\\X0\\e',$,$,#50,$,$,.ELEMENT.,0.);
#50=IFCLOCALPLACEMENT($,#21);
#60=IFCRELAGGREGATES('${guid(104)}',$,$,$,#1,(#40));
#61=IFCRELAGGREGATES('${guid(105)}',$,$,$,#40,(#41));
#62=IFCRELAGGREGATES('${guid(106)}',$,$,$,#41,(#43));
${lines.join('\n')}
${extra}
${end}`;
};
