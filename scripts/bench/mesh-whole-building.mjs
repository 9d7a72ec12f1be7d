// The comparator of the digitisation: opens a model with web-ifc and meshes every product of it. Plain JavaScript,
// so that it pays for no stripping of types.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { IfcAPI, LogLevel } from 'web-ifc';

const api = new IfcAPI();
const folder = createRequire(import.meta.url)
  .resolve('web-ifc')
  .replace(/[^/\\]*$/, '');
api.SetWasmPath(folder, true);
await api.Init();
api.SetLogLevel(LogLevel.LOG_LEVEL_OFF);
const model = api.OpenModel(readFileSync(process.argv[2]));
let triangles = 0;
api.StreamAllMeshes(model, (mesh) => {
  for (let part = 0; part < mesh.geometries.size(); part++) {
    const geometry = api.GetGeometry(model, mesh.geometries.get(part).geometryExpressID);
    triangles += geometry.GetIndexDataSize() / 3;
    geometry.delete();
  }
});
process.stdout.write(`${triangles}\n`);
