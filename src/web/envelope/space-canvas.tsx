import { useEffect, useRef, useState } from 'preact/hooks';
import { useText } from '../i18n.ts';
import { type Projection, startView, triangleAt, turned, type View, zoomed } from './camera.ts';
import { createRenderer, type Paint, type Renderer } from './renderer.ts';
import type { Scene } from './scene.ts';

const TURN_DEG = 15;
const ZOOM = 1.25;
const DRAG_DEG = 0.4;
/** A pointer that moved less than this has clicked, px. */
const CLICK_PX = 5;

type CanvasProps = {
  readonly scene: Scene;
  readonly paints: readonly Paint[];
  readonly selected: number;
  readonly label: string;
  readonly northDeg: number;
  readonly onSelect: (index: number) => void;
  readonly onFailed: () => void;
};

const rgbOf = (element: Element, name: string): Paint['rgb'] => {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  element.append(probe);
  const [r = 0, g = 0, b = 0] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).map(Number);
  probe.remove();
  return [r, g, b];
};

/** The keys of a keyboard, as turns of the view. */
const keys: Readonly<Record<string, (view: View) => View>> = {
  ArrowLeft: (view) => turned(view, TURN_DEG, 0),
  ArrowRight: (view) => turned(view, -TURN_DEG, 0),
  ArrowUp: (view) => turned(view, 0, TURN_DEG),
  ArrowDown: (view) => turned(view, 0, -TURN_DEG),
  '+': (view) => zoomed(view, ZOOM),
  '-': (view) => zoomed(view, 1 / ZOOM),
  Home: () => startView,
};

/** The picture itself: turned by mouse, touch, keys and buttons; it moves only when it is moved. */
export const SpaceCanvas = ({
  scene,
  paints,
  selected,
  label,
  northDeg,
  onSelect,
  onFailed,
}: CanvasProps) => {
  const t = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const renderer = useRef<Renderer | undefined>(undefined);
  const [view, setView] = useState(startView);
  const [size, setSize] = useState<readonly [number, number]>([0, 0]);
  const [scheme, setScheme] = useState(0);
  const pointers = useRef(new Map<number, readonly [number, number]>());
  const moved = useRef(0);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    renderer.current = createRenderer(element);
    if (renderer.current === undefined) onFailed();
    const lost = (event: Event): void => {
      event.preventDefault();
      onFailed();
    };
    element.addEventListener('webglcontextlost', lost);
    const observer = new ResizeObserver(() => setSize([element.clientWidth, element.clientHeight]));
    observer.observe(element);
    const media = matchMedia('(prefers-color-scheme: dark)');
    const follow = (): void => setScheme((value) => value + 1);
    media.addEventListener('change', follow);
    return () => {
      element.removeEventListener('webglcontextlost', lost);
      media.removeEventListener('change', follow);
      observer.disconnect();
      renderer.current?.dispose();
      renderer.current = undefined;
    };
  }, []);
  useEffect(() => renderer.current?.load(scene), [scene]);
  useEffect(() => renderer.current?.paint(scene, paints), [scene, paints]);
  const [width, height] = size;
  const projection: Projection = { view, middle: scene.middle, radius: scene.radius, width, height };
  useEffect(() => {
    const element = canvas.current;
    if (element === null || width === 0 || height === 0) return;
    const dpr = devicePixelRatio;
    element.width = Math.round(width * dpr);
    element.height = Math.round(height * dpr);
    renderer.current?.draw(scene, projection, {
      dpr,
      ink: rgbOf(element.parentElement ?? document.body, '--ink'),
      accent: rgbOf(element.parentElement ?? document.body, '--after'),
      selected,
    });
  }, [scene, paints, view, size, selected, scheme]);
  const place = (event: PointerEvent): readonly [number, number] => [event.offsetX, event.offsetY];
  const down = (event: PointerEvent): void => {
    if (pointers.current.size === 0) moved.current = 0;
    pointers.current.set(event.pointerId, place(event));
    canvas.current?.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent): void => {
    const before = pointers.current.get(event.pointerId);
    if (before === undefined) return;
    const [x, y] = place(event);
    const [dx, dy] = [x - before[0], y - before[1]];
    moved.current += Math.hypot(dx, dy);
    const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
    pointers.current.set(event.pointerId, [x, y]);
    if (other === undefined) setView((now) => turned(now, -dx * DRAG_DEG, dy * DRAG_DEG));
    else {
      const [far, near] = [
        Math.hypot(x - other[0], y - other[1]),
        Math.hypot(before[0] - other[0], before[1] - other[1]),
      ];
      if (near > 0) setView((now) => zoomed(now, far / near));
    }
  };
  const up = (event: PointerEvent): void => {
    pointers.current.delete(event.pointerId);
    if (event.type !== 'pointerup' || moved.current > CLICK_PX) return;
    const [x, y] = place(event);
    const triangle = triangleAt(scene.triangles, projection, x, y);
    if (triangle !== undefined) onSelect(scene.owners[triangle] ?? -1);
  };
  const press = (event: KeyboardEvent): void => {
    const turn = keys[event.key === '=' ? '+' : event.key];
    if (turn === undefined) return;
    event.preventDefault();
    setView(turn);
  };
  // The page scrolls under a wheel; it enlarges only a picture that was chosen.
  const wheel = (event: WheelEvent): void => {
    if (document.activeElement !== canvas.current) return;
    event.preventDefault();
    setView((now) => zoomed(now, Math.exp(-event.deltaY / 500)));
  };
  const button = (key: string, sign: string, name: string) => (
    <button
      type="button"
      class="space-key"
      aria-label={name}
      onClick={() => setView(keys[key] ?? ((now) => now))}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  );
  return (
    <div class="space-picture">
      <canvas
        ref={canvas}
        tabIndex={0}
        role="img"
        aria-label={label}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
        onKeyDown={press}
        onWheel={wheel}
      />
      <svg class="space-north" viewBox="-20 -20 40 40" aria-hidden="true">
        <g transform={`rotate(${view.azimuthDeg - 180 + northDeg})`}>
          <path d="M0 -12 L4 8 L0 4 L-4 8 Z" />
        </g>
        <text y="19" text-anchor="middle">
          N
        </text>
      </svg>
      <div class="space-keys" role="group" aria-label={t({ fr: 'Tourner la vue', en: 'Turn the view' })}>
        {button('ArrowLeft', '←', t({ fr: 'Tourner à gauche', en: 'Turn left' }))}
        {button('ArrowRight', '→', t({ fr: 'Tourner à droite', en: 'Turn right' }))}
        {button('ArrowUp', '↑', t({ fr: 'Voir de plus haut', en: 'Look from higher' }))}
        {button('ArrowDown', '↓', t({ fr: 'Voir de plus bas', en: 'Look from lower' }))}
        {button('+', '+', t({ fr: 'Agrandir', en: 'Enlarge' }))}
        {button('-', '−', t({ fr: 'Réduire', en: 'Reduce' }))}
        {button('Home', '⟲', t({ fr: 'Revenir à la vue de départ', en: 'Back to the first view' }))}
      </div>
    </div>
  );
};
