import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../../src/core/byte-source.ts';
import { readIfc } from '../../../src/formats/ifc/index.ts';
import { meshProducts, meshRequest } from '../../../src/formats/ifc/mesh-fallback.ts';
import { meshable, miniIfc } from '../../../src/formats/ifc/mini-ifc.ts';
import { openStepFile, type OpenedStep } from '../../../src/formats/ifc/open-step.ts';
import { smallHouse } from './small-house.ts';

const opened = (extra = ''): OpenedStep => {
  const result = openStepFile(bytesSource('house.ifc', Buffer.from(smallHouse({ extra }))));
  if (!result.ok) throw new Error(result.error.message.en);
  return result.value;
};

const DEADLINE_MS = 20_000;

const mesh = async (
  step: OpenedStep,
  products: readonly number[],
  deadlineMs: number,
): ReturnType<typeof meshProducts> => {
  const request = meshRequest(step, products);
  return request === undefined ? new Map() : meshProducts(request, deadlineMs);
};

describe('what the planar kernel leaves to the mesher', () => {
  it('writes a small file with the product, its geometry and the units, without its openings', () => {
    const step = opened();
    const [south = -1] = step.idsOfType('IFCWALLSTANDARDCASE');
    const text = miniIfc(step, [south]);
    const small = openStepFile(bytesSource('part.ifc', Buffer.from(text)));
    if (!small.ok) throw new Error(small.error.message.en);
    expect(small.value.idsOfType('IFCWALLSTANDARDCASE')).toEqual([south]);
    expect(small.value.idsOfType('IFCSIUNIT')).toHaveLength(1);
    expect(small.value.idsOfType('IFCRELVOIDSELEMENT')).toEqual([]);
    expect(small.value.recordsInFile).toBeLessThan(30);
  });

  it('gives triangles in metres, z up, where the wall stands', async () => {
    const step = opened();
    const [, , , east = -1] = step.idsOfType('IFCWALLSTANDARDCASE');
    const faces = (await mesh(step, [east], DEADLINE_MS)).get(east) ?? [];
    const points = faces.flatMap(({ outer }) => outer);
    const low = [0, 1, 2].map((axis) => Math.min(...points.map((point) => point[axis] ?? 0)));
    const high = [0, 1, 2].map((axis) => Math.max(...points.map((point) => point[axis] ?? 0)));
    for (const [axis, value] of [9.7, 0.3, 0].entries()) expect(low[axis]).toBeCloseTo(value, 4);
    for (const [axis, value] of [10, 7.7, 3].entries()) expect(high[axis]).toBeCloseTo(value, 4);
  });

  it('puts a mesh in the place of a body the kernel cannot represent', async () => {
    // A quarter of a ring of inner radius 2 m, 0.3 m thick and 3 m high.
    const extra = `#900=IFCCARTESIANPOINT((2.15,1.5));
#901=IFCAXIS2PLACEMENT2D(#900,$);
#902=IFCRECTANGLEPROFILEDEF(.AREA.,$,#901,0.3,3.);
#903=IFCDIRECTION((0.,1.,0.));
#904=IFCAXIS1PLACEMENT(#20,#903);
#905=IFCREVOLVEDAREASOLID(#902,#21,#904,1.5707963267948966);
#906=IFCSHAPEREPRESENTATION(#30,'Body','SweptSolid',(#905));
#907=IFCPRODUCTDEFINITIONSHAPE($,$,(#906));
#908=IFCWALL('round',$,'round',$,$,#50,#907,$,$);`;
    const result = await readIfc(bytesSource('house.ifc', Buffer.from(smallHouse({ extra }))));
    if (!result.ok) throw new Error(result.error.message.en);
    const round = result.value.elements.find(({ name }) => name === 'round');
    const points = round?.shape?.faces.flatMap(({ outer }) => outer) ?? [];
    expect(Math.max(...points.map(([x, , z]) => Math.hypot(x, z)))).toBeCloseTo(2.3, 2);
    expect(Math.max(...points.map(([, y]) => y))).toBeCloseTo(3, 3);
    expect(round?.shape).toMatchObject({ exact: true, method: 'mesh' });
  });

  it('never hands over circles or nests beyond bounds', () => {
    const nest = Array.from({ length: 30 }, (_, k) => `#${2001 + k}=IFCLIST((#${2000 + k},#${2000 + k}));`);
    const step = opened(`#2000=IFCPOINT();
${nest.join('\n')}
#900=IFCBOOLEANRESULT(.DIFFERENCE.,#900,#900);
#901=IFCWALL('w',$,'circle',$,$,#50,#900,$,$);
#902=IFCWALL('n',$,'nest',$,$,#50,#2030,$,$);
#903=IFCWALL('o',$,'fine',$,$,#50,#2003,$,$);`);
    expect(meshable(step, [901, 902, 903])).toEqual([903]);
  });

  it('gives nothing when there is no time', async () => {
    const step = opened();
    expect((await mesh(step, step.idsOfType('IFCWALLSTANDARDCASE'), 1)).size).toBe(0);
  });
});
