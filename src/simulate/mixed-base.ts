import type { Twin } from '#core/twin.ts';

/**
 * Whether the base load of a twin's meter mixes hot water with sockets, light and machines, as that of an electric meter does: what a
 * generator or a hot-water measure would take off it is then not known, and nothing is counted (no invented savings, promise P2).
 */
export const hasMixedBase = ({ system }: Twin): boolean => system.carrier === 'electricity';
