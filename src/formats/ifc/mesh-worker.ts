import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { IfcAPI, LogLevel } from 'web-ifc';

/** Asked: the file's text and the products. Answered: triangles by product, nine metres each, z up. */
export type MeshRequest = { readonly text: string; readonly products: readonly number[] };
export type MeshAnswer = readonly { readonly product: number; readonly triangles: Float64Array }[];

const trianglesOf = (api: IfcAPI, model: number, products: readonly number[]): MeshAnswer => {
  const answer: { product: number; triangles: Float64Array }[] = [];
  api.StreamMeshes(model, [...products], (mesh) => {
    const corners: number[] = [];
    for (let part = 0; part < mesh.geometries.size(); part++) {
      const placed = mesh.geometries.get(part);
      const geometry = api.GetGeometry(model, placed.geometryExpressID);
      const vertices = api.GetVertexArray(geometry.GetVertexData(), geometry.GetVertexDataSize());
      const indices = api.GetIndexArray(geometry.GetIndexData(), geometry.GetIndexDataSize());
      const m = placed.flatTransformation;
      for (const index of indices) {
        const [x, y, z] = [vertices[index * 6], vertices[index * 6 + 1], vertices[index * 6 + 2]];
        const up = m[1] * x + m[5] * y + m[9] * z + m[13];
        const back = m[2] * x + m[6] * y + m[10] * z + m[14];
        // The library turns models y up; the model here is z up.
        corners.push(m[0] * x + m[4] * y + m[8] * z + m[12], -back, up);
      }
      geometry.delete();
    }
    answer.push({ product: mesh.expressID, triangles: Float64Array.from(corners) });
  });
  return answer;
};

const run = async ({ text, products }: MeshRequest): Promise<MeshAnswer> => {
  const api = new IfcAPI();
  const folder = createRequire(import.meta.url)
    .resolve('web-ifc')
    .replace(/[^/\\]*$/, '');
  api.SetWasmPath(folder, true);
  await api.Init();
  api.SetLogLevel(LogLevel.LOG_LEVEL_OFF);
  const model = api.OpenModel(Buffer.from(text, 'latin1'), { COORDINATE_TO_ORIGIN: false });
  return model < 0 ? [] : trianglesOf(api, model, products);
};

const answer = await run(workerData as MeshRequest);
parentPort?.postMessage(
  answer,
  answer.map(({ triangles }) => triangles.buffer as ArrayBuffer),
);
