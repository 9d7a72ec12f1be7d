/** The page's own effects, which may know a better place, have their turn first; a person has not pressed the next key yet. */
const TURN_MS = 120;

/** Where a reader of this part finds out what became of it: the line itself, what opens it, or its title. */
const placeIn = (part: Element): HTMLElement | null => {
  if (part instanceof HTMLElement && (part.tabIndex >= 0 || part.matches('li, tr'))) return part;
  if (part instanceof HTMLDetailsElement) return part.querySelector('summary');
  return part.matches('section, main') ? part.querySelector('h1, h2, h3') : null;
};

const above = (one: Element, root: Element): Element[] => {
  const found: Element[] = [];
  for (let part = one.parentElement; part !== null; part = part.parentElement) {
    found.push(part);
    if (part === root) break;
  }
  return found;
};

/**
 * Keeps the focus inside `root` when what holds it goes away (a form that is sent, a button that has done its work) or is out of use for
 * a moment: browsers let it fall to the start of the page, where the keyboard and a screen reader have lost their place. It comes to the
 * nearest part that stays, or back to what may be used again. Gives back what ends the keeping.
 */
export const keepFocus = (root: HTMLElement): (() => void) => {
  let held: HTMLElement | null = null;
  let parts: readonly Element[] = [];
  let byPointer = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const focused = ({ target }: FocusEvent): void => {
    held = target instanceof HTMLElement && target !== root && root.contains(target) ? target : null;
    parts = held === null ? [] : above(held, root);
    // Browsers bring it onto the screen, but not out from under the headings that stay beside a wide table.
    if (held?.closest('.scroll') && held.matches(':focus-visible'))
      held.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  const pointed = (): void => {
    byPointer = true;
    // A press on what takes no focus gives it up; on anything else it is told next.
    held = null;
  };
  const typed = (): void => {
    byPointer = false;
  };
  const look = (): void => {
    timer = undefined;
    // Whoever is elsewhere, in the page or outside of it, is left there.
    if (held === null || document.activeElement !== document.body || !document.hasFocus()) return;
    if (held.isConnected && held.matches(':disabled')) return;
    let place: HTMLElement | null = held.isConnected ? held : null;
    for (const part of parts) place ??= part.isConnected ? placeIn(part) : null;
    if (place === null) return;
    if (place.tabIndex < 0) place.tabIndex = -1;
    // A mouse stays where it is: only who goes by keys has to see where that is.
    place.focus({ preventScroll: byPointer });
  };
  const observer = new MutationObserver(() => {
    timer ??= setTimeout(look, TURN_MS);
  });
  observer.observe(root, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  root.ownerDocument.addEventListener('focusin', focused);
  root.ownerDocument.addEventListener('pointerdown', pointed, true);
  root.ownerDocument.addEventListener('keydown', typed, true);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
    root.ownerDocument.removeEventListener('focusin', focused);
    root.ownerDocument.removeEventListener('pointerdown', pointed, true);
    root.ownerDocument.removeEventListener('keydown', typed, true);
  };
};
