import { axesOf, matrixOf, type Projection } from './camera.ts';
import type { Scene } from './scene.ts';

/** How an element is painted: a colour, and a pattern beside it for those whom colours tell nothing. */
export type Paint = { readonly rgb: readonly [number, number, number]; readonly pattern: number };

export type Renderer = {
  readonly load: (scene: Scene) => void;
  readonly paint: (scene: Scene, paints: readonly Paint[]) => void;
  readonly draw: (
    scene: Scene,
    projection: Projection,
    look: {
      readonly dpr: number;
      readonly ink: Paint['rgb'];
      readonly accent: Paint['rgb'];
      readonly selected: number;
    },
  ) => void;
  readonly dispose: () => void;
};

const faceVertex = `
attribute vec3 position; attribute vec3 normal; attribute vec4 look;
uniform mat4 matrix; uniform vec3 light;
varying vec4 painted;
void main() {
  gl_Position = matrix * vec4(position, 1.0);
  painted = vec4(look.rgb * (0.72 + 0.28 * abs(dot(normal, light))), look.a * 255.0);
}`;

/** Patterns follow the screen, so that they stay as wide whatever is looked at: `scales.ts` gives their order. */
const faceFragment = `
precision mediump float;
varying vec4 painted;
uniform float dpr;
float stripe(float at, float every) { return step(every - 1.6, mod(at, every)); }
void main() {
  vec2 p = gl_FragCoord.xy / dpr;
  float kind = floor(painted.a + 0.5);
  float ink = 0.0;
  if (kind == 1.0) ink = stripe(p.x + p.y, 14.0);
  else if (kind == 2.0) ink = stripe(p.x + p.y, 7.0);
  else if (kind == 3.0) ink = max(stripe(p.x + p.y, 9.0), stripe(p.x - p.y, 9.0));
  else if (kind == 4.0) ink = max(stripe(p.x + p.y, 5.0), stripe(p.x - p.y, 5.0));
  else if (kind == 5.0) ink = stripe(p.y, 8.0);
  gl_FragColor = vec4(mix(painted.rgb, vec3(0.05), 0.5 * ink), 1.0);
}`;

const lineVertex = `
attribute vec3 position; uniform mat4 matrix; uniform float lift;
void main() { gl_Position = matrix * vec4(position, 1.0); gl_Position.z -= lift; }`;
const lineFragment = `
precision mediump float; uniform vec3 colour; void main() { gl_FragColor = vec4(colour, 1.0); }`;

const compile = (gl: WebGLRenderingContext, vertex: string, fragment: string): WebGLProgram | undefined => {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(kind);
    if (shader === null) return undefined;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) === true ? program : undefined;
};

/**
 * Draws a building on a canvas by WebGL. Undefined where the browser has none: no card, no driver, or a person who has
 * turned it off.
 */
export const createRenderer = (canvas: HTMLCanvasElement): Renderer | undefined => {
  const gl = canvas.getContext('webgl', { antialias: true, alpha: true, premultipliedAlpha: false });
  if (gl === null) return undefined;
  const faces = compile(gl, faceVertex, faceFragment);
  const edges = compile(gl, lineVertex, lineFragment);
  if (faces === undefined || edges === undefined) return undefined;
  const buffers = {
    position: gl.createBuffer(),
    normal: gl.createBuffer(),
    look: gl.createBuffer(),
    lines: gl.createBuffer(),
  };
  const fill = (buffer: WebGLBuffer | null, data: Float32Array | Uint8Array): void => {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.DYNAMIC_DRAW);
  };
  const bind = (
    program: WebGLProgram,
    name: string,
    buffer: WebGLBuffer | null,
    size: number,
    bytes = false,
  ): void => {
    const at = gl.getAttribLocation(program, name);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, size, bytes ? gl.UNSIGNED_BYTE : gl.FLOAT, bytes, 0, 0);
  };
  const uniform = (program: WebGLProgram, name: string): WebGLUniformLocation | null =>
    gl.getUniformLocation(program, name);
  return {
    load: (scene) => {
      fill(buffers.position, scene.triangles);
      fill(buffers.normal, scene.normals);
      fill(buffers.lines, scene.lines);
    },
    paint: ({ owners }, paints) => {
      const looks = new Uint8Array(owners.length * 12);
      for (const [i, owner] of owners.entries()) {
        const { rgb, pattern } = paints[owner];
        for (let corner = 0; corner < 3; corner++) looks.set([...rgb, pattern], i * 12 + corner * 4);
      }
      fill(buffers.look, looks);
    },
    draw: (scene, projection, { dpr, ink, accent, selected }) => {
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
      gl.enable(gl.DEPTH_TEST);
      gl.depthFunc(gl.LEQUAL);
      const matrix = new Float32Array(matrixOf(projection));
      const { near, up } = axesOf(projection.view);
      const light = near.map((value, i) => 0.8 * value + 0.6 * (up[i as 0 | 1 | 2] ?? 0));
      gl.useProgram(faces);
      gl.uniformMatrix4fv(uniform(faces, 'matrix'), false, matrix);
      gl.uniform3fv(uniform(faces, 'light'), light);
      gl.uniform1f(uniform(faces, 'dpr'), dpr);
      bind(faces, 'position', buffers.position, 3);
      bind(faces, 'normal', buffers.normal, 3);
      bind(faces, 'look', buffers.look, 4, true);
      gl.drawArrays(gl.TRIANGLES, 0, scene.triangles.length / 3);
      gl.useProgram(edges);
      gl.uniformMatrix4fv(uniform(edges, 'matrix'), false, matrix);
      bind(edges, 'position', buffers.lines, 3);
      const stroke = (rgb: Paint['rgb'], lift: number, first: number, count: number): void => {
        gl.uniform1f(uniform(edges, 'lift'), lift);
        gl.uniform3fv(
          uniform(edges, 'colour'),
          rgb.map((value) => value / 255),
        );
        gl.drawArrays(gl.LINES, first, count);
      };
      stroke(ink, 0.0008, 0, scene.lines.length / 3);
      const from = scene.lineOwners.indexOf(selected);
      if (from < 0) return;
      // The chosen one shows through what stands before it.
      const count = scene.lineOwners.lastIndexOf(selected) - from + 1;
      gl.disable(gl.DEPTH_TEST);
      const shift = 1 / Math.max(1, Math.min(canvas.width, canvas.height));
      for (const [dx, dy] of [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
        [-1, 0],
        [0, -1],
      ] as const) {
        const moved = matrix.slice();
        moved[12] = (moved[12] ?? 0) + 1.5 * dx * shift * dpr;
        moved[13] = (moved[13] ?? 0) + 1.5 * dy * shift * dpr;
        gl.uniformMatrix4fv(uniform(edges, 'matrix'), false, moved);
        stroke(accent, 0, 2 * from, 2 * count);
      }
    },
    dispose: () => {
      for (const buffer of Object.values(buffers)) gl.deleteBuffer(buffer);
      gl.deleteProgram(faces);
      gl.deleteProgram(edges);
    },
  };
};
