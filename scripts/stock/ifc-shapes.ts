import type { StepWriter } from './ifc-text.ts';
import type { Point } from './plan.ts';

type Triple = readonly [number, number, number];

/** The geometry records that the sample buildings need: placements, prisms, planes that cut. */
export const createShapes = (step: StepWriter) => {
  const { add, list, point, direction } = step;
  let context = '$';
  const axis = (origin: Triple, up?: Triple, right?: Triple): string =>
    add(
      'IfcAxis2Placement3D',
      point(...origin),
      up === undefined ? '$' : direction(...up),
      right === undefined ? '$' : direction(...right),
    );
  const polygon = (outline: readonly Point[]): string => {
    const corners = outline.map(([x, y]) => point(x, y));
    return add(
      'IfcArbitraryClosedProfileDef',
      '.AREA.',
      '$',
      add('IfcPolyline', list([...corners, corners[0] ?? '$'])),
    );
  };
  return {
    useContext: (ref: string): void => {
      context = ref;
    },
    axis,
    /** A placement relative to another; `along` is the local x axis in plan. */
    placement: (parent: string | null, origin: Triple, along?: Point): string =>
      add(
        'IfcLocalPlacement',
        parent ?? '$',
        along === undefined ? axis(origin) : axis(origin, [0, 0, 1], [along[0], along[1], 0]),
      ),
    /** A vertical prism over a polygon, from a height upwards. */
    prism: (outline: readonly Point[], fromM: number, heightM: number): string =>
      add(
        'IfcExtrudedAreaSolid',
        polygon(outline),
        axis([0, 0, fromM]),
        direction(0, 0, 1),
        step.length(heightM),
      ),
    slanted: (
      outline: readonly Point[],
      thicknessM: number,
      origin: Triple,
      up: Triple,
      right: Triple,
    ): string =>
      add(
        'IfcExtrudedAreaSolid',
        polygon(outline),
        axis(origin, up, right),
        direction(0, 0, 1),
        step.length(thicknessM),
      ),
    /** Takes away what lies on the side the normal points to. */
    cut: (solid: string, plane: { readonly point: Triple; readonly normal: Triple }): string => {
      const surface = add('IfcPlane', axis(plane.point, plane.normal));
      return add('IfcBooleanClippingResult', '.DIFFERENCE.', solid, add('IfcHalfSpaceSolid', surface, '.F.'));
    },
    body: (solids: readonly string[], clipped = false): string => {
      const kind = clipped ? 'Clipping' : 'SweptSolid';
      const shape = add('IfcShapeRepresentation', context, step.text('Body'), step.text(kind), list(solids));
      return add('IfcProductDefinitionShape', '$', '$', list([shape]));
    },
  };
};
